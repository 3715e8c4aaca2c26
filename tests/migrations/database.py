"""What a database looks like: its tables, constraints, triggers and rows, for comparison."""

import re
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import Table, inspect, text

from config import HERE
from participation.extensions import db
from participation.textindex.ddl import is_derived


def wipe() -> None:
    db.session.remove()
    db.drop_all()
    with db.engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        if connection.dialect.name == "postgresql":
            connection.execute(text("DROP FUNCTION IF EXISTS evidence_refuse"))
    db.engine.dispose()


def tables() -> set[str]:
    """Without what the full-text table of SQLite keeps for itself."""
    return {name for name in inspect(db.engine).get_table_names() if not is_derived(name)}


def compared(name: str | None, kind: str, _parents: Any) -> bool:
    return not (kind == "table" and is_derived(name or ""))


def own() -> dict[str, Table]:
    """The tables of the application; tests of the evidence add one of theirs to the metadata."""
    return {name: table for name, table in db.metadata.tables.items() if not name.startswith("test_")}


def schema(names: set[str] | None = None) -> dict[str, Any]:
    """What the comparison of Alembic leaves out: conditions, and everything by name."""
    seen, found = inspect(db.engine), {}
    for table in sorted(names or own()):
        found[table] = {
            "checks": {check["name"]: plain(check["sqltext"]) for check in seen.get_check_constraints(table)},
            "uniques": {unique["name"]: unique["column_names"] for unique in seen.get_unique_constraints(table)},
            "foreign": {
                key["name"]: (key["constrained_columns"], key["referred_table"]) for key in seen.get_foreign_keys(table)
            },
            "indexes": {
                index["name"]: (index["column_names"], index["unique"], _only_on(index))
                for index in seen.get_indexes(table)
            },
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], column["default"])
                for column in seen.get_columns(table)
            },
        }
    return found


def _only_on(index: Any) -> dict[str, str]:
    return {option: str(value) for option, value in index.get("dialect_options", {}).items()}


def plain(condition: str) -> str:
    return re.sub(r"\s+", " ", condition)


def triggers() -> dict[str, str]:
    query = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    }[db.engine.dialect.name]
    with db.engine.connect() as connection:
        return {name: plain(definition) for name, definition in connection.execute(text(query))}


def counts() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in sorted(own())}


def current() -> list[str]:
    with db.engine.connect() as connection:
        return list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())


def newest() -> str:
    """The revision that the code works with."""
    return str(ScriptDirectory(str(HERE / "migrations")).get_current_head())


def revisions() -> list[str]:
    """All of them, the first one first."""
    scripts = ScriptDirectory(str(HERE / "migrations"))
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]
