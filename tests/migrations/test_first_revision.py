"""From nothing to the models' schema and back, on the database under test."""

from collections import Counter

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, stamp, upgrade
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from participation.evidence.ddl import INSERT_ONLY
from participation.evidence.verification import verify
from participation.extensions import db
from tests.migrations.database import compared, counts, current, own, schema, tables, triggers, wipe
from tests.world import World

pytestmark = pytest.mark.long


def test_upgrading_from_nothing_leaves_nothing_to_migrate(migrated: Flask):
    with db.engine.connect() as connection:
        options = {"compare_type": True, "include_name": compared}
        context = MigrationContext.configure(connection, opts=options)
        differences = [
            difference
            for difference in compare_metadata(context, db.metadata)
            if not (difference[0] == "remove_table" and difference[1].name == "alembic_version")
            and not (difference[0] == "add_table" and difference[1].name.startswith("test_"))
            and not (difference[0] == "add_table" and difference[1].name not in own())
        ]
    assert differences == []


def test_migrations_and_models_make_the_same_constraints_and_triggers(created: Flask):
    by_models = (schema(), triggers())
    wipe()
    upgrade()
    assert schema() == by_models[0]
    assert triggers() == by_models[1]


def test_every_constraint_has_a_name(migrated: Flask):
    found = schema()
    nameless = [
        (table, kind)
        for table, parts in found.items()
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
    assert {name.split("_no_")[0] for name in triggers()} == set(INSERT_ONLY)


def test_down_and_up_again_with_rows_in_the_tables(migrated: Flask):
    World(migrated)
    db.session.remove()
    downgrade(revision="base")
    assert tables() == {"alembic_version"}
    assert triggers() == {}
    upgrade()
    assert tables() == {*own(), "alembic_version"}
    World(migrated)
    db.create_all()  # the table that only tests of the evidence have
    assert verify().ok


def test_upgrading_a_current_database_changes_nothing(migrated: Flask):
    World(migrated)
    db.session.remove()
    before = (schema(), triggers(), counts())
    upgrade()
    assert (schema(), triggers(), counts()) == before


def test_a_migration_that_fails_leaves_nothing_behind(created: Flask):
    # The tables exist already, so the first statement that makes one again must fail.
    before = schema()
    with pytest.raises(DBAPIError):
        upgrade()
    assert "alembic_version" not in tables() or not current()
    assert schema() == before
    stamp()
    upgrade()
    assert schema() == before


def test_no_two_tables_share_the_name_of_an_index(migrated: Flask):
    """PostgreSQL keeps a unique constraint as an index, and an index's name is the whole database's."""
    found = schema()
    # There a unique constraint is listed as an index as well.
    held = Counter(name for parts in found.values() for name in {*parts["uniques"], *parts["indexes"]})
    assert held
    assert {name for name, times in held.items() if times > 1} == set()
