"""Letters by post, telephone and the 12345 hotline: the day they came in, who entered them, and the
second person who confirms a day that lies more than one workday back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from participation import clock
from participation.access import Actor, Capability
from participation.accounts import queries as accounts
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.lifecycle import CONFLICT_RULE
from participation.mailbox.models import Letter
from participation.mailbox.service import telling
from participation.workdays import OutsideCalendar, start_of

LONGEST_BACK = timedelta(days=366)
"""A letter that came in longer ago is one for the archive, not one for five workdays."""


@dataclass(frozen=True)
class CameIn:
    """When a letter counts as received. `gap_workdays` lie between that day and its entry;
    `department_id` is the unit that entered it."""

    received_at: datetime
    received_on: date | None = None
    gap_workdays: int = 0
    department_id: int | None = None


def entry_refusal(about_department_id: int | None, actor: Actor) -> Refused | None:
    """Why this member of staff may not enter a letter for somebody: who enters it holds its query
    code, and the unit concerned must not (信访工作条例 art. 30)."""
    if about_department_id is None or about_department_id not in actor.department_ids:
        return None
    message = N_("The letter is about your own unit, so you cannot enter it. Show the person how to write it")
    return Refused("invalid", message, CONFLICT_RULE, field="about")


def day_refusal(received_on: date, *, now: datetime) -> Refused | None:
    """Why this cannot be the day on which a letter came in."""
    today = clock.local_date(now)
    if received_on > today:
        return Refused("invalid", N_("The letter cannot have come in after today"), field="received_on")
    if received_on < today - LONGEST_BACK:
        return Refused(
            "invalid",
            N_("The letter came in more than a year ago. Check the year that was written"),
            field="received_on",
        )
    try:
        duties.load_calendar().rest_reason(received_on)
    except OutsideCalendar:
        return Refused("invalid", N_("The workday calendar does not reach back to this day"), field="received_on")
    return None


def came_in(
    channel: str, received_on: date | None, *, about_department_id: int | None, actor: Actor, now: datetime
) -> CameIn:
    """The instant from which the workdays of a new letter count. Raises Refused for a day that
    cannot be, and for who may not enter the letter."""
    if channel == "web":
        return CameIn(now)
    refused = entry_refusal(about_department_id, actor) or (
        day_refusal(received_on, now=now) if received_on is not None else None
    )
    if refused is not None:
        raise refused
    entered_in = next((post.department_id for post in actor.posts if _enters(actor, post.department_id)), None)
    today = clock.local_date(now)
    if received_on is None or received_on == today:
        return CameIn(now, received_on, 0, entered_in)
    gap = duties.load_calendar().workdays_between(received_on, today)
    return CameIn(start_of(received_on), received_on, gap, entered_in)


def _enters(actor: Actor, department_id: int) -> bool:
    return actor.can(Capability.ENTER_FOR_OTHERS, department_id)


def confirm_refusal(letter: Letter, actor: Actor) -> Refused | None:
    """Why `actor` may not confirm the day on which this letter came in, or None."""
    if letter.about_department_id is not None and letter.about_department_id in actor.department_ids:
        return Refused("not_found", N_("There is no such letter"), CONFLICT_RULE)
    own = letter.gap_department_id is not None and actor.can(Capability.APPROVE, letter.gap_department_id)
    if not (own or actor.can(Capability.DISPATCH)):
        return Refused(
            "forbidden", N_("Only the head of the unit that entered it or the government office confirms it")
        )
    if actor.person_id is None or actor.person_id == letter.entered_by:
        return Refused("forbidden", N_("You entered this letter yourself; somebody else must confirm its day"))
    if not letter.gap_open:
        return Refused("wrong_time", N_("The day on which this letter came in needs no confirmation any more"))
    return None


def confirm_day(letter: Letter, *, actor: Actor, now: datetime) -> Letter:
    """A second person says that the declared day is right. It changes no date: until then the
    letter was marked, from now on it is not."""
    refused = confirm_refusal(letter, actor)
    if refused is not None:
        raise refused
    letter.gap_confirmed_at, letter.gap_confirmed_by = now, actor.person_id
    db.session.flush()
    evidence.record(
        "letter.day_confirmed",
        subject=letter,
        actor=actor,
        now=now,
        facts={"number": letter.number, "received_on": letter.received_on, "gap": letter.gap_workdays},
    )
    return letter


def object_to_day(letter: Letter, *, reason: str, actor: Actor, now: datetime) -> Letter:
    """A second person does not believe the declared day. The objection is kept and the office is told;
    the workdays go on from the declared day, since no doubt of ours may cost the writer time."""
    refused = confirm_refusal(letter, actor)
    if refused is not None:
        raise refused
    if not reason:
        raise Refused("invalid", N_("Write why the day is not right"), field="reason")
    letter.gap_objected_at, letter.gap_objected_by, letter.gap_objection = now, actor.person_id, reason
    db.session.flush()
    evidence.record(
        "letter.day_objected",
        subject=letter,
        actor=actor,
        now=now,
        facts={"number": letter.number, "received_on": letter.received_on, "gap": letter.gap_workdays},
    )
    telling.unit(
        letter, "day_objected", accounts.government_office().id, now=now, link="/desk/late-entries",
        received_on=letter.received_on, reason=reason,
    )  # fmt: skip
    return letter
