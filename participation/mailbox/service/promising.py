"""Promises of an answer: found in its text, put on the ledger at approval, recorded as kept."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from participation import clock
from participation.access import Actor, Capability
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.models import Answer, Letter, LetterPromise
from participation.mailbox.promises import Promised, promised
from participation.mailbox.service import telling
from participation.workdays import OutsideCalendar


def promises_in(text: str, *, now: datetime) -> list[Promised]:
    """What this text promises, read today."""
    today, calendar = clock.local_date(now), duties.load_calendar()
    try:
        return promised(text, today=today, workdays=lambda days: calendar.due(today, max(1, min(days, 60))).due_on)
    except (OutsideCalendar, OverflowError):
        return []


def chosen(text: str, marks: Sequence[Mapping[str, Any]], *, now: datetime) -> list[dict[str, Any]]:
    """The promises to keep with an answer: for each one found in the text what the officer chose
    when the page showed it ("text", "due_on", "kept"); one that was not shown yet is kept."""
    shown = {str(mark["text"]): mark for mark in marks}
    found: list[dict[str, Any]] = []
    for one in promises_in(text, now=now):
        mark = shown.get(one.text)
        day = mark["due_on"] if mark else one.due_on.isoformat()
        found.append({"text": one.text, "due_on": day, "kept": bool(mark["kept"]) if mark else True})
    return found


def open_promises(letter: Letter, answer: Answer, *, actor: Actor, now: datetime) -> list[LetterPromise]:
    """At approval: each chosen promise becomes a row and a duty of the unit that answered."""
    last = db.session.scalar(select(func.max(LetterPromise.ordinal)).where(LetterPromise.letter_id == letter.id)) or 0
    made: list[LetterPromise] = []
    for mark in answer.promises or ():
        due_on = date.fromisoformat(mark["due_on"])
        if not mark["kept"] or due_on < clock.local_date(now):
            continue
        last += 1
        promise = LetterPromise(
            letter_id=letter.id, answer_id=answer.id, department_id=answer.department_id, ordinal=last,
            text=mark["text"], due_on=due_on, promised_at=now, kept_text="",
        )  # fmt: skip
        db.session.add(promise)
        db.session.flush()
        duties.open_duty(
            "letter_followup", subject_kind="letter", subject_id=letter.id, department_id=answer.department_id,
            started_at=now, actor=actor, now=now, due_on=due_on, restricted_from=letter.about_department_id, round=last,
        )  # fmt: skip
        evidence.record(
            "promise.made", subject=promise, actor=actor, now=now, facts={"letter": letter.id, "due_on": due_on}
        )
        made.append(promise)
    return made


def keep_promise(promise: LetterPromise, letter: Letter, *, text: str, actor: Actor, now: datetime) -> LetterPromise:
    """The unit records what was done: it meets the duty, once, and the writer is told."""
    if not actor.can(Capability.ANSWER, promise.department_id):
        raise Refused("forbidden", N_("Your unit did not promise this"))
    if promise.kept_at is not None:
        raise Refused("conflict", N_("This was done already"), kept=text)
    if not text:
        raise Refused("invalid", N_("Write what was done"), field="text")
    promise.kept_at, promise.kept_by, promise.kept_text = now, actor.person_id, text
    duty = duty_queries.open_one("letter_followup", "letter", letter.id, promise.ordinal)
    if duty is not None:
        duties.meet(duty, actor=actor, now=now)
    evidence.record("promise.kept", subject=promise, actor=actor, now=now, facts={"letter": letter.id})
    telling.writer(letter, "promise_kept", now=now, department=telling.name_of(promise.department_id))
    db.session.flush()
    return promise
