"""Drafting, submitting, sending back and approving an answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from participation.access import Actor, Role
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.models import Answer, Letter
from participation.mailbox.queries.letters import answer_of, events_of
from participation.mailbox.service import telling
from participation.mailbox.service.facts import facts_of, note, step
from participation.mailbox.service.following import follow
from participation.mailbox.service.merging import answer_merged
from participation.mailbox.service.moving import answer_duty
from participation.mailbox.service.promising import chosen, open_promises
from participation.mailbox.service.remarks import remarks

STALE = N_(
    "A colleague changed this answer while you were writing. Both texts are below: put them together and save again"
)


def save_draft(
    letter: Letter,
    *,
    text: str,
    contact: str,
    version: int | None,
    actor: Actor,
    now: datetime,
    promises: Sequence[Mapping[str, Any]] = (),
) -> Answer:
    """Keeps the text without sending it. `version` is what the form showed (None: no draft yet);
    a stale one raises Refused("conflict") with the text in `kept`."""
    step("save_draft", letter, facts=facts_of(letter, now=now), actor=actor)
    answer = _fresh(letter, text, version, actor, now)
    answer.text = text
    answer.contact = contact
    answer.promises = chosen(text, promises, now=now)
    answer.drafts += 1
    answer.drafted_at = now
    answer.drafted_by = actor.person_id
    db.session.flush()
    if not any(
        event.verb == "drafting" and event.from_department_id == letter.department_id for event in events_of(letter.id)
    ):
        note(letter, "drafting", actor=actor, now=now, from_department_id=letter.department_id)
    evidence.record(
        "answer.drafted", subject=answer, actor=actor, now=now, facts={"letter": letter.id, "draft": answer.drafts}
    )
    return answer


def submit(
    letter: Letter,
    *,
    text: str,
    contact: str,
    version: int | None,
    actor: Actor,
    now: datetime,
    promises: Sequence[Mapping[str, Any]] = (),
) -> Answer:
    """Saves the text and asks the head to approve it. What the checker says now is kept with it, and
    the promises found in it, as the officer chose them."""
    answer = save_draft(letter, text=text, contact=contact, version=version, actor=actor, now=now, promises=promises)
    answer.flags = _flags(letter, answer, actor)
    step("submit", letter, facts=facts_of(letter, now=now), actor=actor)
    answer.submitted_at = now
    answer.submitted_by = actor.person_id
    db.session.flush()
    follow(letter, actor=actor, now=now)
    note(letter, "submitted", actor=actor, now=now, from_department_id=letter.department_id)
    evidence.record("answer.submitted", subject=answer, actor=actor, now=now, facts={"letter": letter.id})
    telling.unit(
        letter,
        "answer_submitted",
        answer.department_id,
        now=now,
        link=telling.approval_link(letter),
        due_on=answer_duty(letter).due_on,
    )
    return answer


def send_back(letter: Letter, *, reason: str, actor: Actor, now: datetime) -> Answer:
    """The head returns the answer with what has to change. The due date stays."""
    answer = answer_of(letter)
    step("send_back", letter, facts=facts_of(letter, now=now, answer=answer), actor=actor)
    assert answer is not None  # a submitted letter has its answer
    answer.sent_back_at = now
    answer.sent_back_reason = reason
    answer.submitted_at = None
    answer.submitted_by = None
    follow(letter, actor=actor, now=now)
    note(letter, "sent_back", actor=actor, now=now, from_department_id=letter.department_id, reason=reason)
    evidence.record("answer.sent_back", subject=answer, actor=actor, now=now, facts={"letter": letter.id})
    telling.unit(
        letter, "answer_returned", answer.department_id, now=now, link=telling.desk_link(letter), role=Role.OFFICER,
        reason=reason, due_on=answer_duty(letter).due_on,
    )  # fmt: skip
    db.session.flush()
    return answer


def approve(
    letter: Letter,
    *,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Answer:
    """The head lets the answer out: only this meets the five workdays. Publishing it is an
    act of its own, by two people."""
    answer = answer_of(letter)
    if answer is None or not answer.text:
        raise Refused("wrong_time", N_("There is no answer to approve yet"))
    facts = facts_of(letter, now=now, answer=answer)
    if version is not None and version != answer.version:
        raise Refused("conflict", STALE, kept=answer.text)
    # Before the act: afterwards the answer itself would be one of those it is compared with.
    said = _flags(letter, answer, actor)
    step("approve", letter, facts=facts, actor=actor)
    answer.flags_at_approval = said
    letter.answered_at = now
    answer.approved_at = now
    answer.approved_by = actor.person_id
    duties.meet(answer_duty(letter), actor=actor, now=now)
    note(letter, "answered", actor=actor, now=now, from_department_id=letter.department_id)
    evidence.record("letter.answered", subject=letter, actor=actor, now=now, facts={"number": letter.number})
    db.session.flush()
    answer_merged(letter, answer, actor=actor, now=now)
    open_promises(letter, answer, actor=actor, now=now)
    telling.answered(letter, letter.department_id, now=now)
    db.session.flush()
    return answer


def _flags(letter: Letter, answer: Answer, actor: Actor) -> list[str]:
    """What the checker says of the answer now, each code once."""
    said = remarks(letter, text=answer.text, contact=answer.contact, actor=actor)
    return list(dict.fromkeys(flag.code for flag in said))


def _fresh(letter: Letter, text: str, version: int | None, actor: Actor, now: datetime) -> Answer:
    answer = answer_of(letter)
    if answer is None:
        assert letter.department_id is not None
        answer = Answer(
            letter_id=letter.id, round=letter.round, department_id=letter.department_id, text=text, drafts=0,
            drafted_at=now, drafted_by=actor.person_id,
        )  # fmt: skip
        db.session.add(answer)
        if version is not None:
            raise Refused("conflict", STALE, kept=text)
        return answer
    if answer.version != version:
        raise Refused("conflict", STALE, kept=text)
    return answer
