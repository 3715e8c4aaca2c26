"""Every test gets an application on an empty, complete database of its own.

SQLite unless TEST_DATABASE_URL names a PostgreSQL database (the tests start that server
themselves: see tests/postgresql.py). CSRF protection stays on.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from config import Settings
from participation import clock, create_app
from participation.extensions import db
from tests.browse import Client
from tests.world import World


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application for the whole run; the database under it is emptied between tests."""
    folder = tmp_path_factory.mktemp("instance")
    return make_app(folder)


def make_app(folder: Path, **changes: object) -> Flask:
    values: dict[str, object] = {
        "instance_dir": folder,
        "secret_key": "a test secret of more than thirty-two characters",
        "database_url": os.environ.get("TEST_DATABASE_URL", ""),
    }
    app = create_app(Settings(**(values | changes)))
    app.testing = True
    app.test_client_class = Client
    with app.app_context():
        db.drop_all()
        db.create_all()
    return app


@pytest.fixture
def app(shared_app: Flask) -> Iterator[Flask]:
    with shared_app.app_context():
        yield shared_app
        db.session.rollback()
        db.session.remove()
        _empty()


def _empty() -> None:
    """Back to empty tables. Evidence refuses deletion, so its triggers step aside for it."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
            return
        triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        for name, _sql in triggers:
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        for table in reversed(db.metadata.sorted_tables):
            connection.execute(table.delete())
        if connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")).first():
            connection.execute(text("DELETE FROM sqlite_sequence"))
        for _name, sql in triggers:
            connection.execute(text(sql))
    db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def world(app: Flask) -> World:
    """A small district: five departments and one person in each role. Committed."""
    return World(app)


@pytest.fixture
def played():
    """`with played("2026-11-23T09:00"):` - within it the clock stands at that Shanghai time."""

    def at(moment: str):
        return clock.played(datetime.fromisoformat(moment).replace(tzinfo=clock.SHANGHAI))

    return at
