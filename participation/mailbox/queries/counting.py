"""The figures counted by the database: the same as `figures.tally`, which a test compares.

A letter belongs to the month in which its first five workdays began, in Zhoucun, and to whichever
unit answers for that round: who held it when it became late, else who holds it. A letter about a
unit counts for no unit.
"""

from collections import Counter, defaultdict
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Date,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    extract,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from participation.duties.calendar import load_calendar
from participation.duties.ledger import responsible_column
from participation.duties.models import Duty
from participation.extensions import Instant, db
from participation.mailbox.figures import ASPECTS, SPAM, Tally
from participation.mailbox.models import Answer, Letter, LetterEvent, Rating
from participation.workdays import WorkCalendar

ZONE = "Asia/Shanghai"


class Key(NamedTuple):
    """Whose letters: of which month, mailbox and unit (None: letters about a unit)."""

    month: date
    mailbox_id: int
    department_id: int | None


def counted(first: date, until: date, *, now: datetime) -> dict[Key, Tally]:
    """The sums of all letters received from `first` to `until`, both included: one statement, in which the
    letters are found once and counted in four ways."""
    found: dict[Key, Counter[str]] = defaultdict(Counter)
    days, ways = _Days(load_calendar()), {0: _verdict, 2: _rating, 3: _round_again}
    asked = {"first": first, "until": until, "now": now}
    for row in db.session.execute(_statement(db.engine.dialect.name), asked):
        sums = found[Key(date(int(row[1]), int(row[2]), 1), row[3], row[4])]
        ways.get(row[0], days.add)(sums, row)
    return {key: {name: number for name, number in sums.items() if number} for key, sums in found.items()}


@cache
def _statement(dialect: str) -> Any:
    """Built once: putting it together takes longer than running it for a month of few letters."""
    base = _base(bindparam("first", type_=Date()), bindparam("until", type_=Date()), _NOW)
    return union_all(_verdicts(base), _workdays(base, dialect), _ratings(base), _again(base, _NOW))


_NOW: Any = bindparam("now", type_=Instant())


def of_letter() -> Any:
    """First rounds of letters, among the duties."""
    return and_(Duty.kind == "letter_answer", Duty.round == 1, Duty.subject_kind == "letter")


def _base(first: Any, until: Any, now: Any) -> Any:
    ground = func.coalesce(Answer.ground, "")
    late = func.coalesce(Duty.met_at, now) >= Duty.due_at
    how = case(
        (Duty.cancelled_at.is_not(None), "withdrawn"),
        (and_(late, Duty.met_at.is_(None)), "overdue"),
        (late, "late"),
        (Duty.extended, "extended"),
        (ground == SPAM, "spam"),
        (ground != "", "refused_in_time"),
        (Letter.merged_into_id.is_not(None), "repeated_in_time"),
        (Duty.met_at.is_(None), "within"),
        else_="on_time",
    )
    returned = select(LetterEvent.id).where(LetterEvent.letter_id == Letter.id, LetterEvent.verb == "returned")
    refusal = and_(
        Answer.letter_id == Letter.id, Answer.round == 1, Answer.kind == "refusal", Answer.approved_at.is_not(None)
    )
    query = (
        select(
            extract("year", Duty.started_on).label("year"),
            extract("month", Duty.started_on).label("month"),
            Letter.mailbox_id,
            case((Duty.restricted_from.is_(None), responsible_column), else_=None).label("department_id"),
            Letter.id.label("letter_id"),
            Duty.started_on,
            Duty.met_at,
            how.label("how"),
            _one(Letter.merged_into_id.is_not(None)).label("repeated"),
            _one(ground != "").label("refused"),
            _one(returned.exists()).label("returned"),
            _one(Letter.round > 1).label("reopened"),
            _one(Duty.extended).label("granted"),
            _one(and_(Duty.cancelled_at.is_not(None), Duty.cancelled_at >= Duty.due_at)).label("withdrawn_late"),
            _one(and_(Duty.met_at.is_not(None), Duty.cancelled_at.is_(None), how != "spam")).label("closed"),
        )
        .select_from(Duty)
        .join(Letter, Letter.id == Duty.subject_id)
        .outerjoin(Answer, refusal)
        .where(of_letter(), Duty.started_on >= first, Duty.started_on <= until)
    )
    return query.cte("base")


def _one(condition: Any) -> Any:
    return case((condition, 1), else_=0)


_FLAGS = ("repeated", "refused", "returned", "reopened", "granted", "withdrawn_late", "closed")
"""What is summed beside the verdict; the other three ways fill these columns with nothing."""


def _part(way: int, base: Any, one: Any, other: Any = None, third: Any = None, *, flags: bool = False) -> Select[Any]:
    """One of the four ways: by month, mailbox, unit and up to three columns of its own, all of them words."""
    by = (base.c.year, base.c.month, base.c.mailbox_id, base.c.department_id)
    sums = [func.sum(base.c[name]) if flags else literal(0) for name in _FLAGS]
    own = [column for column in (one, other, third) if column is not None]
    return (
        select(literal(way).label("way"), *by, *(_word(column) for column in (one, other, third)), func.count(), *sums)
        .select_from(base)
        .group_by(*by, *own)
    )


def _word(column: Any) -> Any:
    return cast(column if column is not None else null(), String)


def _verdicts(base: Any) -> Select[Any]:
    return _part(0, base, base.c.how, flags=True)


def _verdict(sums: Counter[str], row: Any) -> None:
    sums["received"] += row[8]
    sums[row[5]] += row[8]
    for name, flagged in zip(_FLAGS, row[9:], strict=True):
        sums[name] += int(flagged)


def _workdays(base: Any, dialect: str) -> Select[Any]:
    """By the days of receipt and answer; how many workdays lie between, the calendar says."""
    real = and_(base.c.closed == 1, base.c.refused == 0, base.c.repeated == 0)
    return _part(1, base, base.c.started_on, _day(base.c.met_at, dialect)).where(real)


class _Days:
    """Workdays between two days, each pair counted once."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar, self.known = calendar, dict[tuple[str, str], int]()

    def add(self, sums: Counter[str], row: Any) -> None:
        span = (row[5], row[6])
        if span not in self.known:
            self.known[span] = self.calendar.workdays_between(*map(date.fromisoformat, span))
        sums[f"days_{self.known[span]}"] += row[8]


def _day(instant: Any, dialect: str) -> Any:
    if dialect == "postgresql":
        return cast(func.timezone(ZONE, instant), Date)
    # China has kept one hour all year since 1991; SQLite knows no zones.
    return func.date(type_coerce(instant, String), literal("+8 hours"))


def _ratings(base: Any) -> Select[Any]:
    """A writer's latest rating of a letter that was answered or refused."""
    later = aliased(Rating)
    newest = ~select(later.id).where(later.letter_id == Rating.letter_id, later.round > Rating.round).exists()
    query = _part(2, base, Rating.attitude, Rating.speed, Rating.result)
    return query.join(Rating, Rating.letter_id == base.c.letter_id).where(newest, base.c.closed == 1)


def _rating(sums: Counter[str], row: Any) -> None:
    sums["rated"] += row[8]
    for aspect, level in zip(ASPECTS, row[5:8], strict=True):
        if level is not None:
            sums[f"{aspect}_{level}"] += row[8]


def _again(base: Any, now: Any) -> Select[Any]:
    """The later rounds of these letters, counted where their first round is."""
    late = func.coalesce(Duty.met_at, now) >= Duty.due_at
    how = case(
        (Duty.cancelled_at.is_not(None), "again_withdrawn"),
        (and_(late, Duty.met_at.is_(None)), "again_overdue"),
        (late, "again_late"),
        (Duty.extended, "again_extended"),
        (Duty.met_at.is_(None), "again_within"),
        else_="again_on_time",
    )
    again = and_(
        Duty.subject_kind == "letter",
        Duty.subject_id == base.c.letter_id,
        Duty.kind == "letter_answer",
        Duty.round > 1,
    )
    return _part(3, base, how).join(Duty, again).where(base.c.reopened == 1)


def _round_again(sums: Counter[str], row: Any) -> None:
    sums[row[5]] += row[8]
