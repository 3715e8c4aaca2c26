"""The figures of months, units and mailboxes for the pages: counted now, or counted ahead where the
letters are too many for that. A test compares with the pure module."""

from calendar import monthrange
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, delete, func, insert, select, union, update

from participation import clock
from participation.duties.models import Duty, DutyRedating
from participation.extensions import db
from participation.mailbox.figures import Figures, Tally, together
from participation.mailbox.models import LetterEvent, LetterMonth, Rating
from participation.mailbox.queries.counting import Key, counted, of_letter

LIVE = 3000
"""Letters that a page counts itself, by the last time they were counted; more are counted ahead by `refresh`."""
MARGIN = timedelta(minutes=5)
"""An act may be committed a little after its instant."""


@dataclass(frozen=True)
class Counted:
    """Sums by month, mailbox and unit, as they stood at `as_of`."""

    parts: dict[Key, Tally]
    as_of: datetime

    def figures(self, matching: Callable[[Key], bool] = lambda key: True) -> Figures:
        return Figures(together(sums for key, sums in self.parts.items() if matching(key)))

    def by_month(self, months: Iterable[date]) -> list[tuple[date, Figures]]:
        return [(month, self.figures(lambda key, month=month: key.month == month)) for month in months]  # type: ignore[misc]

    def by_department(self) -> dict[int | None, Figures]:
        """Of each unit that had letters; None: letters about a unit."""
        found: dict[int | None, list[Tally]] = {}
        for key, sums in self.parts.items():
            found.setdefault(key.department_id, []).append(sums)
        return {unit: Figures(together(parts)) for unit, parts in found.items()}


def last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def months_back(month: date, count: int) -> list[date]:
    """This month and those before it, the newest first."""
    places = range(month.year * 12 + month.month - 1, month.year * 12 + month.month - 1 - count, -1)
    return [date(place // 12, place % 12 + 1, 1) for place in places]


def first_month() -> date | None:
    """The month of the first letter of all."""
    day = db.session.scalar(select(func.min(Duty.started_on)).where(of_letter()))
    return day.replace(day=1) if day is not None else None


_AHEAD = select(
    LetterMonth.month, LetterMonth.mailbox_id, LetterMonth.department_id, LetterMonth.sums, LetterMonth.as_of
).where(LetterMonth.month >= bindparam("first"), LetterMonth.month <= bindparam("last"))


def of_months(first: date, last: date, *, now: datetime) -> Counted:
    """The letters of the months from `first` to `last`, which are first days."""
    rows = db.session.execute(_AHEAD, {"first": first, "last": last}).all()
    if sum(row[3].get("received", 0) for row in rows) <= LIVE:
        return Counted(counted(first, last_day(last), now=now), now)
    return Counted({Key(*row[:3]): row[3] for row in rows}, min(row[4] for row in rows))


def refresh(*, now: datetime) -> int:
    """Counts ahead every month in which anything has changed since it was counted. Returns how
    many months. Does not commit."""
    first = first_month()
    if first is None:
        return 0
    this = clock.local_date(now).replace(day=1)
    count = (this.year - first.year) * 12 + this.month - first.month + 1
    since = db.session.scalar(select(func.max(LetterMonth.as_of)))
    known = set(db.session.scalars(select(LetterMonth.month).distinct()))
    changed = _changed(since - MARGIN, now) if since is not None else set()
    wanted = [month for month in months_back(this, count) if month not in known or month in changed]
    for month in wanted:
        _store(month, now=now)
    db.session.execute(update(LetterMonth).values(as_of=now))
    return len(wanted)


def _store(month: date, *, now: datetime) -> None:
    db.session.execute(delete(LetterMonth).where(LetterMonth.month == month))
    rows = [
        {
            "month": key.month,
            "mailbox_id": key.mailbox_id,
            "department_id": key.department_id,
            "sums": sums,
            "as_of": now,
        }
        for key, sums in counted(month, last_day(month), now=now).items()
    ]
    if rows:
        db.session.execute(insert(LetterMonth), rows)


def _changed(since: datetime, now: datetime) -> Collection[date]:
    """Months of letters to which something happened, or whose day passed, since that instant."""
    touched = union(
        select(LetterEvent.letter_id).where(LetterEvent.at >= since),
        select(Rating.letter_id).where(Rating.rated_at >= since),
        select(Duty.subject_id).where(
            Duty.kind == "letter_answer", Duty.subject_kind == "letter", Duty.due_at >= since, Duty.due_at <= now
        ),
        select(Duty.subject_id)
        .join(DutyRedating, DutyRedating.duty_id == Duty.id)
        .where(Duty.subject_kind == "letter", DutyRedating.at >= since),
    ).subquery()
    days = select(Duty.started_on).where(of_letter(), Duty.subject_id.in_(select(touched.c[0]))).distinct()
    return {day.replace(day=1) for day in db.session.scalars(days)}
