"""The ledger as it stood at a past instant, and what changed between two."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Integer, Select, and_, func, literal, or_, select, tuple_, union_all

from participation.access import Actor
from participation.duties import ledger as now_ledger
from participation.duties.history.models import LONG_DAYS, DutyVersion, HistoryPlace
from participation.duties.ledger import PAGE, LedgerFilter, LedgerPage, LedgerRow
from participation.duties.models import Duty
from participation.duties.places import MANY
from participation.duties.rules import STATES, State
from participation.evidence.models import EvidenceSeal
from participation.extensions import Instant, db

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


def _standing(at: datetime) -> Select[tuple[int]]:
    """The numbers of the unmet versions that stood at the instant: three ranges, each with its index."""
    now = select(V.number).where(_UNMET, V.until_at.is_(None), V.from_at <= at)
    short = select(V.number).where(
        _UNMET, V.lasted == 0, V.from_at <= at, V.from_at > at - timedelta(days=LONG_DAYS), V.until_at > at
    )
    long = select(V.number).where(_UNMET, V.lasted == 1, V.from_at <= at, V.until_at > at)
    # Said once however often a query asks for it.
    every = union_all(now, short, long).cte("standing")
    return select(every.c[0])


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


def _unmet(state: State, at: datetime, standing: Select[tuple[int]]) -> list[ColumnElement[bool]]:
    some: list[ColumnElement[bool]] = [V.number.in_(standing)]
    match state:
        case State.OVERDUE:
            return [*some, V.measure == "by", V.due_at <= at]
        case State.DUE_SOON:
            return [*some, V.measure == "by", V.due_at > at, V.soon_at <= at]
    return [*some, or_(V.measure == "until", and_(V.due_at > at, V.soon_at > at))]


def _asked(filters: LedgerFilter, actor: Actor, *, few: bool) -> list[ColumnElement[bool]]:
    # Who may see a matter is judged by today: what was hidden since then is hidden in the past too.
    seen = select(Duty.id).where(Duty.id == V.duty_id, now_ledger.visible_to(actor)).correlate(V)
    # Of few versions each is looked at: PostgreSQL, expecting many, would join every duty there is.
    found: list[ColumnElement[bool]] = [seen.scalar_subquery() == V.duty_id if few else seen.exists()]
    if filters.kinds:
        found.append(V.kind.in_(filters.kinds))
    if filters.bases:
        found.append(V.basis.in_(filters.bases))
    if filters.department_id is not None:
        found.append(func.coalesce(V.late_department_id, V.department_id) == filters.department_id)
    if filters.due_from:
        found.append(V.due_on >= filters.due_from)
    if filters.due_until:
        found.append(V.due_on <= filters.due_until)
    if filters.started_from:
        found.append(V.started_on >= filters.started_from)
    if filters.started_until:
        found.append(V.started_on <= filters.started_until)
    return found


def _within(at: datetime, filters: LedgerFilter, actor: Actor) -> Callable[[State], list[ColumnElement[bool]]]:
    standing = _standing(at)
    few, many = (_asked(filters, actor, few=few) for few in (True, False))

    def where(state: State) -> list[ColumnElement[bool]]:
        return [*_unmet(state, at, standing), *few] if state in UNMET else [*_closed(state, at), *many]

    return where


def ledger_at(
    at: datetime, *, actor: Actor, filters: LedgerFilter, after: str | None = None, limit: int = PAGE,
    count: bool = True,
) -> LedgerPage:  # fmt: skip
    """A page of the ledger as it stood at `at`, worst first; its rows are versions. `after` as in
    `duties.ledger`. Raises `Refused` for a page that does not exist."""
    as_of, last = now_ledger.read_cursor(after) if after else (at, None)
    where, ranges = _within(as_of, filters, actor), []
    for state in sorted(filters.states or STATES, key=STATES.index):
        rank = STATES.index(state)
        if last is not None and rank < last.rank:
            continue
        query = select(V.number, V.due_at, V.duty_id).where(*where(state))
        if last is not None and rank == last.rank:
            place = tuple_(literal(last.due_at, Instant()), literal(last.duty_id))
            query = query.where(tuple_(V.due_at, V.duty_id) > place)
        first = query.order_by(V.due_at, V.duty_id).limit(limit + 1).subquery()
        ranges.append(select(literal(rank, Integer).label("rank"), first.c[1], first.c[2], first.c[0]))
    found = []
    if ranges:
        every = union_all(*ranges).subquery()
        order = (every.c[0], every.c[1], every.c[2])
        found = list(db.session.execute(select(*every.c).order_by(*order).limit(limit + 1)))
    more, found = len(found) > limit, found[:limit]
    rows = _rows([(row[0], row[3]) for row in found], actor=actor)
    next_ = now_ledger.cursor(as_of, now_ledger.Place(*found[-1][:3])) if more else None
    return LedgerPage(rows, _counted(as_of, filters, actor) if count else {}, as_of, next_)


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
    counts, where = [], _within(at, filters, actor)
    for state in STATES:
        seen = select(V.number).where(*where(state)).limit(MANY + 1).subquery()
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
    passed = select(V.number, V.from_at, V.duty_id).where(
        V.number.in_(_standing(later)), V.from_at <= earlier, V.measure == "by", *few,
        or_(and_(V.due_at > earlier, V.due_at <= later), and_(V.soon_at > earlier, V.soon_at <= later)),
    )  # fmt: skip
    last = db.session.get(V, after) if after else None
    ranges = []
    for some in (passed, moved):
        if last is not None:
            some = some.where(tuple_(V.from_at, V.duty_id) > tuple_(literal(last.from_at, Instant()), last.duty_id))
        ranges.append(select(some.order_by(V.from_at, V.duty_id).limit(limit + 1).subquery()))
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
