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
from participation.mailbox import lifecycle
from participation.mailbox.models import Letter
from participation.mailbox.queries import joints
from participation.mailbox.queries.repeats import merged_with
from participation.mailbox.service import telling
from participation.mailbox.service.facts import facts_of, note, step
from participation.mailbox.service.following import close_part, follow, hand_duties


def answer_duty(letter: Letter) -> Duty:
    """The running (or last) duty to answer this letter."""
    duty = duty_queries.duty_for("letter", letter.id, "letter_answer")
    if duty is None:
        raise LookupError(f"{letter.number} has no duty to answer")
    return duty


def assign(
    letter: Letter,
    *,
    department_id: int,
    actor: Actor,
    now: datetime,
    reason: str = "",
    basis: str = "",
    topic: str = "",
) -> None:
    """The office gives the letter to a unit: the first time within 1 workday. After a second
    return, to a unit that had it before, or to a fourth one, this is a ruling (R23) and needs reason
    and basis. Raises Refused for the unit that the letter is about."""
    ruling = _hand(letter, "assign", department_id, reason, basis, actor, now)
    if topic:
        letter.topic = topic
    office = accounts.government_office().id
    _told_on(letter, ruling or "assigned", office, department_id, reason, basis, actor, now)
    for one in (letter, *merged_with(letter)):
        dispatch = duty_queries.duty_for("letter", one.id, "letter_dispatch")
        if dispatch is not None and dispatch.is_open:
            duties.meet(dispatch, actor=actor, now=now)
    due_on = answer_duty(letter).due_on
    telling.unit(letter, "letter_assigned", department_id, now=now, link=telling.desk_link(letter), due_on=due_on)
    db.session.flush()


def transfer(letter: Letter, *, department_id: int, reason: str, actor: Actor, now: datetime, basis: str = "") -> None:
    """The office moves a letter from one unit to another, with the reason; a ruling as in `assign`."""
    before = letter.department_id
    if not reason:
        raise Refused("invalid", N_("Write why the letter moves to another unit"), field="reason")
    ruling = _hand(letter, "transfer", department_id, reason, basis, actor, now)
    # A ruling is the office's act, whoever had the letter.
    _told_on(
        letter,
        ruling or "transferred",
        accounts.government_office().id if ruling else before,
        department_id,
        reason,
        basis,
        actor,
        now,
    )
    telling.unit(
        letter,
        "letter_transferred",
        department_id,
        now=now,
        link=telling.desk_link(letter),
        from_department=telling.name_of(before),
        due_on=answer_duty(letter).due_on,
    )
    db.session.flush()


def give_back(letter: Letter, *, reason: str, basis: str, actor: Actor, now: datetime) -> None:
    """The unit returns a letter that is not its own, within 2 workdays, naming the basis (R23)."""
    before = letter.department_id
    step("give_back", letter, facts=facts_of(letter, now=now), actor=actor)
    office = accounts.government_office().id
    letter.department_id = None
    letter.assigned_at = None
    letter.returns += 1
    hand_duties(letter, office, actor=actor, now=now)
    follow(letter, actor=actor, now=now)
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


def _hand(letter: Letter, action: str, department_id: int, reason: str, basis: str, actor: Actor, now: datetime) -> str:
    """Gives the letter to the unit; "ruled" when that was a ruling."""
    department = accounts.department(department_id)
    if department is None or not department.active:
        raise Refused("invalid", N_("Choose the unit that handles the letter"), field="department")
    facts = facts_of(letter, now=now, to_department_id=department_id)
    why = lifecycle.ruling_needed(facts)
    refused = lifecycle.refusal(action, facts, actor)
    if refused is None and why and not (reason and basis):
        raise Refused("invalid", why, lifecycle.RETURN_RULE, field="basis" if reason else "reason")
    part = joints.part_of(letter, [department_id])
    step(action, letter, facts=facts, actor=actor)
    letter.department_id = department_id
    letter.assigned_at = now
    letter.ruled = letter.ruled or bool(why)
    if part is not None:
        close_part(part, reason="改为牵头单位", actor=actor, now=now)
    hand_duties(letter, department_id, actor=actor, now=now)
    follow(letter, actor=actor, now=now)
    return "ruled" if why else ""


def _told_on(
    letter: Letter, verb: str, before: int | None, to: int, reason: str, basis: str, actor: Actor, now: datetime
) -> None:
    """The hand-over on the timeline and in the evidence of the letter and of those merged into it;
    each writer's message names the letter's own number and date."""
    for one in (letter, *merged_with(letter)):
        note(
            one,
            verb,
            actor=actor,
            now=now,
            from_department_id=before,
            to_department_id=to,
            reason=reason,
            basis=basis,
        )
        evidence.record(
            f"letter.{verb}",
            subject=one,
            actor=actor,
            now=now,
            facts={"number": one.number, "from": before, "department": to},
        )
        telling.writer(one, "letter_moved", now=now, department=telling.name_of(to), due_on=answer_duty(one).due_on)
