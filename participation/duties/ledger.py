"""The ledger: every duty by how late it is, in pages; and the same counted by department and kind.

States are told by the database, so that a count, a filter and a row can never disagree.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, Integer, and_, case, func, literal, or_, select
from sqlalchemy.orm import selectinload

from participation.access import Actor, Capability
from participation.duties.models import Duty
from participation.duties.places import Place, counted, fitting, ordered
from participation.duties.rules import STATES, State
from participation.duties.subjects import SubjectLine, lines_for
from participation.errors import N_, Refused
from participation.extensions import db
from participation.workdays import end_of, start_of

PAGE = 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class LedgerFilter:
    """What to show. Empty means all; days are both included: those on which duties are due, and
    those on which they began (a letter's receipt)."""

    kinds: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    department_id: int | None = None
    states: tuple[State, ...] = ()
    due_from: date | None = None
    due_until: date | None = None
    started_from: date | None = None
    started_until: date | None = None


EVERYTHING = LedgerFilter()


@dataclass(frozen=True)
class LedgerRow:
    """A duty, how it stands, what it is about, and which department answers for it (None where
    that must not be said)."""

    duty: Duty
    state: State
    subject: SubjectLine | None
    department_id: int | None


@dataclass(frozen=True)
class LedgerPage:
    """`counts` has every state, whatever state is filtered, each up to one over `places.MANY`; `as_of`
    is the instant of all pages."""

    rows: Sequence[LedgerRow]
    counts: dict[State, int]
    as_of: datetime
    next: str | None


@dataclass(frozen=True)
class Figure:
    """How many duties of a kind a department has in each state. No department: matters about one,
    which nobody is named for."""

    department_id: int | None
    kind: str
    basis: str
    counts: dict[State, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def rank_column(now: datetime) -> ColumnElement[int]:
    """A duty's place in `STATES`, told by the database: `rules.state` in SQL."""
    ranks = {state: literal(place, Integer) for place, state in enumerate(STATES)}
    return case(
        (Duty.cancelled_at.is_not(None), ranks[State.CANCELLED]),
        (and_(Duty.met_at.is_not(None), Duty.met_late.is_(True)), ranks[State.MET_LATE]),
        (and_(Duty.met_at.is_not(None), Duty.extended), ranks[State.MET_EXTENDED]),
        (Duty.met_at.is_not(None), ranks[State.MET]),
        (Duty.measure == "until", ranks[State.OPEN]),
        (Duty.due_at <= now, ranks[State.OVERDUE]),
        (Duty.soon_at <= now, ranks[State.DUE_SOON]),
        else_=ranks[State.OPEN],
    )


responsible_column: ColumnElement[int] = func.coalesce(Duty.late_department_id, Duty.department_id)
"""Whoever held it when it became late, else who holds it."""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Which duties a reader may see one by one. A department never sees a matter about itself; a
    matter about somebody is seen only by who holds it and by who reads everything."""
    own = sorted(actor.department_ids)
    unrestricted = Duty.restricted_from.is_(None)
    if not own:
        return unrestricted
    not_about_them = or_(unrestricted, Duty.restricted_from.not_in(own))
    if actor.can(Capability.READ_ALL):
        return not_about_them
    return or_(unrestricted, and_(Duty.department_id.in_(own), not_about_them))


def described(duties: Sequence[Duty], *, actor: Actor) -> dict[tuple[str, int], SubjectLine]:
    """What each matter is called: by its file for who has it or reads everything, else only what
    the public may know of it."""
    own = actor.department_ids
    everything = actor.can(Capability.READ_ALL)
    found: dict[tuple[str, int], SubjectLine] = {}
    for staff in (False, True):
        some = [duty for duty in duties if staff == (everything or duty.department_id in own)]
        found |= lines_for(((duty.subject_kind, duty.subject_id) for duty in some), staff=staff)
    return found


def _matching(filters: LedgerFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.kinds:
        found.append(Duty.kind.in_(filters.kinds))
    if filters.bases:
        found.append(Duty.basis.in_(filters.bases))
    if filters.department_id is not None:
        found.append(responsible_column == filters.department_id)
    return found + _on_days(filters)


def _on_days(filters: LedgerFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    # A due day ends where `due_at` says: said besides, so that the index of instants serves.
    if filters.due_from:
        found += [Duty.due_on >= filters.due_from, Duty.due_at >= end_of(filters.due_from)]
    if filters.due_until:
        found += [Duty.due_on <= filters.due_until, Duty.due_at <= end_of(filters.due_until)]
    if filters.started_from:
        # Nothing is due before it begins.
        found += [Duty.started_on >= filters.started_from, Duty.due_at > start_of(filters.started_from)]
    if filters.started_until:
        found.append(Duty.started_on <= filters.started_until)
    return found


def _within(filters: LedgerFilter, actor: Actor) -> Callable[[State], list[list[ColumnElement[bool]]]]:
    common = [visible_to(actor), *_on_days(filters)]

    def within(state: State) -> list[list[ColumnElement[bool]]]:
        told = fitting(state, kinds=filters.kinds, bases=filters.bases, department_id=filters.department_id)
        return [[*common, *some] for some in told]

    return within


def places(*, now: datetime, actor: Actor, filters: LedgerFilter, limit: int) -> list[Place]:
    """Which duties the ledger shows, the latest first, at most `limit`, without the duties themselves."""
    return ordered(_within(filters, actor), filters.states or STATES, now=now, after=None, limit=limit)


def ledger(
    *,
    now: datetime,
    actor: Actor,
    filters: LedgerFilter = EVERYTHING,
    after: str | None = None,
    limit: int = PAGE,
    count: bool = True,
    history: bool = True,
) -> LedgerPage:
    """A page of duties, the latest first. `after` is the page before's `next`; it carries that
    page's instant, so that no row slips between two pages. Without `count` nothing is counted, without
    `history` nobody asks who held the duties before and how their dates moved. Raises `Refused` for another text."""
    as_of, last = read_cursor(after) if after else (now, None)
    within = _within(filters, actor)
    found = ordered(within, filters.states or STATES, now=as_of, after=last, limit=limit + 1)
    more = len(found) > limit
    found = found[:limit]
    query = select(Duty).where(Duty.id.in_([place.duty_id for place in found]))
    if history:
        query = query.options(selectinload(Duty.holdings), selectinload(Duty.redatings))
    duties = {duty.id: duty for duty in db.session.scalars(query)} if found else {}
    lines = described(list(duties.values()), actor=actor)
    rows = []
    for place in found:
        duty = duties[place.duty_id]
        subject = lines.get((duty.subject_kind, duty.subject_id))
        rows.append(LedgerRow(duty, STATES[place.rank], subject, duty.late_department_id or duty.department_id))
    next_ = cursor(as_of, found[-1]) if more else None
    return LedgerPage(rows, counted(within, now=as_of) if count else {}, as_of, next_)


def figures(*, now: datetime, filters: LedgerFilter = EVERYTHING) -> list[Figure]:
    """The public figures by department and kind. Matters about a department count as well, but
    nobody's name stands beside them."""
    rank = rank_column(now)
    department: ColumnElement[int | None] = case((Duty.restricted_from.is_(None), responsible_column), else_=None)
    within = _matching(filters)
    if filters.department_id is not None:
        within.append(Duty.restricted_from.is_(None))
    told = select(department.label("department"), Duty.kind, Duty.basis, rank.label("place")).where(*within).subquery()
    grouped = select(*told.c, func.count()).group_by(*told.c)
    found: dict[tuple[int | None, str, str], Figure] = {}
    for department_id, kind, basis, place, number in db.session.execute(grouped):
        figure = found.setdefault((department_id, kind, basis), Figure(department_id, kind, basis))
        figure.counts[STATES[place]] = number
    if filters.states:
        for figure in found.values():
            for state in set(figure.counts) - set(filters.states):
                del figure.counts[state]
    return sorted(found.values(), key=_by_department)


def _by_department(figure: Figure) -> tuple[bool, int, str]:
    return figure.department_id is None, figure.department_id or 0, figure.kind


def days_used(filters: LedgerFilter) -> list[tuple[int | None, date, datetime]]:
    """For each duty met: the department named for it, the day it began and the instant it was met."""
    department: ColumnElement[int | None] = case((Duty.restricted_from.is_(None), responsible_column), else_=None)
    within = [*_matching(filters), Duty.met_at.is_not(None)]
    if filters.department_id is not None:
        within.append(Duty.restricted_from.is_(None))
    met = select(department, Duty.started_on, Duty.met_at).where(*within)
    return [(row[0], row[1], row[2]) for row in db.session.execute(met)]


def cursor(as_of: datetime, place: Place) -> str:
    """The place after which the next page begins, and the instant of all pages."""
    return f"{_number(as_of)}-{place.rank}-{_number(place.due_at)}-{place.duty_id}"


def read_cursor(text: str) -> tuple[datetime, Place]:
    """Raises `Refused` for a text that no page gave out."""
    try:
        as_of, rank, due_at, duty_id = (int(part) for part in text.split("-"))
        if not (0 <= rank < len(STATES) and 0 <= duty_id < 2**53):
            raise ValueError(text)
        return _EPOCH + as_of * _MICROSECOND, Place(rank, _EPOCH + due_at * _MICROSECOND, duty_id)
    except (ValueError, OverflowError) as error:
        raise Refused("invalid", N_("This page of the ledger does not exist. Start at its first page.")) from error


def _number(instant: datetime) -> int:
    return (instant - _EPOCH) // _MICROSECOND
