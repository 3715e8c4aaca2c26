"""What may be tried only so often, counted in the database so that every process agrees.

An attempt is reserved before it is judged: a hundred at the same time cannot all be the fifth.
"""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from participation.accounts.models import Allowance, Attempt
from participation.extensions import db


@dataclass(frozen=True)
class Limit:
    """At most `most` attempts within any `window`."""

    scope: str
    most: int
    window: timedelta


SIGN_IN_ACCOUNT = Limit("sign_in_account", 5, timedelta(minutes=5))
SIGN_IN_NETWORK = Limit("sign_in_network", 20, timedelta(minutes=5))
TRACKING_NUMBER = Limit("tracking_number", 5, timedelta(minutes=5))
TRACKING_NETWORK = Limit("tracking_network", 20, timedelta(minutes=5))
CODE_CONTACT = Limit("code_contact", 5, timedelta(hours=1))
CODE_NETWORK = Limit("code_network", 30, timedelta(hours=1))
API_NETWORK = Limit("api_network", 240, timedelta(minutes=1))


@dataclass(frozen=True)
class Reserved:
    """`wait` is the number of seconds until another attempt is possible; 0 when this one is."""

    wait: int
    ids: tuple[int, ...] = ()


def reserve(*limits: tuple[Limit, str], now: datetime) -> Reserved:
    """Counts one attempt under every limit, or under none when one is used up. The pairs are a
    limit and the digest of what it is counted for. Commit before judging the attempt."""
    wait = max(_wait(limit, key, now) for limit, key in limits)
    if wait:
        return Reserved(wait)
    rows = [Attempt(scope=limit.scope, key_digest=key, at=now) for limit, key in limits]
    db.session.add_all(rows)
    db.session.flush()
    return Reserved(0, tuple(row.id for row in rows))


def release(reserved: Reserved) -> None:
    """The attempt succeeded: it does not count."""
    db.session.execute(delete(Attempt).where(Attempt.id.in_(reserved.ids)))


@dataclass(frozen=True)
class Spent:
    """What is `left` in this window, which ends in `seconds`; `refused`: there was nothing left before."""

    left: int
    seconds: int
    refused: bool


def window_of(limit: Limit, now: datetime) -> tuple[datetime, int]:
    """When the window that `now` is in ends, and in how many seconds. Windows follow one another by the clock."""
    length = limit.window.total_seconds()
    until = datetime.fromtimestamp((now.timestamp() // length + 1) * length, UTC)
    return until, max(1, math.ceil((until - now).total_seconds()))


def spend(limit: Limit, key: str, *, now: datetime) -> Spent:
    """Counts one request of many, in one statement and one row a window. Nothing is counted beyond
    the limit. Commit at once."""
    until, seconds = window_of(limit, now)
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    row = insert(Allowance).values(scope=limit.scope, key_digest=key, until=until, used=1)
    counted = row.on_conflict_do_update(
        index_elements=["scope", "key_digest", "until"],
        set_={"used": Allowance.used + 1},
        where=Allowance.used < limit.most,
    )
    used = db.session.scalar(counted.returning(Allowance.used))
    return Spent(0 if used is None else limit.most - used, seconds, used is None)


def spend_each(*limits: tuple[Limit, str], now: datetime) -> int:
    """Counts one under every limit, in one statement. Returns 0, or the seconds to wait when one was used up: then
    roll back, so that it counts under none. The rows stay locked until the commit: call it last."""
    rows: list[dict[str, Any]] = []
    for limit, key in limits:
        rows.append({"scope": limit.scope, "key_digest": key, "until": window_of(limit, now)[0], "used": 1})
    found = db.session.connection().execute(_counted_each(db.engine.dialect.name), rows)
    used = {row.scope: row.used for row in found}
    waits = [row["until"] for row, (limit, _key) in zip(rows, limits, strict=True) if used[limit.scope] > limit.most]
    return max((max(1, math.ceil((until - now).total_seconds())) for until in waits), default=0)


@cache
def _counted_each(dialect: str) -> Any:
    """Put together once; what is inserted as a list of values would be compiled at every submission."""
    table = Allowance.__table__
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    keys = ["scope", "key_digest", "until"]
    counted = insert(table).on_conflict_do_update(index_elements=keys, set_={"used": table.c.used + 1})
    return counted.returning(table.c.scope, table.c.used)


def prune(*, now: datetime) -> int:
    """Forgets attempts that no limit looks at any more."""
    done = db.session.execute(delete(Attempt).where(Attempt.at < now - timedelta(days=1)))
    over = db.session.execute(delete(Allowance).where(Allowance.until < now))
    return int(done.rowcount + over.rowcount)  # type: ignore[attr-defined]


def _wait(limit: Limit, key: str, now: datetime) -> int:
    _one_at_a_time(limit, key)
    newest = db.session.scalars(
        select(Attempt.at)
        .where(Attempt.scope == limit.scope, Attempt.key_digest == key, Attempt.at > now - limit.window)
        .order_by(Attempt.at.desc(), Attempt.id.desc())
        .limit(limit.most)
    ).all()
    if len(newest) < limit.most:
        return 0
    return max(1, math.ceil((newest[-1] + limit.window - now).total_seconds()))


def _one_at_a_time(limit: Limit, key: str) -> None:
    # On SQLite BEGIN IMMEDIATE has done it already.
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"{limit.scope}:{key}"))))
