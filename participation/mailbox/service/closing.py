"""Refusing a letter, which is an answer; and the writer withdrawing it."""

from datetime import datetime

from participation.access import Actor
from participation.accounts import queries as accounts
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.models import Answer, Letter
from participation.mailbox.rules import GROUNDS
from participation.mailbox.service import telling
from participation.mailbox.service.facts import facts_of, note, step
from participation.mailbox.service.merging import answer_merged, part_all
from participation.mailbox.service.publishing import clear


def refuse(letter: Letter, *, ground: str, text: str, proper_channel: str, actor: Actor, now: datetime) -> Answer:
    """The office does not take the letter: with the ground, the door that is right for it and a
    text to the writer. It meets the duty, is kept for the audit and never improves a rate (R27)."""
    if ground not in GROUNDS:
        raise Refused("invalid", N_("Choose why the letter is not taken"), field="ground")
    if not (text and proper_channel):
        raise Refused("invalid", N_("Tell the writer why, and where the matter can be taken"), field="text")
    office = accounts.government_office().id
    step("refuse", letter, facts=facts_of(letter, now=now), actor=actor)
    letter.answered_at = now
    answer = Answer(
        letter_id=letter.id, round=letter.round, department_id=office, kind="refusal", ground=ground, text=text,
        proper_channel=proper_channel, drafts=1, drafted_at=now, drafted_by=actor.person_id, submitted_at=now,
        submitted_by=actor.person_id, approved_at=now, approved_by=actor.person_id,
    )  # fmt: skip
    db.session.add(answer)
    for duty in duty_queries.duties_of("letter", letter.id):
        # The legal duties of a petition or a disclosure request run on beside the first answer.
        if duty.is_open and duty.kind in ("letter_answer", "letter_dispatch"):
            duties.meet(duty, actor=actor, now=now)
    note(letter, "refused", actor=actor, now=now, from_department_id=office, reason=text)
    evidence.record(
        "letter.refused", subject=letter, actor=actor, now=now, facts={"number": letter.number, "ground": ground}
    )
    telling.writer(letter, "letter_refused", now=now, department=telling.name_of(office))
    db.session.flush()
    answer_merged(letter, answer, actor=actor, now=now)
    return answer


def withdraw(letter: Letter, *, actor: Actor, now: datetime) -> None:
    """The writer takes the letter back. Whoever calls has checked the number and the secret."""
    before = letter.department_id
    step("withdraw", letter, facts=facts_of(letter, now=now, by_writer=True), actor=actor)
    letter.withdrawn_at = now
    if letter.published_at is not None:  # reopened: its first answer was public
        clear(letter, reason="来信人撤回", actor=actor, now=now)
    for duty in duty_queries.duties_of("letter", letter.id):
        if duty.is_open:
            duties.cancel(duty, reason="来信人撤回", actor=actor, now=now)
    note(letter, "withdrawn", actor=actor, now=now, from_department_id=before)
    part_all(letter, reason="前一封来信已撤回", actor=actor, now=now)
    evidence.record("letter.withdrawn", subject=letter, actor=actor, now=now, facts={"number": letter.number})
    db.session.flush()
