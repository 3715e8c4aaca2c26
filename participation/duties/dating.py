"""How a duty's date is laid down: counted in workdays, or given. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from participation.workdays import Count, WorkCalendar, end_of, start_of


@dataclass(frozen=True)
class Dating:
    """Everything a duty stores about its date."""

    due_on: date
    due_at: datetime
    soon_at: datetime
    counting: dict[str, Any]
    provisional: bool
    calendar_version: str


def counting_of(count: Count) -> dict[str, Any]:
    """The count as JSON: the days counted, and each day skipped with its reason."""
    return {
        "counted": [day.isoformat() for day in count.counted],
        "skipped": [{"day": skip.day.isoformat(), "reason": skip.reason} for skip in count.skipped],
    }


def soon_from(calendar: WorkCalendar, due_on: date) -> datetime:
    """When a duty counts as due soon: from the start of the last workday before its due day."""
    return start_of(calendar.previous_workday(due_on))


def counted_out(calendar: WorkCalendar, started_on: date, workdays: int) -> Dating:
    count = calendar.due(started_on, workdays)
    return Dating(
        count.due_on,
        count.due_at,
        soon_from(calendar, count.due_on),
        counting_of(count),
        count.provisional,
        count.calendar_version,
    )


def given(calendar: WorkCalendar, due_on: date) -> Dating:
    """A date that was promised or that a rule names: nothing is counted, so nothing is provisional."""
    soon_at = soon_from(calendar, due_on)
    return Dating(due_on, end_of(due_on), soon_at, {"counted": [], "skipped": []}, False, calendar.version)
