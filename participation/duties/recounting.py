"""Loading a holiday notice and counting the open duties anew.

An import never makes an open duty late after the fact: a date that comes out earlier is taken only
while it still lies ahead; otherwise the old date stands and the ledger says so. A date that comes
out later is always taken. What is closed keeps its date and its verdict.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from participation.access import Actor
from participation.duties import service
from participation.duties.calendar import load_calendar
from participation.duties.calendar.contents import Contents, Day
from participation.duties.calendar.notice_file import merged_or_refused, read_notices
from participation.duties.calendar.store import add_version, contents_of, newest_version
from participation.duties.dating import Dating, counted_out
from participation.duties.models import CalendarVersion, Duty
from participation.evidence import service as evidence
from participation.extensions import db
from participation.workdays import WorkCalendar


@dataclass
class Outcome:
    """What an import did: `changed` days, duties whose date moved, whose earlier date was not
    taken, and whose count was explained anew without moving. Not `loaded`: it was all known."""

    version: CalendarVersion
    loaded: bool
    changed: int = 0
    moved: list[Duty] = field(default_factory=list)
    kept: list[Duty] = field(default_factory=list)
    recounted: list[Duty] = field(default_factory=list)


@dataclass(frozen=True)
class Move:
    """A duty whose date would be another."""

    duty: Duty
    old_due_on: date
    new_due_on: date


@dataclass(frozen=True)
class Preview:
    """What an import would do: the days that would be told otherwise (with what is known of each now, if anything),
    how many duties would move, keep an earlier date, be counted anew and stay; `moved` and `kept` are the first
    `SHOWN`. Not `new`: all of it is known."""

    new: bool
    days: list[tuple[Day, Day | None]] = field(default_factory=list)
    gone: list[Day] = field(default_factory=list)
    moved: list[Move] = field(default_factory=list)
    kept: list[Move] = field(default_factory=list)
    moving: int = 0
    keeping: int = 0
    recounted: int = 0


SHOWN = 50


def preview_calendar(data: bytes, *, now: datetime) -> Preview:
    """What `import_calendar` would do with this file now; nothing is stored. Raises `notice_file.Unusable`."""
    known, merged, _newer = _merged(data)
    if known is not None and merged.digest == known.digest:
        return Preview(new=False)
    days = merged.changes_to(known) if known else list(merged.days.values())
    before = known.days if known else {}
    gone = [day for day in before.values() if day.day not in merged.days]
    moved: list[Move] = []
    kept: list[Move] = []
    recounted = 0
    calendar = merged.calendar("")
    datings: dict[tuple[date, int], Dating] = {}
    for duty in db.session.scalars(_open().execution_options(yield_per=500)):
        assert duty.workdays is not None
        counted = (duty.started_on, duty.workdays)
        if counted not in datings:
            datings[counted] = counted_out(calendar, *counted)
        dating = datings[counted]
        if _told_alike(duty, dating):
            continue
        if dating.due_on == duty.due_on:
            recounted += 1
        elif may_apply(dating, old_due_at=duty.due_at, now=now):
            moved.append(Move(duty, duty.due_on, dating.due_on))
        elif not _said_already(duty, dating):
            kept.append(Move(duty, duty.due_on, dating.due_on))
    return Preview(
        True, [(day, before.get(day.day)) for day in days], gone, moved[:SHOWN], kept[:SHOWN], len(moved), len(kept),
        recounted,
    )  # fmt: skip


def _merged(data: bytes) -> tuple[Contents | None, Contents, Contents]:
    newer = read_notices(data)
    before = newest_version()
    known = contents_of(before) if before else None
    return known, merged_or_refused(known, newer), newer


def _open() -> Select[tuple[Duty]]:
    return (
        select(Duty)
        .where(Duty.met_at.is_(None), Duty.cancelled_at.is_(None), Duty.workdays.is_not(None))
        .order_by(Duty.id)
        .options(selectinload(Duty.holdings), selectinload(Duty.redatings))
    )


def _told_alike(duty: Duty, dating: Dating) -> bool:
    return (dating.counting, dating.provisional, dating.soon_at) == (duty.counting, duty.provisional, duty.soon_at)


def _said_already(duty: Duty, dating: Dating) -> bool:
    return any(not old.applied and old.new_due_on == dating.due_on for old in duty.redatings)


def import_calendar(data: bytes, *, source: str, actor: Actor, now: datetime) -> Outcome:
    """Loads a file of notices as the newest calendar version. Raises `notice_file.Unusable`, with
    every reason, before anything is stored."""
    known, merged, newer = _merged(data)
    before = newest_version()
    if before is not None and merged.digest == before.digest:
        return Outcome(before, loaded=False)
    changed = merged.changes_to(known) if known else list(merged.days.values())
    notices = "；".join(sorted({day.notice for day in newer.days.values()}))
    version = add_version(merged, source=source, note=notices, actor=actor, now=now)
    outcome = Outcome(version, loaded=True, changed=len(changed))
    recount_open(outcome, reason=notices, actor=actor, now=now)
    return outcome


def recount_open(outcome: Outcome, *, reason: str, actor: Actor, now: datetime) -> None:
    """Counts every open duty that is measured in workdays with the newest calendar."""
    calendar = load_calendar()
    for duty in db.session.scalars(_open()).all():
        _recount(duty, calendar, outcome, reason=reason, actor=actor, now=now)


def _recount(duty: Duty, calendar: WorkCalendar, outcome: Outcome, *, reason: str, actor: Actor, now: datetime) -> None:
    assert duty.workdays is not None
    dating = counted_out(calendar, duty.started_on, duty.workdays)
    if _told_alike(duty, dating):
        return  # nothing about it is told differently
    facts: dict[str, object] = {"old_due_on": duty.due_on, "new_due_on": dating.due_on, "calendar": calendar.version}
    if dating.due_on == duty.due_on:
        service.lay_down(duty, dating)
        outcome.recounted.append(duty)
        verb = "duty.recounted"
    elif may_apply(dating, old_due_at=duty.due_at, now=now):
        service.note_redating(duty, "calendar", reason, dating.due_at, dating.due_on, now=now)
        service.lay_down(duty, dating)
        outcome.moved.append(duty)
        verb = "duty.redated"
    else:
        if _said_already(duty, dating):
            return  # said once already
        service.note_redating(duty, "calendar", reason, dating.due_at, dating.due_on, now=now, applied=False)
        outcome.kept.append(duty)
        verb = "duty.date_kept"
    db.session.flush()
    evidence.record(verb, subject=duty, actor=actor, now=now, facts=facts)


def may_apply(dating: Dating, *, old_due_at: datetime, now: datetime) -> bool:
    """Whether a new date may stand: a later one always, an earlier one only while it lies ahead."""
    return dating.due_at >= old_due_at or dating.due_at > now


__all__ = ["Outcome", "Preview", "import_calendar", "may_apply", "preview_calendar", "recount_open"]
