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
from tests.migrations.database import current, schema, tables, wipe

pytestmark = pytest.mark.long
# The process kills itself, as a power cut would, right before the statement with that number.
DYING = """
import os, signal, sys
from pathlib import Path
from flask_migrate import upgrade
from sqlalchemy import Engine, event
from config import Settings
from participation import create_app

folder, url, last = sys.argv[1], sys.argv[2], int(sys.argv[3])
seen = 0

def count(_connection, _cursor, statement, *_rest):
    global seen
    seen += not statement.lstrip().upper().startswith(("PRAGMA", "SELECT", "BEGIN"))
    if seen == last:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(Engine, "before_cursor_execute", count)
app = create_app(Settings(instance_dir=Path(folder), database_url=url, secret_key="a secret of more than 32 signs"))
with app.app_context():
    upgrade()
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


def upgrade_and_die(app: Flask, at: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", DYING, app.instance_path, app.extensions["settings"].database_url, str(at)]
    folder = Path(app.root_path).parent
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)}
    )


@pytest.mark.parametrize("at", [1, 2, 10, 30, 45, 60])
def test_a_killed_upgrade_leaves_0001_whole_and_can_be_run_again(old: Flask, at: int):
    before, shape = rows.read(), schema(tables() - {"alembic_version"})
    assert upgrade_and_die(old, at).returncode == -9
    db.engine.dispose()
    assert current() == ["0001"]
    assert (rows.read(), schema(tables() - {"alembic_version"})) == (before, shape)
    _is_sound()
    upgrade()
    assert current() == ["0003"]
    _is_sound()


def test_killed_before_its_very_last_statement_it_is_still_0001(old: Flask):
    lived = upgrade_and_die(old, 10**6)
    assert lived.returncode == 0, lived.stderr
    db.engine.dispose()
    assert current() == ["0003"]
    downgrade(revision="0001")
    db.engine.dispose()
    assert upgrade_and_die(old, int(lived.stdout.split()[-1])).returncode == -9
    db.engine.dispose()
    assert current() == ["0001"]
    _is_sound()


def _is_sound() -> None:
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).first() is None
        db.engine.dispose()
