"""The only reader of time. Views, commands and jobs read it once and hand it on as `now`."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from participation.extensions import db, is_reading

SHANGHAI = ZoneInfo("Asia/Shanghai")

_ASKED = select(func.clock_timestamp())

_played: ContextVar[datetime | None] = ContextVar("played", default=None)
_wrong_here: ContextVar[timedelta] = ContextVar("wrong_here", default=timedelta(0))
_wrong_there: ContextVar[timedelta] = ContextVar("wrong_there", default=timedelta(0))


def now() -> datetime:
    """This instant in UTC: the database's on PostgreSQL, so that every host agrees; on SQLite the
    database is this machine. A page goes by what the database said when its connection was taken."""
    played = _played.get()
    if played is not None:
        return played
    if db.engine.dialect.name != "postgresql":
        return _machine()
    return (_told() if is_reading() else None) or _database()


def about() -> datetime:
    """`now` to the millisecond or so, without another question to the database, in requests that write too: for
    hours that run out, for nothing that decides which of two came first."""
    played = _played.get()
    if played is not None:
        return played
    return (_told() if db.engine.dialect.name == "postgresql" else None) or now()


def _machine() -> datetime:
    return datetime.now(UTC) + _wrong_here.get()  # noqa: TID251 - the one place


def _database() -> datetime:
    instant = db.session.scalar(_ASKED)
    assert isinstance(instant, datetime)
    return instant.astimezone(UTC) + _wrong_there.get()


def _told() -> datetime | None:
    """What the database's clock shows by now, counted from the moment at which the connection was taken."""
    found = db.session.connection().connection.info
    if not found or "clock" not in found:
        return None
    instant: datetime = found["clock"][0]
    at: float = found["clock"][1]
    passed = timedelta(seconds=time.monotonic() - at)
    return (instant + passed).astimezone(UTC) + _wrong_there.get()


def after(query: Any) -> tuple[Any, datetime, timedelta]:
    """The first row of a query (or None), the instant after it was looked for, and `difference`: one question
    to the database. Not for rows that are being locked: what waits for a lock has read the clock already."""
    if _played.get() is None and db.engine.dialect.name == "postgresql":
        row = db.session.execute(query.add_columns(func.clock_timestamp().label("read_at"))).first()
        if row is not None:
            here, there = _machine(), row.read_at.astimezone(UTC) + _wrong_there.get()
            return row, there, here - there
    else:
        row = db.session.execute(query).first()
    return row, now(), difference()


def difference() -> timedelta:
    """By how much this machine's clock is ahead of the database's; nothing on SQLite, where there is
    one clock, and while time is being played."""
    if _played.get() is not None or db.engine.dialect.name != "postgresql":
        return timedelta(0)
    there = _database()
    return _machine() - there


def local(instant: datetime) -> datetime:
    """The instant as a clock in Zhoucun shows it, whatever the server's time zone."""
    return instant.astimezone(SHANGHAI)


def local_date(instant: datetime) -> date:
    return local(instant).date()


@contextmanager
def played(instant: datetime) -> Iterator[None]:
    """Only for the demonstration's loader and tests: within it `now()` answers `instant`."""
    token = _played.set(instant)
    try:
        yield
    finally:
        _played.reset(token)


@contextmanager
def wrong(*, here: timedelta = timedelta(0), there: timedelta = timedelta(0)) -> Iterator[None]:
    """Only for tests: within it this machine's clock, or the database's, is wrong by so much."""
    tokens = _wrong_here.set(here), _wrong_there.set(there)
    try:
        yield
    finally:
        _wrong_here.reset(tokens[0])
        _wrong_there.reset(tokens[1])


def is_played() -> bool:
    """Whether time is being played: evidence says so in each entry."""
    return _played.get() is not None
