"""Every test gets an application on an empty, complete database of its own.

SQLite unless TEST_DATABASE_URL names a PostgreSQL database (the tests start that server
themselves: see tests/postgresql.py). CSRF protection stays on.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, event, text

from config import Settings
from participation import clock, create_app
from participation.extensions import db
from participation.textindex.ddl import FTS
from tests import rows
from tests.browse import Client
from tests.world import World

# A slow machine is no fault of the code.
hypothesis.settings.register_profile("suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("suite")


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application for the whole run; the database under it is emptied between tests."""
    folder = tmp_path_factory.mktemp("instance")
    app = make_app(folder)
    yield app
    with app.app_context():
        db.engine.dispose()


_made = count()


def _database() -> str:
    """On PostgreSQL every application of every worker process has a database of its own: one that
    a test makes for itself must not take the shared one away."""
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server:
        return ""
    name = f"pp_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{next(_made)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return server.rsplit("/", 1)[0] + "/" + name


def make_app(folder: Path, *, fresh: bool = True, **changes: object) -> Flask:
    values: dict[str, object] = {
        "instance_dir": folder,
        "secret_key": "a test secret of more than thirty-two characters",
        "database_url": "" if "database_url" in changes else _database(),
    }
    app = create_app(Settings(**(values | changes)))
    app.testing = True
    app.test_client_class = Client
    if not fresh:
        return app
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
        _back_to_empty(shared_app)
        shutil.rmtree(Path(shared_app.instance_path) / "heads", ignore_errors=True)


def _back_to_empty(app: Flask) -> None:
    """On SQLite the file of the emptied database is kept after the first test and copied after each later one."""
    file = _file()
    kept: bytes | None = app.config.get("TESTS_EMPTY_DATABASE")
    if file is None or kept is None:
        _empty()
        if file is not None:
            app.config["TESTS_EMPTY_DATABASE"] = _content(file)
        return
    _put(file, kept)


def _file() -> Path | None:
    return Path(str(db.engine.url.database)) if db.engine.dialect.name == "sqlite" else None


def _content(file: Path) -> bytes:
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    return file.read_bytes()


def _put(file: Path, content: bytes) -> None:
    db.session.remove()
    db.engine.dispose()
    for rest in ("-wal", "-shm"):
        Path(f"{file}{rest}").unlink(missing_ok=True)
    file.write_bytes(content)


# TRUNCATE makes new files for each table and index; nearly all of them are empty.
_EMPTY_ON_POSTGRESQL = """
DO $$
DECLARE name text; used boolean;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO used;
    IF used THEN EXECUTE format('DELETE FROM %I', name); END IF;
  END LOOP;
  PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
    FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""


def _empty() -> None:
    """Back to empty tables. Evidence refuses deletion, so its triggers step aside for it."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(_EMPTY_ON_POSTGRESQL))
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
        connection.execute(text(f"INSERT INTO {FTS} ({FTS}) VALUES ('delete-all')"))
    db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def world(app: Flask, request: pytest.FixtureRequest) -> World:
    """A small district: five departments and one person in each role. Committed.

    It is built once; every later test gets a copy, of the file on SQLite, of the rows on PostgreSQL."""
    file = _file()
    if file is None:
        return _world_on_postgresql(app, request.config)
    kept: tuple[World, bytes] | None = getattr(request.config, "_world", None)
    if kept is not None:
        _put(file, kept[1])
        kept[0].app = app
        return kept[0]
    world = World(app)
    request.config._world = (world, _content(file))  # type: ignore[attr-defined]
    return world


@pytest.fixture
def kept(app: Flask, world: World, request: pytest.FixtureRequest) -> Callable[..., Any]:
    """`kept(make, *given)`: what `make(world, *given)` returned, on the database as it left it. Built for the
    first test that asks, copied for the others; so it returns ids, no rows, and nothing may come before it.

    On PostgreSQL each test builds its own."""
    known: dict[Any, tuple[Any, bytes, dict[Path, bytes]]] = request.config.__dict__.setdefault("_kept", {})
    heads = Path(app.instance_path) / "heads"

    def of(make: Callable[..., Any], *given: Any) -> Any:
        file, key = _file(), (make.__module__, make.__qualname__, given)
        if file is None:
            return make(world, *given)
        if key not in known:
            value = make(world, *given)
            signed = {path: path.read_bytes() for path in heads.rglob("*") if path.is_file()}
            known[key] = (value, _content(file), signed)
            return value
        value, content, signed = known[key]
        _put(file, content)
        for path, text_of in signed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text_of)
        return value

    return of


def _world_on_postgresql(app: Flask, config: pytest.Config) -> World:
    kept: tuple[World, rows.Rows, dict[str, int]] | None = getattr(config, "_world_rows", None)
    if kept is None:
        world = World(app)
        config._world_rows = (world, *rows.taken())  # type: ignore[attr-defined]
        return world
    rows.put_back(kept[1], kept[2])
    kept[0].app = app
    return kept[0]


@pytest.fixture
def played():
    """`with played("2026-11-23T09:00"):` - within it the clock stands at that Shanghai time."""

    def at(moment: str):
        return clock.played(datetime.fromisoformat(moment).replace(tzinfo=clock.SHANGHAI))

    return at


@pytest.fixture
def queries(app: Flask):
    """`with queries() as found:` - afterwards `found` holds every statement that ran within."""

    @contextmanager
    def counted() -> Iterator[list[str]]:
        found: list[str] = []

        def note(_connection, _cursor, statement, *_rest):
            found.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield found
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counted
