"""The rows of the ledger for a file: the order of the page, without the objects of the page, a part at a time."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Text, cast, select

from participation.access import Actor
from participation.accounts.queries import department_names
from participation.clock import local_date
from participation.duties import queries as duties
from participation.duties.calendar import load_calendar
from participation.duties.history import moment
from participation.duties.history.models import DutyVersion
from participation.duties.ledger import LedgerFilter
from participation.duties.models import Duty
from participation.duties.rules import STATES
from participation.duties.subjects import SubjectLine
from participation.extensions import db, reading
from participation.workdays import day_of

Row = list[object]
PART = 1000
EXPORT_HEADER = (
    "id kind subject department state started_at due_on met_at workdays_late basis article counted skipped "
    "provisional calendar_version"
).split()


@dataclass(frozen=True)
class Export:
    """`total` is how many rows `parts` gives, at most `PART` at a time."""

    total: int
    parts: Iterator[list[Row]]


def export(
    filters: LedgerFilter, *, actor: Actor, now: datetime, at: datetime | None = None, most: int = 2**31
) -> Export:
    """The rows of the ledger (at most `most`) in its order; with `at` as it stood at that instant, by the sealed log.
    Which rows they are is known at once, what they say is read part by part."""
    if at is None:
        found = [
            (place.rank, place.duty_id) for place in duties.places(now=now, actor=actor, filters=filters, limit=most)
        ]
    else:
        places = moment.places_at(at, actor=actor, filters=filters, limit=most)
        found = [(place.rank, number) for place, number in places]
    return Export(len(found), _parts(found, actor=actor, as_of=at or now, past=at is not None))


def export_rows(
    filters: LedgerFilter, *, actor: Actor, now: datetime, at: datetime | None = None, most: int = 2**31
) -> list[Row]:
    """All of `export` at once."""
    return [row for part in export(filters, actor=actor, now=now, at=at, most=most).parts for row in part]


def _parts(found: Sequence[tuple[int, int]], *, actor: Actor, as_of: datetime, past: bool) -> Iterator[list[Row]]:
    tell = _Told(as_of)
    for start in range(0, len(found), PART):
        part = found[start : start + PART]
        # What is sent while it is read is read outside the request's own frame.
        with reading():
            rows = _read([number for _rank, number in part], past=past)
            lines = duties.described(list(rows.values()), actor=actor)
        yield [tell.row(rank, rows[number], lines) for rank, number in part]


def _read(numbers: Sequence[int], *, past: bool) -> dict[int, Any]:
    of: Any = DutyVersion if past else Duty
    number = DutyVersion.number if past else Duty.id
    query = select(
        number.label("number"), (DutyVersion.duty_id if past else Duty.id).label("id"), of.kind, of.subject_kind,
        of.subject_id, of.department_id, of.late_department_id, of.started_at, of.due_on, of.met_at, of.basis,
        of.article, of.provisional, of.calendar_version, cast(of.counting, Text).label("counting"),
    ).where(number.in_(numbers))  # fmt: skip
    return {row.number: row for row in db.session.execute(query)}


class _Told:
    """Rows as they are written. What many duties share is worked out once: the days of a week, the lateness of
    a day."""

    def __init__(self, as_of: datetime) -> None:
        self.today = local_date(as_of)
        self.calendar = load_calendar()
        self.names = department_names()
        self.days: dict[str, tuple[str, str]] = {}
        self.late: dict[tuple[date, date], int] = {}

    def row(self, rank: int, duty: Any, lines: dict[tuple[str, int], SubjectLine]) -> Row:
        line = lines.get((duty.subject_kind, duty.subject_id))
        counted, skipped = self._days(duty.counting)
        return [
            duty.id,
            duty.kind,
            line.title if line else f"{duty.subject_kind} {duty.subject_id}",
            self.names.get(duty.late_department_id or duty.department_id, ""),
            STATES[rank].value,
            duty.started_at.isoformat(),
            duty.due_on.isoformat(),
            duty.met_at.isoformat() if duty.met_at else "",
            self._lateness(duty.due_on, day_of(duty.met_at) if duty.met_at else self.today),
            duty.basis,
            duty.article,
            counted,
            skipped,
            "yes" if duty.provisional else "",
            duty.calendar_version,
        ]

    def _days(self, counting: str) -> tuple[str, str]:
        if counting not in self.days:
            told = json.loads(counting)
            skipped = " ".join(f"{one['day']}({one['reason']})" for one in told["skipped"])
            self.days[counting] = " ".join(told["counted"]), skipped
        return self.days[counting]

    def _lateness(self, due_on: date, end: date) -> int:
        """Workdays past the due day."""
        if end <= due_on:
            return 0
        if (due_on, end) not in self.late:
            self.late[due_on, end] = self.calendar.workdays_between(due_on, end)
        return self.late[due_on, end]
