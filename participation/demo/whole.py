"""The demonstration comes whole or not at all.

It is played in a folder of its own beside the real one and moved in when it is complete. Whatever
stopped a load (Ctrl-C, a full disk, a power cut), the next start finishes the move, begins again or,
where half a district already lies in a PostgreSQL database, refuses. Nobody is shown half a district.
"""

import fcntl
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from flask import Flask
from msgspec.structs import replace
from sqlalchemy import select

from config import Settings
from participation.accounts.models import Department
from participation.demo.loader import load
from participation.errors import Refused
from participation.evidence.models import EvidenceEntry
from participation.extensions import db

_COMPLETE = "complete"


def is_empty() -> bool:
    """No department and no recorded act: nothing has happened in this database yet."""
    rows = (db.session.scalar(select(column).limit(1)) for column in (Department.id, EvidenceEntry.id))
    empty = all(row is None for row in rows)
    db.session.rollback()
    return empty


def load_whole(app: Flask, *, play: Callable[[], object] = load) -> bool:
    """Loads the demonstration into an empty, migrated database, or finishes a load that was stopped.

    Needs the application context of `app`. Returns whether anything was done. Raises `Refused` for
    a database that is neither empty nor loaded."""
    settings: Settings = app.extensions["settings"]
    with (settings.instance_dir / "demonstration.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("conflict", "Another process is loading the demonstration just now.") from None
        return _load_alone(settings, play)


def _load_alone(settings: Settings, play: Callable[[], object]) -> bool:
    folder = settings.instance_dir / "demonstration.loading"
    empty, was_complete = is_empty(), (folder / _COMPLETE).exists()
    if not was_complete:
        if not empty and folder.exists() and db.engine.dialect.name != "sqlite":
            raise Refused(
                "conflict",
                "Loading the demonstration was interrupted, and half of it is in the database. Make the"
                " database anew (dropdb, createdb) and start again.",
            )
        shutil.rmtree(folder, ignore_errors=True)
        if not empty:
            return False
        _play(settings, folder, play)
    _move_in(settings, folder, database=empty)
    return True


def _play(settings: Settings, folder: Path, play: Callable[[], object]) -> None:
    from participation import create_app

    folder.mkdir()
    key = settings.instance_dir / "evidence.key"
    if key.exists():
        shutil.copy2(key, folder)
    database = settings.database
    if db.engine.dialect.name == "sqlite":
        database = f"sqlite:///{folder.resolve() / 'district.db'}"
        _copy(_file(), folder / "district.db")
    beside = replace(settings, instance_dir=folder.resolve(), database_url=database, secret_key=settings.secret)
    app = create_app(beside)
    with app.app_context():
        try:
            play()
        finally:
            db.session.remove()
            db.engine.dispose()
    (folder / _COMPLETE).touch()


def _move_in(settings: Settings, folder: Path, *, database: bool) -> None:
    district = folder / "district.db"
    if district.exists():
        if database:
            # SQLite's own copying is one transaction: also safe beside a running site.
            _copy(district, _file())
            # Heads of a database that was thrown away would contradict the new one.
            heads = settings.instance_dir / "heads"
            shutil.rmtree(heads.with_suffix(".before"), ignore_errors=True)
            if heads.exists():
                heads.rename(heads.with_suffix(".before"))
        for file in folder.glob("district.db*"):
            file.unlink()
    for source in sorted(folder.rglob("*")):
        target = settings.instance_dir / source.relative_to(folder)
        if source.is_file() and source.name != _COMPLETE:
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
    done = folder.with_suffix(".done")
    shutil.rmtree(done, ignore_errors=True)
    folder.rename(done)  # in one step: a folder without its mark would look like half a load
    shutil.rmtree(done)


def _file() -> Path:
    return Path(str(db.engine.url.database))


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target, timeout=15)) as written:
        read.backup(written)
