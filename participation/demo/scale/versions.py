"""What the log would tell of duties that were written in bulk: a version from the day a duty began until it was
closed, and one from then on."""

from sqlalchemy import Connection, text

from participation.duties.history.models import COPIED, DAYS, INSTANTS, LONG_DAYS

_SAME = [*(name for name in COPIED if name != "met_late"), *DAYS, "started_at", "due_at", "soon_at"]
_FRESH = ("met_at", "met_late", "cancelled_at")
_CLOSED = "coalesce(met_at, cancelled_at)"
assert set(INSTANTS) - set(_SAME) == {"met_at", "cancelled_at"}


def lay_down(connection: Connection, *, first: int, last: int, entry: int, leaf: int) -> None:
    """`duty_version` of the duties from `first` to `last`, as if the entry at that leaf told of each."""
    sqlite = connection.dialect.name == "sqlite"
    later = (
        f"julianday({_CLOSED}) - julianday(started_at) > {LONG_DAYS}"
        if sqlite
        else f"{_CLOSED} - started_at > interval '{LONG_DAYS} days'"
    )
    names = ", ".join(
        ["duty_id", "entry_id", "leaf_index", "from_at", "until_at", "lasted", "responsible_id", *_SAME, *_FRESH]
    )
    same = f"coalesce(late_department_id, department_id), {', '.join(_SAME)}"
    where = f"FROM duty WHERE id BETWEEN {first:d} AND {last:d}"
    begun = (
        f"INSERT INTO duty_version ({names}) SELECT id, {entry:d}, {leaf:d}, started_at, {_CLOSED},"
        f" CASE WHEN {_CLOSED} IS NULL THEN NULL WHEN {later} THEN 1 ELSE 0 END, {same}, NULL, NULL, NULL {where}"
    )
    ended = (
        f"INSERT INTO duty_version ({names}) SELECT id, {entry:d}, {leaf:d}, {_CLOSED}, NULL, NULL, {same},"
        f" met_at, met_late, cancelled_at {where} AND {_CLOSED} IS NOT NULL"
    )
    for sql in (begun, ended):
        connection.execute(text(sql))
