"""Rows in bulk into a database: SQLite by executemany, PostgreSQL by COPY."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Table

from participation.demo.scale.letters import Row
from participation.extensions import db

BATCH = 20_000


def write(connection: Connection, rows: Iterable[Row]) -> None:
    """Adds the rows in the connection's transaction. Everything the tables demand is checked, references only
    where `without_checks` has not set them aside."""
    writer = _to_sqlite if connection.dialect.name == "sqlite" else _to_postgresql
    waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
    driver = connection.connection.driver_connection
    for done, (table, values) in enumerate(rows, start=1):
        waiting[table].append(values)
        if done % BATCH == 0:
            for name, some in waiting.items():
                writer(driver, db.metadata.tables[name], some)
            waiting.clear()
    for name, some in waiting.items():
        writer(driver, db.metadata.tables[name], some)


def without_checks(connection: Connection) -> None:
    """References are not looked up in this transaction, where the database lets this user say so: only a
    superuser of PostgreSQL may. On SQLite they are looked up once, at its end: batches come table by table."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    elif connection.dialect.name == "postgresql" and connection.exec_driver_sql("SHOW is_superuser").scalar() == "on":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")


def _defaults(table: Table, names: list[str]) -> dict[str, Any]:
    """What the models would fill in."""
    return {name: _default(table.c[name].default) for name in names}


def _default(default: Any) -> Any:
    """An empty list or mapping is made anew by each model; here it is its text."""
    if default is None or default.is_scalar:
        return default and default.arg
    return json.dumps(default.arg(None)) if default.is_callable else None


def _lines(rows: list[dict[str, Any]], defaults: dict[str, Any], zone: str) -> list[list[Any]]:
    return [[_plain(value, zone) for value in (defaults | values).values()] for values in rows]


def _plain(value: Any, zone: str) -> Any:
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value
    if kind is datetime:
        return value.astimezone(UTC).isoformat(" ", "microseconds")[:26] + zone
    return value.isoformat() if kind is date else int(value)


def _names(table: Table, rows: list[dict[str, Any]]) -> list[str]:
    own_id = "id" in rows[0]
    return [column.name for column in table.columns if own_id or column.name != "id"]


def _to_sqlite(connection: Any, table: Table, rows: list[dict[str, Any]]) -> None:
    names = _names(table, rows)
    sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    connection.executemany(sql, _lines(rows, _defaults(table, names), ""))


def _to_postgresql(connection: Any, table: Table, rows: list[dict[str, Any]]) -> None:
    names = _names(table, rows)
    with connection.cursor().copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
        for line in _lines(rows, _defaults(table, names), "+00"):
            copy.write_row([None if cell is None else str(cell) for cell in line])
