"""The figures counted by the database: the same as `figures.tally`, which a test compares.

A letter belongs to the month in which its first five workdays began, in Zhoucun, and to whichever
unit answers for that round: who held it when it became late, else who holds it. A letter about a
unit counts for no unit.
"""

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, String, and_, case, cast, extract, func, literal, select, type_coerce
from sqlalchemy.orm import aliased

from participation.duties.calendar import load_calendar
from participation.duties.ledger import responsible_column
from participation.duties.models import Duty
from participation.extensions import db
from participation.mailbox.figures import ASPECTS, SPAM, Tally
from participation.mailbox.models import Answer, Letter, LetterEvent, Rating

ZONE = "Asia/Shanghai"


class Key(NamedTuple):
    """Whose letters: of which month, mailbox and unit (None: letters about a unit)."""

    month: date
    mailbox_id: int
    department_id: int | None


def counted(first: date, until: date, *, now: datetime) -> dict[Key, Tally]:
    """The sums of all letters received from `first` to `until`, both included."""
    found: dict[Key, Counter[str]] = defaultdict(Counter)
    base = _base(first, until, now)
    _verdicts(base, found)
    _workdays(base, found)
    _ratings(base, found)
    _again(base, now, found)
    return {key: {name: number for name, number in sums.items() if number} for key, sums in found.items()}


def of_letter() -> Any:
    """First rounds of letters, among the duties."""
    return and_(Duty.kind == "letter_answer", Duty.round == 1, Duty.subject_kind == "letter")


def _base(first: date, until: date, now: datetime) -> Any:
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
    return query.subquery()


def _one(condition: Any) -> Any:
    return case((condition, 1), else_=0)


def _grouped(base: Any, *more: Any) -> Select[Any]:
    by = (base.c.year, base.c.month, base.c.mailbox_id, base.c.department_id, *more)
    return select(*by, func.count()).select_from(base).group_by(*by)


def _key(row: Any) -> Key:
    return Key(date(int(row[0]), int(row[1]), 1), row[2], row[3])


_FLAGS = ("repeated", "refused", "returned", "reopened", "granted", "withdrawn_late", "closed")


def _verdicts(base: Any, found: dict[Key, Counter[str]]) -> None:
    query = _grouped(base, base.c.how).add_columns(*(func.sum(base.c[name]) for name in _FLAGS))
    for row in db.session.execute(query):
        sums = found[_key(row)]
        how, number, *flags = row[4:]
        sums["received"] += number
        sums[how] += number
        for name, flagged in zip(_FLAGS, flags, strict=True):
            sums[name] += int(flagged)


def _workdays(base: Any, found: dict[Key, Counter[str]]) -> None:
    """By the days of receipt and answer; how many workdays lie between, the calendar says."""
    met_on = _day(base.c.met_at)
    real = and_(base.c.closed == 1, base.c.refused == 0, base.c.repeated == 0)
    calendar = load_calendar()
    known: dict[tuple[date, date], int] = {}
    for row in db.session.execute(_grouped(base, base.c.started_on, met_on).where(real)):
        span = (row[4], row[5] if isinstance(row[5], date) else date.fromisoformat(row[5]))
        if span not in known:
            known[span] = calendar.workdays_between(*span)
        found[_key(row)][f"days_{known[span]}"] += row[6]


def _day(instant: Any) -> Any:
    if db.engine.dialect.name == "postgresql":
        return cast(func.timezone(ZONE, instant), Date)
    # China has kept one hour all year since 1991; SQLite knows no zones.
    return func.date(type_coerce(instant, String), literal("+8 hours"))


def _ratings(base: Any, found: dict[Key, Counter[str]]) -> None:
    """A writer's latest rating of a letter that was answered or refused."""
    later = aliased(Rating)
    newest = ~select(later.id).where(later.letter_id == Rating.letter_id, later.round > Rating.round).exists()
    query = _grouped(base, Rating.attitude, Rating.speed, Rating.result)
    query = query.join(Rating, Rating.letter_id == base.c.letter_id).where(newest, base.c.closed == 1)
    for row in db.session.execute(query):
        sums = found[_key(row)]
        sums["rated"] += row[7]
        for aspect, level in zip(ASPECTS, row[4:7], strict=True):
            if level is not None:
                sums[f"{aspect}_{level}"] += row[7]


def _again(base: Any, now: datetime, found: dict[Key, Counter[str]]) -> None:
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
    query = _grouped(base, how).join(Duty, again).where(base.c.reopened == 1)
    for row in db.session.execute(query):
        found[_key(row)][row[4]] += row[5]
