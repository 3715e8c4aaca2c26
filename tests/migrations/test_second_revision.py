"""From 0001 with rows to 0002 and back: nothing is lost, every condition holds, the evidence verifies."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from participation import clock
from participation.evidence.ddl import INSERT_ONLY
from participation.evidence.verification import verify
from participation.extensions import db
from participation.files.adoption import adopt
from tests.conftest import make_app
from tests.migrations import rows
from tests.migrations.database import current, schema, tables, triggers, wipe

pytestmark = pytest.mark.long
# Two uploads of one form at one instant left twins in 0001: the waiting one goes, the attached one keeps its letter.
TWIN = ["stored_file 4 is gone"]
TWIN_UP = ["stored_file 3: form_key", *TWIN]


@pytest.fixture
def old(created: Flask) -> Flask:
    """A database at 0001 with the rows that the code of 0001 wrote."""
    wipe()
    upgrade(revision="0001")
    rows.load(Path(created.instance_path))
    return created


@pytest.fixture(scope="module")
def of_0002(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Such a database at 0002, for tests that leave it as it was."""
    app = make_app(tmp_path_factory.mktemp("of_0002"))
    with app.app_context():
        wipe()
        upgrade(revision="0001")
        rows.load(Path(app.instance_path))
        upgrade(revision="0002")
        yield app
        wipe()


def verified() -> bool:
    """Attachments of 0001 have no entry until the first start after the upgrade gives them one."""
    _tables_of_tests()
    adopt(clock.now())
    db.session.commit()
    report = verify()
    db.session.rollback()
    assert report.as_json()["first_bad"] is None
    return report.ok


def _tables_of_tests() -> None:
    db.metadata.create_all(
        db.engine, tables=[table for name, table in db.metadata.tables.items() if name.startswith("test_")]
    )


def run(statement: str) -> int:
    with db.engine.begin() as connection:
        return connection.execute(text(statement)).rowcount


def test_the_file_has_a_letter_in_every_stage(old: Flask):
    assert {row["stage"] for row in rows.read(["letter"])["letter"]} == rows.STAGES


def test_rows_live_through_the_way_up_and_down(old: Flask):
    before, shape, guards = rows.read(), schema(tables() - {"alembic_version"}), triggers()
    upgrade(revision="0002")
    assert current() == ["0002"]
    assert rows.missing(before, rows.read()) == TWIN_UP
    assert guards.items() <= triggers().items()
    downgrade(revision="0001")
    assert current() == ["0001"]
    assert rows.missing(before, rows.read()) == TWIN_UP
    assert schema(tables() - {"alembic_version"}) == shape
    assert triggers() == guards
    upgrade(revision="0002")
    assert rows.missing(before, rows.read()) == TWIN_UP


def test_the_evidence_verifies_after_the_upgrade(old: Flask):
    upgrade()
    assert verified()


def test_the_evidence_verifies_after_down_and_up_again(old: Flask):
    upgrade()
    downgrade(revision="0001")
    upgrade()
    assert verified()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE letter SET stage = 'lost' WHERE id = 1",
        "UPDATE letter SET merged_into_id = 1 WHERE id = 1",
        "UPDATE letter SET recorded_at = NULL WHERE id = 1",
        "UPDATE letter SET merged_into_id = 999 WHERE id = 1",
        "UPDATE letter SET number = (SELECT number FROM letter WHERE id = 2) WHERE id = 1",
        "UPDATE letter SET about_department_id = department_id WHERE department_id IS NOT NULL",
        "UPDATE duty SET kind = 'other' WHERE id = 1",
        "UPDATE duty SET extended_by = 11 WHERE id = 1",
        "UPDATE stored_file SET form_key = (SELECT form_key FROM stored_file WHERE id = 1) WHERE id = 3",
        *[f"DELETE FROM {table}" for table in INSERT_ONLY if table != "evidence_tile"],
    ],
)
def test_conditions_hold_on_the_upgraded_rows(of_0002: Flask, change: str):
    before = rows.read()
    with pytest.raises(DBAPIError):
        run(change)
    assert rows.read() == before


def test_what_0001_has_no_words_for_is_not_thrown_away_on_the_way_down(old: Flask):
    upgrade(revision="0002")
    run("UPDATE duty SET kind = 'petition_notice' WHERE id = 1")
    before, shape = rows.read(), schema(tables() - {"alembic_version"})
    with pytest.raises(DBAPIError):
        downgrade(revision="0001")
    db.engine.dispose()
    assert current() == ["0002"]
    assert (rows.read(), schema(tables() - {"alembic_version"})) == (before, shape)


def test_letters_of_0001_are_as_recorded_as_they_were_received(of_0002: Flask):
    assert all(row["recorded_at"] == row["received_at"] for row in rows.read(["letter"])["letter"])
