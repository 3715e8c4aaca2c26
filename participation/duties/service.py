"""Opening, meeting, handing over, cancelling and redating duties. Nothing here commits.

Neither a hand-over nor an acknowledgement touches the date (domain rule R22): only `redate` and an
import of a holiday notice do, and both keep the old date beside the new one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from participation.access import Actor
from participation.duties import queries
from participation.duties.calendar import load_calendar
from participation.duties.dating import Dating, counted_out, given
from participation.duties.models import Duty, DutyHolding, DutyRedating
from participation.duties.rules import DUTIES, EXTENSION_RULE, MOST_EXTENSION_WORKDAYS, is_late
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.workdays import OutsideCalendar, day_of, end_of

__all__ = [
    "Owed",
    "cancel",
    "extend",
    "hand_over",
    "load_calendar",
    "meet",
    "open_duty",
    "open_first",
    "redate",
    "restrict",
]


def open_duty(
    kind: str,
    *,
    subject_kind: str,
    subject_id: int,
    department_id: int,
    started_at: datetime,
    actor: Actor,
    now: datetime,
    workdays: int | None = None,
    due_on: date | None = None,
    restricted_from: int | None = None,
    round: int = 1,
) -> Duty:
    """Opens a duty of a kind in `DUTIES`. The period is `workdays`, or ends with the day `due_on`,
    or is the kind's own. `round` counts how often the matter was opened again."""
    if queries.open_one(kind, subject_kind, subject_id, round) is not None:
        raise Refused("conflict", N_("This matter already has a date that is running."))
    owed = Owed(kind, department_id, workdays, due_on)
    duty = _new(owed, subject_kind, subject_id, started_at, restricted_from, round)
    return _recorded("duty.opened", duty, actor=actor, now=now)


@dataclass(frozen=True)
class Owed:
    """What a department owes: within `workdays`, or until the end of `due_on`, or as long as the kind has it."""

    kind: str
    department_id: int
    workdays: int | None = None
    due_on: date | None = None


def open_first(
    owed: Sequence[Owed],
    *,
    subject_kind: str,
    subject_id: int,
    started_at: datetime,
    actor: Actor,
    now: datetime,
    restricted_from: int | None = None,
) -> list[Duty]:
    """Opens the duties of a matter that begins in this very transaction: whether one is running already
    need not be asked."""
    opened = [_new(one, subject_kind, subject_id, started_at, restricted_from, 1) for one in owed]
    db.session.flush()
    return [_recorded("duty.opened", duty, actor=actor, now=now) for duty in opened]


def _new(
    owed: Owed, subject_kind: str, subject_id: int, started_at: datetime, restricted_from: int | None, round: int
) -> Duty:
    rule = DUTIES[owed.kind]
    _check_may_hold(owed.department_id, restricted_from)
    started_on = day_of(started_at)
    days = owed.workdays if owed.workdays is not None or owed.due_on is not None else rule.workdays
    dating = _dated(started_on, days, owed.due_on)
    duty = Duty(
        kind=owed.kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        round=round,
        department_id=owed.department_id,
        restricted_from=restricted_from,
        basis=rule.basis,
        article=rule.article,
        measure=rule.measure,
        started_at=started_at,
        started_on=started_on,
        workdays=None if owed.due_on is not None else days,
        original_due_at=dating.due_at,
        holdings=[DutyHolding(department_id=owed.department_id, from_at=started_at)],
    )
    lay_down(duty, dating)
    db.session.add(duty)
    return duty


def _dated(started_on: date, workdays: int | None, due_on: date | None) -> Dating:
    calendar = load_calendar()
    try:
        if due_on is not None:
            return given(calendar, due_on)
        if workdays is None:
            raise ValueError("This kind of duty needs its date")
        return counted_out(calendar, started_on, workdays)
    except OutsideCalendar as error:
        raise Refused("invalid", N_("Choose a date that the holiday calendar reaches.")) from error


def lay_down(duty: Duty, dating: Dating) -> None:
    """Writes a date with everything that explains it."""
    duty.due_on, duty.due_at, duty.soon_at = dating.due_on, dating.due_at, dating.soon_at
    duty.counting, duty.provisional = dating.counting, dating.provisional
    duty.calendar_version = dating.calendar_version


def meet(duty: Duty, *, actor: Actor, now: datetime) -> Duty:
    """What was owed is done. The verdict is given here, once: late from 24:00 of the due day on.
    A duty to keep something up cannot be met before its day has ended."""
    _check_open(duty)
    if duty.measure == "until" and now < duty.due_at:
        raise Refused("wrong_time", N_("This stays open until the end of its last day."), basis=duty.article)
    duty.met_at = now
    duty.met_late = is_late(duty.measure, due_at=duty.due_at, met_at=now)
    _end_holding(duty, now)
    return _recorded("duty.met", duty, actor=actor, now=now)


def cancel(duty: Duty, *, reason: str, actor: Actor, now: datetime) -> Duty:
    """It is owed no longer. `reason` is one for the ledger, without personal data."""
    _check_open(duty)
    if not reason.strip():
        raise Refused("invalid", N_("Say why this is no longer owed."), field="reason")
    duty.cancelled_at, duty.cancelled_reason = now, reason.strip()
    _end_holding(duty, now)
    return _recorded("duty.cancelled", duty, actor=actor, now=now)


def hand_over(duty: Duty, *, department_id: int, actor: Actor, now: datetime) -> Duty:
    """Another department takes the matter. The date stays, whoever had it before."""
    _check_open(duty)
    if department_id == duty.department_id:
        raise Refused("invalid", N_("Choose another department: this one has it already."), field="department_id")
    _check_may_hold(department_id, duty.restricted_from)
    if duty.late_department_id is None and duty.late_at(now):
        duty.late_department_id = duty.department_id
    _end_holding(duty, now)
    # The index allows one running holding, so the old one ends in the database first.
    db.session.flush()
    duty.holdings.append(DutyHolding(department_id=department_id, from_at=now))
    duty.department_id = department_id
    return _recorded("duty.handed_over", duty, actor=actor, now=now)


def restrict(duty: Duty, *, restricted_from: int, actor: Actor, now: datetime) -> Duty:
    """The matter turns out to be about a department: from now on it is hidden from that one, closed
    duties too. A department that holds the matter must hand it over first."""
    if duty.is_open:
        _check_may_hold(duty.department_id, restricted_from)
    duty.restricted_from = restricted_from
    return _recorded("duty.restricted", duty, actor=actor, now=now)


def redate(duty: Duty, *, due_on: date, reason: str, actor: Actor, now: datetime) -> Duty:
    """Moves a given date later, with a reason that is shown: a comment period is lengthened. A date
    counted in workdays, or one that has passed, does not move."""
    _check_open(duty)
    if now >= duty.due_at:
        raise Refused("wrong_time", N_("The date has passed and cannot be moved."), basis=duty.article)
    if duty.workdays is not None or due_on <= duty.due_on:
        raise Refused("invalid", N_("Choose a day after the date that was announced."), field="due_on")
    if not reason.strip():
        raise Refused("invalid", N_("Say why the date is moved; the reason is shown."), field="reason")
    note_redating(duty, "period", reason.strip(), end_of(due_on), due_on, now=now)
    lay_down(duty, _dated(duty.started_on, None, due_on))
    return _recorded("duty.redated", duty, actor=actor, now=now)


def extend(duty: Duty, *, workdays: int, reason: str, actor: Actor, now: datetime) -> Duty:
    """An approved extension, once, by 1 to 10 workdays more, before the date has passed
    (山东省政务服务热线管理办法 2020). Everything is counted from the original start; the first date
    stays in `original_due_at`, and the duty is never again one that was met "in time"."""
    _check_open(duty)
    if now >= duty.due_at:
        raise Refused("wrong_time", N_("The date has passed and cannot be extended any more."), EXTENSION_RULE)
    if duty.workdays is None or duty.measure != "by":
        raise Refused("invalid", N_("Only a date counted in workdays can be extended."), EXTENSION_RULE)
    if duty.extended:
        raise Refused("wrong_time", N_("The date was extended once already; there is no second time."), EXTENSION_RULE)
    if not 1 <= workdays <= MOST_EXTENSION_WORKDAYS:
        raise Refused("invalid", N_("Choose 1 to 10 workdays."), EXTENSION_RULE, field="workdays")
    if not reason.strip():
        raise Refused("invalid", N_("Say why the date is moved; the reason is shown."), field="reason")
    dating = _dated(duty.started_on, duty.workdays + workdays, None)
    if dating.due_on <= duty.due_on:
        # An earlier date by a newer calendar was not taken, and the extension would not reach past the old one.
        raise Refused(
            "invalid", N_("By the newest calendar this gives no later date. Choose more days."), field="workdays"
        )
    note_redating(duty, "extension", reason.strip(), dating.due_at, dating.due_on, now=now)
    lay_down(duty, dating)
    duty.workdays += workdays
    duty.extended, duty.extended_by = True, workdays
    return _recorded("duty.extended", duty, actor=actor, now=now)


def note_redating(
    duty: Duty, cause: str, reason: str, due_at: datetime, due_on: date, *, now: datetime, applied: bool = True
) -> None:
    """Keeps the old date beside the new, and who is late by the new one."""
    duty.redatings.append(
        DutyRedating(
            at=now,
            cause=cause,
            reason=reason,
            old_due_on=duty.due_on,
            new_due_on=due_on,
            applied=applied,
            calendar_version=duty.calendar_version,
        )
    )
    if applied:
        late = queries.holder_at(duty, due_at) if due_at <= now else None
        duty.late_department_id = late if late != duty.department_id else None


def _check_open(duty: Duty) -> None:
    if not duty.is_open:
        raise Refused("wrong_time", N_("This matter is already closed."), basis=duty.article)


def _check_may_hold(department_id: int, restricted_from: int | None) -> None:
    if restricted_from is not None and department_id == restricted_from:
        raise Refused(
            "forbidden",
            N_("Choose another department: the matter is about this one."),
            basis="信访工作条例 第三十条",
        )


def _end_holding(duty: Duty, now: datetime) -> None:
    for holding in duty.holdings:
        if holding.until_at is None:
            holding.until_at = now


def _recorded(verb: str, duty: Duty, *, actor: Actor, now: datetime) -> Duty:
    """The entry carries the whole row (it is registered with its content); the facts are the gist."""
    db.session.flush()
    evidence.record(
        verb,
        subject=duty,
        actor=actor,
        now=now,
        facts={
            "kind": duty.kind,
            "subject": f"{duty.subject_kind}:{duty.subject_id}",
            "department": duty.department_id,
            "due_on": duty.due_on,
            "late": duty.met_late,
        },
    )
    return duty
