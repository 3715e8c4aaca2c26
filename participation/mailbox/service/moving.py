"""Dispatch, transfer and return. None of them touches the five workdays (R22): the duty only
changes hands."""

from datetime import datetime

from participation.access import Actor
from participation.accounts import queries as accounts
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.duties.models import Duty
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files import service as files
from participation.mailbox.models import Letter
from participation.mailbox.queries.letters import events_of
from participation.mailbox.service import telling
from participation.mailbox.service.facts import facts_of, note, step


def answer_duty(letter: Letter) -> Duty:
    """The running (or last) duty to answer this letter."""
    duty = duty_queries.duty_for("letter", letter.id, "letter_answer")
    if duty is None:
        raise LookupError(f"{letter.number} has no duty to answer")
    return duty


def assign(
    letter: Letter, *, department_id: int, actor: Actor, now: datetime, reason: str = "", topic: str = ""
) -> None:
    """The office gives the letter to a unit: the first time within 1 workday. After a second
    return, or when it gives the letter back to the unit that returned it, this is a ruling (R23)
    and needs its reason. Raises Refused for the unit that the letter is about."""
    again = letter.stage == "returned"
    sent_back_by = _returned_by(letter) if again else None
    ruling = again and (letter.returns >= 2 or sent_back_by == department_id)
    if ruling and not reason:
        raise Refused(
            "invalid", N_("Write why this unit has to answer: it cannot return the letter again"), field="reason"
        )
    _hand(letter, "assign", department_id, actor, now)
    letter.ruled = letter.ruled or ruling
    if topic:
        letter.topic = topic
    office = accounts.government_office().id
    verb = "ruled" if ruling else "assigned"
    note(letter, verb, actor=actor, now=now, from_department_id=office, to_department_id=department_id, reason=reason)
    evidence.record(
        f"letter.{verb}",
        subject=letter,
        actor=actor,
        now=now,
        facts={"number": letter.number, "department": department_id},
    )
    dispatch = duty_queries.duty_for("letter", letter.id, "letter_dispatch")
    if dispatch is not None and dispatch.is_open:
        duties.meet(dispatch, actor=actor, now=now)
    due_on = answer_duty(letter).due_on
    telling.unit(letter, "letter_assigned", department_id, now=now, link=telling.desk_link(letter), due_on=due_on)
    telling.writer(letter, "letter_moved", now=now, department=telling.name_of(department_id), due_on=due_on)
    db.session.flush()


def transfer(letter: Letter, *, department_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """The office moves a letter from one unit to another, with the reason."""
    before = letter.department_id
    if not reason:
        raise Refused("invalid", N_("Write why the letter moves to another unit"), field="reason")
    _hand(letter, "transfer", department_id, actor, now)
    note(
        letter,
        "transferred",
        actor=actor,
        now=now,
        from_department_id=before,
        to_department_id=department_id,
        reason=reason,
    )
    evidence.record(
        "letter.transferred",
        subject=letter,
        actor=actor,
        now=now,
        facts={"number": letter.number, "from": before, "to": department_id},
    )
    due_on = answer_duty(letter).due_on
    telling.unit(
        letter,
        "letter_transferred",
        department_id,
        now=now,
        link=telling.desk_link(letter),
        from_department=telling.name_of(before),
        due_on=due_on,
    )
    telling.writer(letter, "letter_moved", now=now, department=telling.name_of(department_id), due_on=due_on)
    db.session.flush()


def give_back(letter: Letter, *, reason: str, basis: str, actor: Actor, now: datetime) -> None:
    """The unit returns a letter that is not its own, within 2 workdays, naming the basis (R23)."""
    before = letter.department_id
    step("give_back", letter, facts=facts_of(letter, now=now), actor=actor)
    office = accounts.government_office().id
    letter.department_id = None
    letter.assigned_at = None
    letter.returns += 1
    duty = answer_duty(letter)
    if duty.department_id != office:
        duties.hand_over(duty, department_id=office, actor=actor, now=now)
    note(
        letter,
        "returned",
        actor=actor,
        now=now,
        from_department_id=before,
        to_department_id=office,
        reason=reason,
        basis=basis,
    )
    evidence.record(
        "letter.returned", subject=letter, actor=actor, now=now, facts={"number": letter.number, "from": before}
    )
    telling.unit(
        letter,
        "letter_returned",
        office,
        now=now,
        link=telling.dispatch_link(letter),
        from_department=telling.name_of(before),
        reason=reason,
    )
    db.session.flush()


def restrict(letter: Letter, *, about_department_id: int, actor: Actor, now: datetime) -> None:
    """The office finds that a letter accuses a unit: from now on that unit does not see it
    (信访工作条例 art. 30). Lifting it again takes two people and is not done here."""
    step("restrict", letter, facts=facts_of(letter, now=now), actor=actor)
    if about_department_id == accounts.government_office().id:
        raise Refused(
            "invalid", N_("A letter about this office goes to its deputy unit when it is written"), field="about"
        )
    if letter.about_department_id is not None:
        raise Refused("wrong_time", N_("The letter is restricted already"))
    letter.about_department_id = about_department_id
    for duty in duty_queries.duties_of("letter", letter.id):
        duties.restrict(duty, restricted_from=about_department_id, actor=actor, now=now)
    files.restrict(subject_kind="letter", subject_id=letter.id, restricted_from=about_department_id)
    evidence.record("letter.restricted", subject=letter, actor=actor, now=now, facts={"number": letter.number})
    db.session.flush()


def _hand(letter: Letter, action: str, department_id: int, actor: Actor, now: datetime) -> None:
    department = accounts.department(department_id)
    if department is None or not department.active:
        raise Refused("invalid", N_("Choose the unit that handles the letter"), field="department")
    step(action, letter, facts=facts_of(letter, now=now, to_department_id=department_id), actor=actor)
    letter.department_id = department_id
    letter.assigned_at = now
    duty = answer_duty(letter)
    if duty.department_id != department_id:
        duties.hand_over(duty, department_id=department_id, actor=actor, now=now)


def _returned_by(letter: Letter) -> int | None:
    last = next((event for event in reversed(events_of(letter.id)) if event.verb == "returned"), None)
    return last.from_department_id if last else None
