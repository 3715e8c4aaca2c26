"""Rows that the code of revision 0001 wrote: a small district, letters in every stage, uploads, sealed evidence.

The file was made once and is never made again: later code cannot write what the old code wrote. The signing
key in it belongs to these tests alone.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, LargeBinary, MetaData, Table, select, text

from participation.extensions import db

FILE = Path(__file__).with_name("rows_of_0001.json")
LETTERS = 13
STAGES = {"received", "assigned", "submitted", "returned", "answered", "refused", "withdrawn"}

Rows = dict[str, list[dict[str, Any]]]


def load(instance: Path) -> None:
    """Fills a database at revision 0001, and the folder with key, heads and uploads beside it."""
    kept = json.loads(FILE.read_text("utf-8"))
    for name, data in kept["files"].items():
        path = instance / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes.fromhex(data))
    metadata = MetaData()
    with db.engine.begin() as connection:
        for name, (columns, *rows) in kept["tables"].items():
            table = Table(name, metadata, autoload_with=connection)
            values = [
                {column: _value(table.c[column].type, value) for column, value in zip(columns, row, strict=True)}
                for row in rows
            ]
            connection.execute(table.insert(), values)
            if connection.dialect.name == "postgresql" and "id" in table.c:
                connection.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM \"{name}\"")
                )


def _value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return bytes.fromhex(value["hex"])
    if isinstance(kind, Boolean):
        return bool(value)
    if isinstance(kind, DateTime):
        instant = datetime.fromisoformat(value)
        return instant.replace(tzinfo=UTC) if kind.timezone else instant
    if isinstance(kind, JSON):
        return json.loads(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return value


def read(names: list[str] | None = None) -> Rows:
    """Every row of these tables (all that the file fills), by primary key, as the database has them."""
    wanted = names or list(json.loads(FILE.read_text("utf-8"))["tables"])
    metadata, found = MetaData(), {}
    with db.engine.connect() as connection:
        for name in wanted:
            table = Table(name, metadata, autoload_with=connection)
            rows = connection.execute(select(table).order_by(*table.primary_key)).mappings()
            found[name] = [dict(row) for row in rows]
    return found


def missing(before: Rows, after: Rows) -> list[str]:
    """What was there before and is not, or not the same, afterwards. New columns are no difference."""
    lost = []
    for name, rows in before.items():
        key = "id" if rows and "id" in rows[0] else None
        for place, row in enumerate(rows):
            other = next((r for r in after[name] if r["id"] == row["id"]), None) if key else after[name][place]
            if other is None:
                lost.append(f"{name} {row.get('id', place)} is gone")
            else:
                lost += [
                    f"{name} {row.get('id', place)}: {column}"
                    for column, value in row.items()
                    if column in other and other[column] != value
                ]
    return lost
