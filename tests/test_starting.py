"""What is unsafe is refused before the first visitor: each with a sentence, and gunicorn does not try again."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from config import Settings
from participation import clock, create_app
from participation.evidence import keeping, sealing
from participation.extensions import db
from participation.starting import REFUSED, unsafe
from tests import postgresql

ROOT = Path(__file__).parents[1]
SECRET = "0123456789abcdef0123456789abcdef0123"


def production(folder: Path, **changes: object):
    settings = {
        "environment": "production", "instance_dir": folder, "secret_key": SECRET, "cookies_secure": True,
        "database_url": f"sqlite:///{folder / 'participation.db'}", "trusted_hosts": "participation.example",
    }  # fmt: skip
    return create_app(Settings(**(settings | changes)))


def test_a_sound_installation_starts(tmp_path) -> None:
    assert unsafe(production(tmp_path)) == []


def test_debugging_is_refused_in_production(tmp_path) -> None:
    app = production(tmp_path)
    app.debug = True
    assert unsafe(app) == ["FLASK_DEBUG: it lets visitors see and run code; unset it in production"]


def test_a_secret_that_somebody_made_up_is_refused_in_production(tmp_path) -> None:
    (said,) = unsafe(production(tmp_path, secret_key="changeme" * 5))
    assert said.startswith("SECRET_KEY: it is not random;")


def test_a_demonstration_may_be_looked_into(app, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "DEBUG", True)
    assert unsafe(app) == []


def test_a_log_whose_published_head_is_missing_is_refused(app, world) -> None:
    with app.app_context():
        sealing.seal(clock.now(), everything=True)
        db.session.commit()
        size = sealing.newest_head().tree_size
        keeping.keep_head(size + 40, "a head that a restored backup has lost")
        assert unsafe(app) == [
            f"The evidence log is broken: a head at {size + 40} was published, but the database ends at {size}. "
            "Look with: flask --app run evidence verify"
        ]


def test_a_log_whose_head_was_changed_is_refused(app, world) -> None:
    with app.app_context():
        sealing.seal(clock.now(), everything=True)
        db.session.commit()
        size = sealing.newest_head().tree_size
        for trigger in db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            db.session.execute(text(f"DROP TRIGGER {trigger}"))
        db.session.execute(text("UPDATE evidence_head SET root = :root"), {"root": "0" * 64})
        db.session.commit()
        (said,) = unsafe(app)
    assert said.startswith(f"The evidence log is broken: the head at {size} was changed.")


@pytest.mark.long
def test_a_database_that_may_forget_and_a_clock_that_is_wrong_are_refused(tmp_path) -> None:
    with postgresql.server() as url:  # the tests' own server is careless on purpose
        app = production(tmp_path, database_url=url)
        with clock.wrong(here=timedelta(seconds=6)):
            said = unsafe(app)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    assert said == [
        "PostgreSQL: fsync is off, so what was acknowledged can be lost; set it to on",
        "PostgreSQL: full_page_writes is off, so what was acknowledged can be lost; set it to on",
        "PostgreSQL: synchronous_commit is off, so what was acknowledged can be lost; set it to on",
        "The clock of this machine is +6 s from the database's; set both by NTP before starting",
    ]


def test_a_database_that_is_away_is_not_unsafe(tmp_path, capsys) -> None:
    assert unsafe(production(tmp_path, database_url="postgresql://nobody@127.0.0.1:9/nothing")) == []
    assert "does not answer yet" in capsys.readouterr().err


@pytest.mark.long
def test_gunicorn_ends_with_the_sentence_and_is_not_tried_again(tmp_path) -> None:
    environment = os.environ | {
        "ENVIRONMENT": "production", "INSTANCE_DIR": str(tmp_path), "SECRET_KEY": "x" * 40, "COOKIES_SECURE": "1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'participation.db'}", "TRUSTED_HOSTS": "participation.example",
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "run:app", "--no-control-socket", "--bind", "127.0.0.1:0"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == REFUSED
    assert "SECRET_KEY: it is not random" in ended.stderr
