"""An answered letter is handled anew: a new round with its own five workdays.

The earlier answer and the verdict on it stay as they are.
"""

from datetime import datetime
from typing import Literal

from participation.access import Actor, Role
from participation.accounts import queries as accounts
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.models import Letter, Reopening
from participation.mailbox.service import telling
from participation.mailbox.service.facts import facts_of, note, step


def reopen(
    letter: Letter,
    *,
    cause: Literal["writer", "review"],
    reason: str,
    actor: Actor,
    now: datetime,
    by_writer: bool = False,
) -> Reopening:
    """Opens the next round. The writer may do it once, within 30 natural days after an answer; the
    government office may once order an answer anew after a review. The letter goes straight to the
    unit that answered; a refused one goes back to the office. Whoever calls for the writer has
    checked number and secret, or the account, and says so with `by_writer`."""
    if not reason.strip():
        raise Refused("invalid", N_("Write what the answer leaves open"), field="reason")
    action = "reopen" if cause == "writer" else "redo"
    office = accounts.government_office().id
    step(action, letter, facts=facts_of(letter, now=now, by_writer=by_writer), actor=actor)
    letter.round += 1
    letter.answered_at = None
    letter.returns, letter.ruled = 0, False
    letter.merged_into_id = None
    letter.assigned_at = now if letter.stage == "assigned" else None
    if letter.stage == "received":
        letter.department_id = None
    row = Reopening(
        letter_id=letter.id,
        round=letter.round,
        cause=cause,
        reason=reason.strip(),
        at=now,
        by_person_id=actor.person_id,
    )
    db.session.add(row)
    db.session.flush()
    unit = letter.department_id or _office_for(letter, office)
    due_on = _open(letter, "letter_answer", unit, letter.mailbox.limit_workdays, actor, now)
    if letter.stage == "received":
        _open(letter, "letter_dispatch", unit, max(1, letter.mailbox.dispatch_workdays), actor, now)
    note(
        letter,
        "reopened" if cause == "writer" else "redo",
        actor=actor,
        now=now,
        to_department_id=unit,
        reason=row.reason,
    )
    evidence.record(
        "letter.reopened",
        subject=letter,
        actor=actor,
        now=now,
        facts={"number": letter.number, "round": letter.round, "cause": cause, "department": unit},
    )
    _tell(letter, unit, office, due_on, now)
    db.session.flush()
    return row


def _office_for(letter: Letter, office: int) -> int:
    # 信访工作条例 art. 30: a letter about the office never goes back to it.
    return letter.mailbox.deputy_department_id if letter.about_department_id == office else office


def _open(letter: Letter, kind: str, department_id: int, workdays: int, actor: Actor, now: datetime) -> object:
    return duties.open_duty(
        kind,
        subject_kind="letter",
        subject_id=letter.id,
        round=letter.round,
        department_id=department_id,
        started_at=now,
        workdays=workdays,
        restricted_from=letter.about_department_id,
        actor=actor,
        now=now,
    ).due_on


def _tell(letter: Letter, unit: int, office: int, due_on: object, now: datetime) -> None:
    if unit != office:
        link = telling.desk_link(letter)
        for role in (Role.OFFICER, Role.HEAD):
            telling.unit(letter, "letter_reopened", unit, now=now, link=link, role=role, due_on=due_on)
    telling.unit(
        letter, "letter_reopened", office, now=now, link=telling.dispatch_link(letter), role=Role.OFFICE, due_on=due_on
    )
    telling.writer(letter, "letter_taken_up_again", now=now, department=telling.name_of(unit), due_on=due_on)
