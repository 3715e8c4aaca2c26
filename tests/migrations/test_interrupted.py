"""A migration that is killed between two statements is not there at all, and the next one is whole."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from participation.extensions import db
from tests.migrations import rows
from tests.migrations.database import current, newest, schema, tables, wipe

pytestmark = pytest.mark.long
# The process kills itself, as a power cut would, right before the statement with that number.
DYING = """
import os, signal, sys
from pathlib import Path
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, event
from config import Settings
from participation import create_app

folder, url, last, to = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
seen = 0

def count(_connection, _cursor, statement, *_rest):
    global seen
    seen += not statement.lstrip().upper().startswith(("PRAGMA", "SELECT", "BEGIN"))
    if seen == last:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(Engine, "before_cursor_execute", count)
app = create_app(Settings(instance_dir=Path(folder), database_url=url, secret_key="a secret of more than 32 signs"))
with app.app_context():
    downgrade(revision="0001") if to == "down" else upgrade()
print(seen)
"""


@pytest.fixture
def old(created: Flask) -> Flask:
    wipe()
    upgrade(revision="0001")
    rows.load(Path(created.instance_path))
    db.session.remove()
    db.engine.dispose()
    return created


def migrate_and_die(app: Flask, at: int, *, to: str = "up") -> subprocess.CompletedProcess[str]:
    url = app.extensions["settings"].database_url
    command = [sys.executable, "-c", DYING, app.instance_path, url, str(at), to]
    folder = Path(app.root_path).parent
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)}
    )


def last_of(app: Flask, *, to: str) -> int:
    """How many statements the whole way takes; it has been gone then."""
    lived = migrate_and_die(app, 10**6, to=to)
    assert lived.returncode == 0, lived.stderr
    db.engine.dispose()
    return int(lived.stdout.split()[-1])


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
        assert migrate_and_die(old, at).returncode == -9, at
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
        assert migrate_and_die(old, at, to="down").returncode == -9, at
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
