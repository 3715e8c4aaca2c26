"""The numbers on receipts, counted within a day: none twice, and as good as none missing.

A counter that each submission raises would make them wait for one another until the disk has written.
On PostgreSQL numbers therefore lie ready in blocks and each submission takes the lowest that nobody else is
taking; one that is not sent after all puts its number back (it stays unused only if more than a block has
been given out meanwhile). SQLite has one writer: there the counter is raised.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, String, bindparam, delete, func, insert, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from participation.extensions import db

BLOCK = 256
"""Far more than are ever being sent at once, for while a block is laid ready all wait until that is on the disk;
what is left of a day's last block is forgotten."""


class FreeNumber(db.Model):  # type: ignore[name-defined,misc]
    """A number that the counter has passed and nobody has yet."""

    __tablename__ = "free_number"

    series: Mapped[str] = mapped_column(String(8), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)


def take(counter: type[Any], *, series: str, day: date, **other: object) -> int:
    """The next number of the series' day in this transaction. `counter` is the table whose row, found by `day`
    and `other`, says in `last` how far numbers were given out."""
    key = {**other, "day": day}
    if db.engine.dialect.name == "sqlite":
        return _raised(counter, key, by=1)
    last = select(counter.last).filter_by(**key)
    taken = _lowest(counter, series, key)
    if taken is None:
        # One lays a block ready; whoever waited here for that finds it.
        db.session.execute(postgresql.insert(counter).values(**key, last=0).on_conflict_do_nothing())
        db.session.scalar(last.with_for_update())
        taken = _lowest(counter, series, key)
    if taken is None:
        _lay_ready(series, day, _raised(counter, key, by=BLOCK))
        taken = _lowest(counter, series, key)
    assert taken is not None
    return taken


def _raised(counter: type[Any], key: dict[str, object], *, by: int) -> int:
    added: Callable[..., Any] = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = added(counter).values(**key, last=by)
    statement = statement.on_conflict_do_update(index_elements=list(key), set_={"last": counter.last + by})
    last = db.session.scalar(statement.returning(counter.last))
    assert last is not None
    return int(last)


def _lay_ready(series: str, day: date, last: int) -> None:
    numbers = select(literal(series), literal(day, Date), func.generate_series(last - BLOCK + 1, last))
    db.session.execute(insert(FreeNumber).from_select(["series", "day", "number"], numbers))
    past = delete(FreeNumber).where(FreeNumber.series == series, FreeNumber.day < day - timedelta(days=2))
    db.session.execute(past.execution_options(synchronize_session=False))


def _lowest(counter: type[Any], series: str, key: dict[str, object]) -> int | None:
    taken = _taking(counter, tuple(key))  # type: ignore[arg-type]
    found = db.session.scalar(taken, {"series": series, **key})
    return None if found is None else int(found)


@cache
def _taking(counter: type[Any], names: tuple[str, ...]) -> Any:
    free = FreeNumber.__table__.c
    asked: dict[str, Any] = {name: bindparam(name) for name in ("series", *names)}
    own = (free.series == asked["series"], free.day == asked["day"])
    last = select(counter.last).where(*(getattr(counter, name) == asked[name] for name in names))
    # What was taken long ago may still lie in the index, for a backup that is running; it is not walked through.
    near = free.number > last.scalar_subquery() - 2 * BLOCK
    lowest = select(free.number).where(*own, near).order_by(free.number).limit(1).with_for_update(skip_locked=True)
    return delete(FreeNumber.__table__).where(*own, free.number == lowest.scalar_subquery()).returning(free.number)
