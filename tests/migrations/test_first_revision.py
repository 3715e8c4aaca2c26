"""From nothing to the models' schema and back, on the database under test."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, stamp, upgrade
from sqlalchemy import Table, inspect, text
from sqlalchemy.exc import DBAPIError

from participation.evidence.ddl import INSERT_ONLY
from participation.evidence.verification import verify
from participation.extensions import db
from tests.conftest import make_app
from tests.world import World


@pytest.fixture
def created(tmp_path: Path) -> Iterator[Flask]:
    """A database as `metadata.create_all` makes it. Nothing is migrated yet."""
    app = make_app(tmp_path)
    with app.app_context():
        yield app
        _wipe()


@pytest.fixture
def migrated(created: Flask) -> Flask:
    """A database that the migrations made, from nothing."""
    _wipe()
    upgrade()
    return created


def _wipe() -> None:
    db.session.remove()
    db.drop_all()
    with db.engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        if connection.dialect.name == "postgresql":
            connection.execute(text("DROP FUNCTION IF EXISTS evidence_refuse"))
    db.engine.dispose()


def _ours() -> set[str]:
    """The tables of the platform. Other tests have made some of their own in the same metadata."""
    return {name for name in db.metadata.tables if not name.startswith("test_")}


def _tables() -> set[str]:
    return set(inspect(db.engine).get_table_names())


def _own() -> dict[str, Table]:
    """The tables of the application; tests of the evidence add one of theirs to the metadata."""
    return {name: table for name, table in db.metadata.tables.items() if not name.startswith("test_")}


def _schema() -> dict[str, Any]:
    """What the comparison of Alembic leaves out: conditions, and everything by name."""
    seen, found = inspect(db.engine), {}
    for table in sorted(_own()):
        found[table] = {
            "checks": {check["name"]: _plain(check["sqltext"]) for check in seen.get_check_constraints(table)},
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


def _plain(condition: str) -> str:
    return re.sub(r"\s+", " ", condition)


def _triggers() -> dict[str, str]:
    query = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    }[db.engine.dialect.name]
    with db.engine.connect() as connection:
        return {name: _plain(definition) for name, definition in connection.execute(text(query))}


def test_upgrading_from_nothing_leaves_nothing_to_migrate(migrated: Flask):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [
            difference
            for difference in compare_metadata(context, db.metadata)
            if not (difference[0] == "remove_table" and difference[1].name == "alembic_version")
            and not (difference[0] == "add_table" and difference[1].name.startswith("test_"))
            and not (difference[0] == "add_table" and difference[1].name not in _own())
        ]
    assert differences == []


def test_migrations_and_models_make_the_same_constraints_and_triggers(created: Flask):
    by_models = (_schema(), _triggers())
    _wipe()
    upgrade()
    assert _schema() == by_models[0]
    assert _triggers() == by_models[1]


def test_every_constraint_has_a_name(migrated: Flask):
    schema = _schema()
    nameless = [
        (table, kind)
        for table, parts in schema.items()
        for kind in ("checks", "uniques", "foreign")
        if None in parts[kind]
    ]
    assert nameless == []


def test_the_evidence_tables_refuse_change_after_an_upgrade(migrated: Flask):
    World(migrated)
    db.session.remove()
    for table in INSERT_ONLY[:1]:
        for change in (f"DELETE FROM {table}", f"UPDATE {table} SET verb = 'other'"):
            with pytest.raises(DBAPIError, match="insert-only"), db.engine.begin() as connection:
                connection.execute(text(change))
    assert {name.split("_no_")[0] for name in _triggers()} == set(INSERT_ONLY)


def test_down_and_up_again_with_rows_in_the_tables(migrated: Flask):
    World(migrated)
    db.session.remove()
    downgrade(revision="base")
    assert _tables() == {"alembic_version"}
    assert _triggers() == {}
    upgrade()
    assert _tables() == {*_own(), "alembic_version"}
    World(migrated)
    db.create_all()  # the table that only tests of the evidence have
    assert verify().ok


def test_upgrading_a_current_database_changes_nothing(migrated: Flask):
    World(migrated)
    db.session.remove()
    before = (_schema(), _triggers(), _rows())
    upgrade()
    assert (_schema(), _triggers(), _rows()) == before


def _rows() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in sorted(_own())
        }


def test_a_migration_that_fails_leaves_nothing_behind(created: Flask):
    # The tables exist already, so the first statement that makes one again must fail.
    before = _schema()
    with pytest.raises(DBAPIError):
        upgrade()
    assert "alembic_version" not in _tables() or not _current()
    assert _schema() == before
    stamp()
    upgrade()
    assert _schema() == before


def _current() -> list[str]:
    with db.engine.connect() as connection:
        return list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
