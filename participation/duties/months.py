"""The duties of each month in sums: counted now, or counted ahead where they are too many for that. A test compares
with the states that the ledger shows."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, delete, extract, func, insert, select

from participation import clock
from participation.duties.history.models import DutyVersion
from participation.duties.ledger import rank_column, responsible_column
from participation.duties.models import Duty, DutyMonth, DutyMonthPlace
from participation.duties.rules import STATES
from participation.duties.tally import NAMES, PART_OF, Tally, together
from participation.extensions import db
from participation.workdays import day_of, start_of

LIVE = 3000
"""Duties that a page counts itself; more are counted ahead by the job."""


class Key(NamedTuple):
    """Which duties: due in which month, of which kind, whose (None: matters about a department)."""

    month: date
    kind: str
    department_id: int | None


@dataclass(frozen=True)
class Counted:
    """Sums as they stood at `as_of`."""

    parts: dict[Key, Tally]
    as_of: datetime

    def tally(self, matching: Callable[[Key], bool] = lambda key: True) -> Tally:
        return together(tally for key, tally in self.parts.items() if matching(key))


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _due_within(first: date, last: date) -> list[ColumnElement[bool]]:
    # Said of the instant, which has an index: a due day ends at its 24:00.
    return [Duty.due_at > start_of(first), Duty.due_at <= start_of(next_month(last))]


def of_months(first: date, last: date, *, now: datetime) -> Counted:
    """The duties due in the months from `first` to `last`, which are first days."""
    some = select(Duty.id).where(*_due_within(first, last)).limit(LIVE + 1).subquery()
    place = None
    if (db.session.scalar(select(func.count()).select_from(some)) or 0) > LIVE:
        place = db.session.get(DutyMonthPlace, 1)
    if place is None:
        return Counted(counted(first, last, now=now), now)
    rows = db.session.execute(
        select(DutyMonth.month, DutyMonth.kind, DutyMonth.department_id, *(getattr(DutyMonth, name) for name in NAMES))
        .where(DutyMonth.month >= first, DutyMonth.month <= last)
    )  # fmt: skip
    return Counted({Key(*row[:3]): Tally(*row[3:]) for row in rows}, place.as_of)


def counted(first: date, last: date, *, now: datetime) -> dict[Key, Tally]:
    """The same from the duties themselves, as they stand at `now`."""
    department: ColumnElement[int | None] = case((Duty.restricted_from.is_(None), responsible_column), else_=None)
    told = select(
        extract("year", Duty.due_on).label("year"), extract("month", Duty.due_on).label("month"), Duty.kind,
        department.label("department_id"), rank_column(now).label("place"),
    ).where(*_due_within(first, last)).subquery()  # fmt: skip
    found: dict[Key, dict[str, int]] = defaultdict(lambda: dict.fromkeys(NAMES, 0))
    for row in db.session.execute(select(*told.c, func.count()).group_by(*told.c)):
        year, month, kind, department_id, place, number = row
        found[Key(date(int(year), int(month), 1), kind, department_id)][PART_OF[STATES[place]]] += number
    return {key: Tally(**sums) for key, sums in found.items()}


def count_ahead(*, now: datetime) -> int:
    """Counts every month in which anything has changed since the last time, and once a day every month; one
    transaction each. Killed anywhere, the next call counts again what this one had not finished. Returns how many
    months."""
    place = db.session.get(DutyMonthPlace, 1)
    newest = db.session.scalar(select(func.max(DutyVersion.number))) or 0
    today = clock.local_date(now)
    # Versions that were made again from the log have other numbers.
    whole = place is None or place.whole_on != today or newest < place.version
    months = _all(now) if whole or place is None else _changed(place, now)
    db.session.commit()
    for month in sorted(months):
        _store(month, now=now)
        db.session.commit()
    place = db.session.get(DutyMonthPlace, 1)
    if place is None:
        place = DutyMonthPlace(id=1)
        db.session.add(place)
    place.version, place.as_of, place.whole_on = newest, now, today
    db.session.commit()
    return len(months)


def _all(now: datetime) -> set[date]:
    first, until = db.session.scalar(select(func.min(Duty.due_at))), next_month(clock.local_date(now).replace(day=1))
    found = set()
    month = day_of(first).replace(day=1) if first is not None else until
    while month <= until:
        found.add(month)
        month = next_month(month)
    return found


def _changed(place: DutyMonthPlace, now: datetime) -> set[date]:
    """Months of duties that have a new version, by every date they ever had, and of those whose day has passed."""
    changed = select(DutyVersion.duty_id).where(DutyVersion.number > place.version)
    days = set(db.session.scalars(select(DutyVersion.due_on).where(DutyVersion.duty_id.in_(changed)).distinct()))
    passed = select(Duty.due_on).where(Duty.due_at > place.as_of, Duty.due_at <= now).distinct()
    days |= set(db.session.scalars(passed))
    last = next_month(clock.local_date(now).replace(day=1))
    return {month for day in days if (month := day.replace(day=1)) <= last}


def _store(month: date, *, now: datetime) -> None:
    db.session.execute(delete(DutyMonth).where(DutyMonth.month == month))
    rows = [
        {**key._asdict(), **{name: getattr(tally, name) for name in NAMES}}
        for key, tally in counted(month, month, now=now).items()
    ]
    if rows:
        db.session.execute(insert(DutyMonth), rows)
