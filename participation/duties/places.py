"""Where a duty stands in the ledger, state after state, as ranges that an index serves.

Ordered by a computed state, the database would have to look at every duty there ever was. Told as
one condition a state, each range is read from its index and no further than the page needs.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, and_, func, literal, or_, select, tuple_, union_all

from participation.duties.models import Duty
from participation.duties.rules import STATES, State
from participation.extensions import Instant, db

MANY = 1000
"""Counting stops at one over it: a page says "more than 1,000"."""
UNMET = frozenset({State.OVERDUE, State.DUE_SOON, State.OPEN})
COMMON = frozenset({"letter_answer", "letter_dispatch"})
"""Kinds that every letter has; of all others there are few."""

Where = Sequence[ColumnElement[bool]]


class Place(NamedTuple):
    """A duty's place in the order: its state's in `STATES`, its date, its id."""

    rank: int
    due_at: datetime
    duty_id: int


def in_state(state: State, now: datetime) -> list[ColumnElement[bool]]:
    """`rules.state` as a condition. Each says word for word what the index of its duties says."""
    unmet: list[Any] = [Duty.met_at.is_(None), Duty.cancelled_at.is_(None)]
    met: list[Any] = [Duty.met_at.is_not(None), Duty.cancelled_at.is_(None)]
    match state:
        case State.OVERDUE:
            return [*unmet, Duty.measure == "by", Duty.due_at <= now]
        case State.DUE_SOON:
            return [*unmet, Duty.measure == "by", Duty.due_at > now, Duty.soon_at <= now]
        case State.OPEN:
            return [*unmet, or_(Duty.measure == "until", and_(Duty.due_at > now, Duty.soon_at > now))]
        case State.MET_LATE:
            return [*met, Duty.met_late]
        case State.MET_EXTENDED:
            return [*met, ~Duty.met_late, Duty.extended]
        case State.MET:
            return [*met, ~Duty.met_late, ~Duty.extended]
        case State.CANCELLED:
            return [Duty.cancelled_at.is_not(None)]


def fitting(
    state: State, *, kinds: Sequence[str], bases: Sequence[str], department_id: int | None
) -> list[list[ColumnElement[bool]]]:
    """`kinds`, `bases` (empty: all) and `ledger.responsible_column` as conditions that exclude one
    another: what became late there, and what it has that became late nowhere else."""
    held: Any = Duty.department_id
    kind: Any = Duty.kind
    basis: Any = Duty.basis
    rare = bool(kinds) and COMMON.isdisjoint(kinds)
    # Behind a function a column is looked at where it stands: what is open has an index of its own,
    # and beside it all that a department ever had would be walked. SQLite needs that for what was
    # late, extended or cancelled too; PostgreSQL knows how many these are.
    if state in UNMET or (db.engine.dialect.name == "sqlite" and (rare or state is not State.MET)):
        held, basis = func.coalesce(held, 0), func.coalesce(basis, "")
    if not rare and (state in UNMET or db.engine.dialect.name == "sqlite"):
        kind = func.coalesce(kind, "")
    some: list[ColumnElement[bool]] = []
    if kinds:
        some.append(kind.in_(kinds))
    if bases:
        some.append(basis.in_(bases))
    if department_id is None:
        return [some]
    late = Duty.late_department_id
    return [[*some, late == department_id], [*some, late.is_(None), held == department_id]]


def ordered(
    within: Callable[[State], Sequence[Where]],
    states: Sequence[State],
    *,
    now: datetime,
    after: Place | None,
    limit: int,
) -> list[Place]:
    """The first places in these states, worst first, of duties that fit one of a state's conditions."""
    ranges = []
    for state in sorted(states, key=STATES.index):
        rank = STATES.index(state)
        if after is not None and rank < after.rank:
            continue
        for some in within(state):
            query = select(Duty.id, Duty.due_at).where(*in_state(state, now), *some)
            if after is not None and rank == after.rank:
                query = query.where(
                    tuple_(Duty.due_at, Duty.id) > tuple_(literal(after.due_at, Instant()), literal(after.duty_id))
                )
            first = query.order_by(Duty.due_at, Duty.id).limit(limit).subquery()
            ranges.append(select(literal(rank, Integer).label("rank"), first.c.due_at, first.c.id))
    if not ranges:
        return []
    every = union_all(*ranges).subquery()
    query = select(every.c.rank, every.c.due_at, every.c.id).order_by(every.c.rank, every.c.due_at, every.c.id)
    return [Place(*row) for row in db.session.execute(query.limit(limit))]


def counted(within: Callable[[State], Sequence[Where]], *, now: datetime) -> dict[State, int]:
    """How many there are in every state, by one query; counting stops at one over `MANY`."""
    counts, told = [], []
    for state in STATES:
        for some in within(state):
            seen = select(Duty.id).where(*in_state(state, now), *some).limit(MANY + 1).subquery()
            counts.append(select(func.count()).select_from(seen).scalar_subquery())
            told.append(state)
    found = dict.fromkeys(STATES, 0)
    for state, number in zip(told, db.session.execute(select(*counts)).one(), strict=True):
        found[state] = min(found[state] + number, MANY + 1)
    return found
