"""Rows in bulk into a database: SQLite by executemany, PostgreSQL by COPY."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, Table

from participation.extensions import db
from tests.benchmarks.many_letters import Row

BATCH = 20_000


def write(engine: Engine, rows: Iterable[Row]) -> None:
    """Checks of foreign keys step aside; everything else the tables demand is checked."""
    writer = _to_sqlite if engine.dialect.name == "sqlite" else _to_postgresql
    waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
    raw = engine.raw_connection()
    connection = raw.driver_connection
    assert connection is not None
    _begin(connection, engine.dialect.name)
    for done, (table, values) in enumerate(rows, start=1):
        waiting[table].append(values)
        if done % BATCH == 0:
            for name, some in waiting.items():
                writer(connection, db.metadata.tables[name], some)
            waiting.clear()
    for name, some in waiting.items():
        writer(connection, db.metadata.tables[name], some)
    connection.execute("COMMIT")
    raw.close()


def _begin(connection: Any, dialect: str) -> None:
    if dialect == "sqlite":
        for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-400000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
    else:
        connection.execute("BEGIN")
        connection.execute("SET LOCAL session_replication_role = replica")


def _line(table: Table, values: dict[str, Any], zone: str, names: list[str]) -> list[Any]:
    return [_plain(values[name] if name in values else _default(table, name), zone) for name in names]


def _default(table: Table, name: str) -> Any:
    default = table.c[name].default
    return default.arg if default is not None and default.is_scalar else None


def _plain(value: Any, zone: str) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f") + zone
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


def _names(table: Table, rows: list[dict[str, Any]]) -> list[str]:
    own_id = "id" in rows[0]
    return [column.name for column in table.columns if own_id or column.name != "id"]


def _to_sqlite(connection: Any, table: Table, rows: list[dict[str, Any]]) -> None:
    names = _names(table, rows)
    sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    connection.executemany(sql, [_line(table, values, "", names) for values in rows])


def _to_postgresql(connection: Any, table: Table, rows: list[dict[str, Any]]) -> None:
    names = _names(table, rows)
    with connection.cursor().copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
        for values in rows:
            copy.write_row([None if cell is None else str(cell) for cell in _line(table, values, "+00", names)])
