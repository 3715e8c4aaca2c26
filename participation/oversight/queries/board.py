"""What the public board shows: the letters of one month, by department, and those that are late."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select, union_all
from sqlalchemy.orm import joinedload

from participation.access import ANYONE
from participation.accounts.queries import department_names
from participation.clock import local_date
from participation.duties import queries as duties
from participation.duties.ledger import LedgerFilter, LedgerRow
from participation.duties.models import Duty
from participation.duties.places import in_state
from participation.duties.rules import State
from participation.duties.service import load_calendar
from participation.duties.subjects import SubjectLine
from participation.extensions import db
from participation.mailbox.figures import Figures
from participation.mailbox.queries import figures
from participation.oversight.rules import Indicators, together
from participation.workdays import day_of, start_of

LATE_SHOWN = 50


@dataclass(frozen=True)
class Line:
    """One department's month. Without a name: letters about a department, whoever holds them."""

    department_id: int | None
    name: str
    figures: Indicators


@dataclass(frozen=True)
class Month:
    first: date
    lines: list[Line]
    whole: Indicators


@dataclass(frozen=True)
class Late:
    """A duty that is late and open: `days` is workdays past the due day."""

    row: LedgerRow
    days: int
    name: str | None


@dataclass(frozen=True)
class Extended:
    """A letter whose date was extended once: what it was, and why."""

    duty: Duty
    subject: SubjectLine | None
    name: str
    first_due_on: date
    reason: str


def month(first: date, *, now: datetime) -> Month:
    """The letters received in the month that begins on `first`, by who answers for them."""
    names = department_names()
    lines = [
        Line(department_id, names.get(department_id or 0, ""), _indicators(found))
        for department_id, found in figures.of_months(first, first, now=now).by_department().items()
    ]
    lines.sort(key=lambda line: (line.department_id is None, -line.figures.received, line.name))
    return Month(first, lines, together(line.figures for line in lines))


def whole_month(first: date, *, now: datetime) -> Month:
    """The same without its lines, for which the departments would have to be named."""
    return Month(first, [], _indicators(figures.of_months(first, first, now=now).figures()))


def _indicators(found: Figures) -> Indicators:
    """A refusal, and a letter answered together with another, is received but in no rate."""
    days = found.days
    return Indicators(
        on_time=found["on_time"],
        extended=found["extended"],
        within=found["within"],
        answered_late=found["late"],
        open_late=found["overdue"],
        cancelled=found["withdrawn"],
        aside=found["refused_in_time"] + found["repeated_in_time"] + found["spam"],
        answers=sum(days.values()),
        workdays=sum(used * number for used, number in days.items()),
    )


def months(*, now: datetime, count: int = 4) -> list[date]:
    """The first days of this month and those before it."""
    day = local_date(now).replace(day=1)
    found = []
    for _ in range(count):
        found.append(day)
        day = day.replace(year=day.year - 1, month=12) if day.month == 1 else day.replace(month=day.month - 1)
    return found


BESIDE_LETTERS = ("catalogue", "feedback", "proposal_outcome")
"""What else is due to everybody: the year's catalogue, what became of comments and of proposals."""


@dataclass(frozen=True)
class Delays:
    """`late`: letters past their day without an answer, the latest first; one about a department stands there
    without the name of whoever holds it. `others`: what else is late and open. `extended`: the letters
    received in the month whose date was extended, open or answered, with the reason; a letter about a
    department is not among them: that department reads this page."""

    late: list[Late]
    others: list[Late]
    extended: list[Extended]


def delays(first: date, *, now: datetime) -> Delays:
    """What is late now, and what was extended in the month that begins on `first`: the places of late letters,
    then all these duties in one query."""
    filters = LedgerFilter(kinds=("letter_answer",), states=(State.OVERDUE,))
    places = duties.places(now=now, actor=ANYONE, filters=filters, limit=LATE_SHOWN)
    # A union, not three conditions: PostgreSQL would look at every duty for the latter.
    late = select(Duty.id).where(Duty.id.in_([place.duty_id for place in places]))
    parts = (_others(now).subquery(), _extended(first).subquery())
    wanted = Duty.id.in_(union_all(late, *(select(part.c.id) for part in parts)))
    found = {duty.id: duty for duty in db.session.scalars(select(Duty).where(wanted).options(_HISTORY)).unique()}
    lines = duties.described(list(found.values()), actor=ANYONE)

    def rows(some: Sequence[Duty]) -> list[Late]:
        told = [
            LedgerRow(
                duty, State.OVERDUE, lines.get((duty.subject_kind, duty.subject_id)),
                duty.late_department_id or duty.department_id,
            )
            for duty in some
        ]  # fmt: skip
        return with_lateness(told, now=now)

    others = sorted((duty for duty in found.values() if duty.kind in BESIDE_LETTERS), key=_by_date)
    return Delays(
        rows([found[place.duty_id] for place in places]), rows(others), _moved(list(found.values()), lines, first)
    )


_HISTORY = joinedload(Duty.redatings)


def _by_date(duty: Duty) -> tuple[datetime, int]:
    return duty.due_at, duty.id


def _others(now: datetime) -> Select[int]:
    query = select(Duty.id).where(
        *in_state(State.OVERDUE, now), Duty.kind.in_(BESIDE_LETTERS), Duty.restricted_from.is_(None)
    )
    return query.order_by(Duty.due_at, Duty.id).limit(LATE_SHOWN)


def _extended(first: date) -> Select[int]:
    query = select(Duty.id).where(
        Duty.kind == "letter_answer",
        Duty.extended,
        Duty.restricted_from.is_(None),
        # Whatever began in the month is due in it or later: the index of extended dates begins there.
        Duty.due_at > start_of(first),
        Duty.started_on >= first,
        Duty.started_on <= _last(first),
    )
    return query.order_by(Duty.due_at, Duty.id).limit(LATE_SHOWN)


def _last(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _moved(found: list[Duty], lines: dict[tuple[str, int], SubjectLine], first: date) -> list[Extended]:
    names = department_names()
    those = [duty for duty in found if duty.kind == "letter_answer" and duty.extended and not duty.restricted_from]
    return [
        Extended(
            duty,
            lines.get((duty.subject_kind, duty.subject_id)),
            names.get(duty.department_id, ""),
            change.old_due_on,
            change.reason,
        )
        for duty in sorted(those, key=_by_date)
        if first <= duty.started_on <= _last(first)
        for change in duty.redatings
        if change.cause == "extension"
    ]


def with_lateness(rows: Sequence[LedgerRow], *, now: datetime) -> list[Late]:
    """Each row with its workdays past the due day (to the day it was met, or to today) and the
    name of the department that answers for it."""
    if not rows:
        return []
    calendar, today, names = load_calendar(), local_date(now), department_names()
    found = []
    for row in rows:
        end = day_of(row.duty.met_at) if row.duty.met_at else today
        days = calendar.workdays_between(row.duty.due_on, end) if end > row.duty.due_on else 0
        found.append(Late(row, days, names.get(row.department_id or 0)))
    return found
