"""Repeats of one writer, answered together: each letter keeps its number, its clock and its verdict."""

from datetime import datetime

from sqlalchemy import select

from participation.access import Actor
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox import lifecycle
from participation.mailbox.models import Answer, Letter
from participation.mailbox.queries import joints
from participation.mailbox.queries.repeats import merged_with, same_writer
from participation.mailbox.service import telling
from participation.mailbox.service.facts import facts_of, note, step
from participation.mailbox.service.following import answer_holder, close_part, follow, hand_duties


def merge_refusal(letter: Letter, lead: Letter, *, actor: Actor, now: datetime) -> Refused | None:
    """Why these two may not be answered together, or None. `lead` is the earlier of the two."""
    for one in (letter, lead):
        refused = lifecycle.refusal("merge", facts_of(one, now=now), actor)
        if refused is not None:
            return refused
    if letter.id == lead.id or not same_writer(letter, lead):
        return Refused("invalid", N_("Only letters of the same writer are answered together"), field="other")
    if letter.about_department_id != lead.about_department_id:
        return Refused(
            "invalid",
            N_("A restricted letter is answered only with one about the same unit"),
            lifecycle.CONFLICT_RULE,
            field="other",
        )
    return None


def in_order(one: Letter, other: Letter) -> tuple[Letter, Letter]:
    """The later letter and the earlier one, which leads: its date comes first."""
    return (one, other) if (one.received_at, one.id) > (other.received_at, other.id) else (other, one)


def merge(letter: Letter, *, lead: Letter, actor: Actor, now: datetime) -> None:
    """The letter follows its lead from now on: unit and stage are the lead's, the dates its own.
    What is merged into it already goes along. Both rows are locked by the caller."""
    refused = merge_refusal(letter, lead, actor=actor, now=now)
    if refused is not None:
        raise refused
    for part in joints.joint_of(letter):
        close_part(part, reason="与同一人的来信合并办理", actor=actor, now=now)
    for one in (letter, *merged_with(letter)):
        one.merged_into_id = lead.id
        note(one, "merged", actor=actor, now=now, reason=lead.number)
        evidence.record(
            "letter.merged", subject=one, actor=actor, now=now, facts={"number": one.number, "lead": lead.number}
        )
        hand_duties(one, answer_holder(lead), actor=actor, now=now)
        dispatch = duty_queries.duty_for("letter", one.id, "letter_dispatch")
        if lead.stage == "assigned" and dispatch is not None and dispatch.is_open:
            duties.meet(dispatch, actor=actor, now=now)
        telling.writer(one, "letter_merged", now=now, lead=lead.number)
    db.session.flush()
    follow(lead, actor=actor, now=now)


def unmerge(letter: Letter, *, reason: str, actor: Actor, now: datetime) -> None:
    """The office parts the letter from its lead: it stays with the unit and gets its own answer."""
    step("unmerge", letter, facts=facts_of(letter, now=now), actor=actor)
    if not reason:
        raise Refused("invalid", N_("Write why the letters are answered apart"), field="reason")
    _part(letter, reason, actor, now)


def part_all(lead: Letter, *, reason: str, actor: Actor, now: datetime) -> None:
    """The lead is withdrawn: every letter that followed it is handled on its own again."""
    for letter in merged_with(lead):
        _part(letter, reason, actor, now)


def answer_merged(lead: Letter, answer: Answer, *, actor: Actor, now: datetime) -> None:
    """Each merged letter gets the same answer as a row of its own, meets its own duty with its own
    verdict, and its writer is told under its own number."""
    for letter in merged_with(lead):
        copy = _copy(letter, answer)
        letter.department_id = answer.department_id if answer.kind == "answer" else letter.department_id
        letter.stage, letter.answered_at = lead.stage, now
        db.session.flush()
        for duty in duty_queries.duties_of("letter", letter.id):
            if duty.is_open and duty.kind in ("letter_answer", "letter_dispatch"):
                duties.meet(duty, actor=actor, now=now)
        verb = "refused" if answer.kind == "refusal" else "answered"
        reason = answer.text if answer.kind == "refusal" else ""
        note(letter, verb, actor=actor, now=now, from_department_id=answer.department_id, reason=reason)
        evidence.record(
            f"letter.{verb}",
            subject=letter,
            actor=actor,
            now=now,
            facts={"number": letter.number, "lead": lead.number, "answer": copy.id},
        )
        telling.answered(letter, answer.department_id, now=now)


def _copy(letter: Letter, answer: Answer) -> Answer:
    """The unit's own draft for the letter, when there is one, gives way to the common answer."""
    query = select(Answer).where(
        Answer.letter_id == letter.id,
        Answer.round == letter.round,
        Answer.department_id == answer.department_id,
    )
    copy = db.session.scalar(query)
    if copy is None:
        copy = Answer(letter_id=letter.id, round=letter.round, department_id=answer.department_id, drafts=0)
        db.session.add(copy)
    for name in (
        "kind", "text", "contact", "ground", "proper_channel", "drafted_at", "drafted_by", "submitted_at",
        "submitted_by", "approved_at", "approved_by",
    ):  # fmt: skip
        setattr(copy, name, getattr(answer, name))
    return copy


def _part(letter: Letter, reason: str, actor: Actor, now: datetime) -> None:
    letter.merged_into_id = None
    if letter.stage == "submitted":
        # It has no answer of its own yet: its unit writes one.
        letter.stage = "assigned"
    note(letter, "unmerged", actor=actor, now=now, reason=reason)
    evidence.record("letter.unmerged", subject=letter, actor=actor, now=now, facts={"number": letter.number})
    db.session.flush()
