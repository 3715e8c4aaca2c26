"""The only reader of time. Views, commands and jobs read it once and hand it on as `now`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from participation.extensions import db

SHANGHAI = ZoneInfo("Asia/Shanghai")

_played: ContextVar[datetime | None] = ContextVar("played", default=None)


def now() -> datetime:
    """This instant in UTC: the database's on PostgreSQL, so that every host agrees; on SQLite the
    database is this machine."""
    played = _played.get()
    if played is not None:
        return played
    if db.engine.dialect.name == "postgresql":
        instant = db.session.scalar(select(func.clock_timestamp()))
        assert isinstance(instant, datetime)
        return instant.astimezone(UTC)
    return datetime.now(UTC)  # noqa: TID251 - the one place


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


def is_played() -> bool:
    """Whether time is being played: evidence says so in each entry."""
    return _played.get() is not None
