"""The Flask extensions, the database's base class and its column types."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask_babel import Babel
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import DateTime, Engine, MetaData, Pool, TypeDecorator, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase


class Model(DeclarativeBase):
    """Constraint names are fixed by convention, so a migration can name what it changes."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


# Parameters are personal data; they belong in no error message and no log. An hour old, a connection is
# opened anew: SQLite reads the statistics of its tables only then.
# Who waits ten seconds for a connection is told to come again: a queue that grows helps nobody.
db = SQLAlchemy(model_class=Model, engine_options={"pool_recycle": 3600, "pool_timeout": 10, "hide_parameters": True})
login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()


class Instant(TypeDecorator[datetime]):
    """An instant: aware in Python, stored in UTC on every database."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its time zone")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


SHRED = "secure_delete=ON"
"""What is deleted is overwritten: an erased person is in no free page of the file."""

_reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Within it SQLite transactions take no write lock. Reading requests run in it."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def is_reading() -> bool:
    return _reading.get()


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that a reading request begins within it may write: what has to be noted about a read."""
    token = _reading.set(False)
    try:
        yield
    finally:
        _reading.reset(token)


@event.listens_for(Engine, "do_connect")
def _before_connect(dialect: Any, _record: Any, _arguments: Any, named: dict[str, Any]) -> None:
    """A PostgreSQL that does not answer is away after five seconds, not after the minutes of TCP."""
    if dialect.name == "postgresql":
        for name, value in (("connect_timeout", 5), ("tcp_user_timeout", 20_000), ("keepalives_idle", 30)):
            named.setdefault(name, value)


@event.listens_for(Engine, "connect")
def _on_connect(connection: Any, _record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        # Python's own transaction handling loses updates; BEGIN below takes the lock at once.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "foreign_keys=ON",
            "journal_mode=WAL",
            "synchronous=FULL",
            "busy_timeout=15000",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
    elif type(connection).__module__.startswith("psycopg"):
        # A prepared statement is planned once for all words; a rare word and a common one need
        # different ways through the text index.
        connection.prepare_threshold = None
        # Requests are short: compiling a plan or starting workers takes longer than running it, and what
        # they read is in memory, where any page of a table costs no more than the one beside it.
        connection.autocommit = True
        connection.execute("SET jit = off")
        connection.execute("SET max_parallel_workers_per_gather = 0")
        connection.execute("SET random_page_cost = 1.1")
        # As long as SQLite waits for its one writer.
        connection.execute("SET lock_timeout = '15s'")
        connection.autocommit = False


@event.listens_for(Pool, "checkout")
def _on_checkout(connection: Any, record: Any, _proxy: Any) -> None:
    """Asks a PostgreSQL connection whether it still lives, and what time it is, in one go. Pages are made
    with this answer; what decides something asks again (`clock.now`)."""
    if not type(connection).__module__.startswith("psycopg"):
        return
    from psycopg import Error

    before = connection.autocommit
    try:
        connection.autocommit = True
        instant = connection.execute("SELECT clock_timestamp()").fetchone()[0]
        connection.autocommit = before
    except Error as gone:
        raise InvalidatePoolError() from gone
    record.info["clock"] = (instant, time.monotonic())


@event.listens_for(Engine, "begin")
def _on_begin(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")
