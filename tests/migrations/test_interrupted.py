"""A migration that is killed between two statements is not there at all, and the next one is whole."""

from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from participation.extensions import db
from tests.migrations import rows
from tests.migrations.database import current, newest, schema, tables, wipe
from tests.migrations.dying import migrate_and_die

pytestmark = pytest.mark.long


@pytest.fixture
def old(created: Flask) -> Flask:
    wipe()
    upgrade(revision="0001")
    rows.load(Path(created.instance_path))
    db.session.remove()
    db.engine.dispose()
    return created


def last_of(app: Flask, *, to: str) -> int:
    """How many statements the whole way takes; it has been gone then."""
    code, last = migrate_and_die(app, 10**6, to=to)
    assert code == 0
    db.engine.dispose()
    return last


def spread(last: int, parts: int) -> list[int]:
    """The first statement, the last, and places between them, so that every revision has one."""
    return sorted({1, *(last * part // parts for part in range(1, parts + 1))})


def test_an_upgrade_killed_anywhere_leaves_0001_whole_and_can_be_run_again(old: Flask):
    last = last_of(old, to="up")
    assert current() == [newest()]
    downgrade(revision="0001")
    db.engine.dispose()
    before, shape = rows.read(), schema(tables() - {"alembic_version"})
    for at in spread(last, 5):
        assert migrate_and_die(old, at)[0] == -9, at
        db.engine.dispose()
        assert current() == ["0001"], at
        assert (rows.read(), schema(tables() - {"alembic_version"})) == (before, shape), at
        _is_sound()
    upgrade()
    assert current() == [newest()]
    assert rows.missing(before, rows.read()) == []
    _is_sound()


def test_a_downgrade_killed_anywhere_leaves_the_newest_whole_and_can_be_run_again(old: Flask):
    upgrade()
    db.engine.dispose()
    last = last_of(old, to="down")
    assert current() == ["0001"]
    upgrade()
    before, shape = rows.read(), schema(tables() - {"alembic_version"})
    db.engine.dispose()
    for at in spread(last, 2):
        assert migrate_and_die(old, at, to="down")[0] == -9, at
        db.engine.dispose()
        assert current() == [newest()], at
        assert (rows.read(), schema(tables() - {"alembic_version"})) == (before, shape), at
        _is_sound()
    downgrade(revision="0001")
    assert current() == ["0001"]
    _is_sound()


def _is_sound() -> None:
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).first() is None
        db.engine.dispose()
