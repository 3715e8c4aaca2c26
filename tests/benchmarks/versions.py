"""What the sealed log would tell of the benchmark's duties, written with SQL: a version from the day a duty began
until it was closed, and one from then on."""

from sqlalchemy import Engine, text

from participation.duties.history.models import COPIED, DAYS, INSTANTS

_SAME = [*(name for name in COPIED if name not in ("met_late",)), *DAYS, "started_at", "due_at", "soon_at"]
_FRESH = ("met_at", "met_late", "cancelled_at")
_CLOSED = "coalesce(met_at, cancelled_at)"
assert set(INSTANTS) - set(_SAME) == {"met_at", "cancelled_at"}


def lay_down(engine: Engine) -> None:
    """`duty_version` as if the whole log had been read."""
    sqlite = engine.dialect.name == "sqlite"
    later = (
        f"julianday({_CLOSED}) - julianday(started_at) > 32"
        if sqlite
        else f"{_CLOSED} - started_at > interval '32 days'"
    )
    names = ", ".join(
        ["duty_id", "entry_id", "leaf_index", "from_at", "until_at", "lasted", "responsible_id", *_SAME, *_FRESH]
    )
    same = f"coalesce(late_department_id, department_id), {', '.join(_SAME)}"
    begun = (
        f"INSERT INTO duty_version ({names}) SELECT id, id * 2, id * 2, started_at, {_CLOSED},"
        f" CASE WHEN {_CLOSED} IS NULL THEN NULL WHEN {later} THEN 1 ELSE 0 END, {same}, NULL, NULL, NULL FROM duty"
    )
    ended = (
        f"INSERT INTO duty_version ({names}) SELECT id, id * 2 + 1, id * 2 + 1, {_CLOSED}, NULL, NULL, {same},"
        f" met_at, met_late, cancelled_at FROM duty WHERE {_CLOSED} IS NOT NULL"
    )
    with engine.begin() as connection:
        for sql in (begun, ended):
            connection.execute(text(sql))
        connection.execute(
            text("INSERT INTO duty_history_place (id, leaves) SELECT 1, max(leaf_index) + 1 FROM duty_version")
        )
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("ANALYZE duty_version")
