"""The ledger as it stood at a past instant, and what changed between two."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, Select, and_, func, literal, or_, select, tuple_, union_all

from participation.access import Actor
from participation.duties import ledger as now_ledger
from participation.duties.history.models import LONG_DAYS, DutyVersion, HistoryPlace
from participation.duties.ledger import PAGE, LedgerFilter, LedgerPage, LedgerRow
from participation.duties.models import Duty
from participation.duties.places import COMMON, MANY, Place
from participation.duties.rules import STATES, State
from participation.evidence.models import EvidenceSeal
from participation.extensions import Instant, db
from participation.workdays import end_of, start_of

V = DutyVersion
UNMET = frozenset({State.OVERDUE, State.DUE_SOON, State.OPEN})
_UNMET = and_(V.met_at.is_(None), V.cancelled_at.is_(None))


@dataclass(frozen=True)
class Change:
    """A duty whose row is another at the later instant. `before` is None where it was not owed yet."""

    duty_id: int
    before: DutyVersion | None
    after: DutyVersion
    was: State | None
    is_: State


def state_at(version: DutyVersion, at: datetime) -> State:
    """How the duty stood, by what the log said then; `rules.state` on a version."""
    if version.cancelled_at is not None:
        return State.CANCELLED
    if version.met_at is not None:
        return State.MET_LATE if version.met_late else State.MET_EXTENDED if version.extended else State.MET
    if version.measure == "until":
        return State.OPEN
    if at >= version.due_at:
        return State.OVERDUE
    return State.DUE_SOON if at >= version.soon_at else State.OPEN


def read_until() -> int:
    """How many leaves of the sealed log the history has read."""
    return db.session.scalar(select(HistoryPlace.leaves)) or 0


def is_complete() -> bool:
    """Whether every sealed entry is read: only then is a difference what the log says."""
    sealed = db.session.scalar(select(func.max(EvidenceSeal.leaf_index)))
    return sealed is None or read_until() > sealed


def _standing(at: datetime, where: Sequence[ColumnElement[bool]] = ()) -> CTE:
    """The unmet versions that stood at the instant: three ranges, each with its index. Read once however many
    states are asked for, with what tells these apart."""
    told = select(V.number.label("number"), V.due_at, V.duty_id, V.soon_at, V.measure, V.from_at).where(_UNMET, *where)
    now = told.where(V.until_at.is_(None), V.from_at <= at)
    short = told.where(V.lasted == 0, V.from_at <= at, V.from_at > at - timedelta(days=LONG_DAYS), V.until_at > at)
    long = told.where(V.lasted == 1, V.from_at <= at, V.until_at > at)
    return union_all(now, short, long).cte("standing")


def _unmet(state: State, at: datetime, standing: CTE) -> Select[Any]:
    c = standing.c
    one = select(c.number, c.due_at, c.duty_id)
    match state:
        case State.OVERDUE:
            return one.where(c.measure == "by", c.due_at <= at)
        case State.DUE_SOON:
            return one.where(c.measure == "by", c.due_at > at, c.soon_at <= at)
    return one.where(or_(c.measure == "until", and_(c.due_at > at, c.soon_at > at)))


def _closed(state: State, at: datetime) -> list[ColumnElement[bool]]:
    # Behind a function: SQLite would walk everything there was before `at`, not the index of the state.
    stood = [func.coalesce(V.from_at, at) <= at, or_(V.until_at.is_(None), V.until_at > at)]
    match state:
        case State.MET_LATE:
            return [*stood, V.met_at.is_not(None), V.met_late]
        case State.MET_EXTENDED:
            return [*stood, V.met_at.is_not(None), ~V.met_late, V.extended]
        case State.MET:
            return [*stood, V.met_at.is_not(None), ~V.met_late, ~V.extended]
    return [*stood, V.cancelled_at.is_not(None)]


def _asked(filters: LedgerFilter, actor: Actor, *, few: bool) -> list[ColumnElement[bool]]:
    # Who may see a matter is judged by today: what was hidden since then is hidden in the past too.
    seen = select(Duty.id).where(Duty.id == V.duty_id, now_ledger.visible_to(actor)).correlate(V)
    # Of few versions each is looked at: PostgreSQL, expecting many, would join every duty there is.
    found: list[ColumnElement[bool]] = [seen.scalar_subquery() == V.duty_id if few else seen.exists()]
    kind: Any = V.kind
    basis: Any = V.basis
    # Behind a function the order of the dates is kept: by several common kinds everything would be sorted.
    if few or (db.engine.dialect.name == "sqlite" and len(filters.kinds) > 1 and not COMMON.isdisjoint(filters.kinds)):
        kind = func.coalesce(kind, "")
    if few or (db.engine.dialect.name == "sqlite" and len(filters.bases) > 1):
        basis = func.coalesce(basis, "")
    if filters.kinds:
        found.append(kind.in_(filters.kinds))
    if filters.bases:
        found.append(basis.in_(filters.bases))
    if filters.department_id is not None:
        found.append(V.responsible_id == filters.department_id)
    if filters.due_from:
        found += [V.due_on >= filters.due_from, V.due_at >= end_of(filters.due_from)]
    if filters.due_until:
        found += [V.due_on <= filters.due_until, V.due_at <= end_of(filters.due_until)]
    if filters.started_from:
        # Nothing is due before it begins: said besides, so that the index of dates begins there.
        found += [V.started_on >= filters.started_from, V.due_at > start_of(filters.started_from)]
    if filters.started_until:
        found.append(V.started_on <= filters.started_until)
    return found


def _within(at: datetime, filters: LedgerFilter, actor: Actor) -> Callable[[State], Select[Any]]:
    """The number, date and duty of the versions that stood in a state."""
    few, many = (_asked(filters, actor, few=few) for few in (True, False))
    standing = _standing(at, few)

    def within(state: State) -> Select[Any]:
        if state in UNMET:
            return _unmet(state, at, standing)
        return select(V.number, V.due_at, V.duty_id).where(*_closed(state, at), *many)

    return within


def ledger_at(
    at: datetime, *, actor: Actor, filters: LedgerFilter, after: str | None = None, limit: int = PAGE,
    count: bool = True,
) -> LedgerPage:  # fmt: skip
    """A page of the ledger as it stood at `at`, worst first; its rows are versions. `after` as in
    `duties.ledger`. Raises `Refused` for a page that does not exist."""
    as_of, last = now_ledger.read_cursor(after) if after else (at, None)
    found = places_at(as_of, actor=actor, filters=filters, after=last, limit=limit + 1)
    more, found = len(found) > limit, found[:limit]
    rows = _rows([(place.rank, number) for place, number in found], actor=actor)
    next_ = now_ledger.cursor(as_of, found[-1][0]) if more else None
    return LedgerPage(rows, _counted(as_of, filters, actor) if count else {}, as_of, next_)


def places_at(
    at: datetime, *, actor: Actor, filters: LedgerFilter, after: Place | None = None, limit: int
) -> list[tuple[Place, int]]:
    """Which versions the ledger of that instant shows, worst first: their places and numbers."""
    within, ranges = _within(at, filters, actor), []
    for state in sorted(filters.states or STATES, key=STATES.index):
        rank = STATES.index(state)
        if after is not None and rank < after.rank:
            continue
        query = within(state)
        _number, due_at, duty_id = query.selected_columns
        if after is not None and rank == after.rank:
            place = tuple_(literal(after.due_at, Instant()), literal(after.duty_id))
            query = query.where(tuple_(due_at, duty_id) > place)
        first = query.order_by(due_at, duty_id).limit(limit).subquery()
        ranges.append(select(literal(rank, Integer).label("rank"), first.c[1], first.c[2], first.c[0]))
    if not ranges:
        return []
    every = union_all(*ranges).subquery()
    order = (every.c[0], every.c[1], every.c[2])
    rows = db.session.execute(select(*every.c).order_by(*order).limit(limit))
    return [(Place(*row[:3]), row[3]) for row in rows]


def _rows(found: Sequence[tuple[int, int]], *, actor: Actor) -> list[LedgerRow]:
    versions = {
        row.number: row for row in db.session.scalars(select(V).where(V.number.in_([number for _r, number in found])))
    }
    lines = now_ledger.described(list(versions.values()), actor=actor)
    rows = []
    for rank, number in found:
        version = versions[number]
        line = lines.get((version.subject_kind, version.subject_id))
        rows.append(LedgerRow(version, STATES[rank], line, version.late_department_id or version.department_id))
    return rows


def _counted(at: datetime, filters: LedgerFilter, actor: Actor) -> dict[State, int]:
    counts, within = [], _within(at, filters, actor)
    for state in STATES:
        seen = within(state).with_only_columns(literal(1).label("one")).limit(MANY + 1).subquery()
        counts.append(select(func.count()).select_from(seen).scalar_subquery())
    return dict(zip(STATES, db.session.execute(select(*counts)).one(), strict=True))


def changes(
    earlier: datetime, later: datetime, *, actor: Actor, filters: LedgerFilter, after: int = 0, limit: int = PAGE
) -> tuple[list[Change], int | None]:
    """Duties that were opened, moved, met, handed over or ended between the two instants, and those that became
    late by time alone, in the order of their last change. `after` is what the page before answered beside them."""
    few, many = (_asked(filters, actor, few=few) for few in (True, False))
    moved = select(V.number, V.from_at, V.duty_id).where(
        V.from_at > earlier, V.from_at <= later, or_(V.until_at.is_(None), V.until_at > later), *many
    )
    c = _standing(later, few).c
    passed = select(c.number, c.from_at, c.duty_id).where(
        c.from_at <= earlier, c.measure == "by",
        or_(and_(c.due_at > earlier, c.due_at <= later), and_(c.soon_at > earlier, c.soon_at <= later)),
    )  # fmt: skip
    last = db.session.get(V, after) if after else None
    ranges = []
    for some in (passed, moved):
        _number, from_at, duty_id = some.selected_columns
        if last is not None:
            some = some.where(tuple_(from_at, duty_id) > tuple_(literal(last.from_at, Instant()), last.duty_id))
        ranges.append(select(some.order_by(from_at, duty_id).limit(limit + 1).subquery()))
    every = union_all(*ranges).subquery()
    rows = list(db.session.execute(select(*every.c).order_by(every.c[1], every.c[2]).limit(limit + 1)))
    more, rows = len(rows) > limit, rows[:limit]
    ids = [row[2] for row in rows]
    before, then = _versions(ids, earlier), _versions(ids, later)
    found = [
        Change(
            one, before.get(one), then[one], state_at(before[one], earlier) if one in before else None,
            state_at(then[one], later),
        )
        for one in ids
        if one in then
    ]  # fmt: skip
    return found, rows[-1][0] if more else None


def _versions(ids: Sequence[int], at: datetime) -> dict[int, DutyVersion]:
    stood = select(V).where(V.duty_id.in_(ids), V.from_at <= at, or_(V.until_at.is_(None), V.until_at > at))
    return {row.duty_id: row for row in db.session.scalars(stood.order_by(V.leaf_index))}


def what_changed(change: Change) -> list[str]:
    """Which things are others, as keys: opened, state, department, due, extended."""
    if change.before is None:
        return ["opened"]
    old, new = change.before, change.after
    told = {
        "state": change.was != change.is_,
        "department": old.department_id != new.department_id,
        "due": old.due_on != new.due_on,
        "calendar": old.calendar_version != new.calendar_version,
    }
    return [key for key, differs in told.items() if differs]
