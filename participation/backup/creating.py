"""Making a backup: copy, seal, read it back, and only then give it its name."""

import fcntl
import os
import re
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from sqlalchemy import make_url

from config import HERE
from participation.backup import archive, contents, opened, postgresql, sealed, sqlite
from participation.backup.state import State, state
from participation.evidence.canonical import instant_text
from participation.files.settling import settle

NAME = re.compile(r"participation-\d{8}T\d{6}Z\.backup", re.ASCII)
_UNFINISHED = ".participation-"


class Busy(Exception):
    """Another backup is being made into this folder."""


@dataclass(frozen=True)
class Source:
    """What is backed up. `key` is the public half of the evidence key as signed-note tools take it,
    `secret` a mark by which SECRET_KEY is recognised and from which it cannot be told."""

    instance: Path
    database: str
    key: str
    secret: str


@dataclass(frozen=True)
class Made:
    path: Path
    state: State
    members: int
    size: int
    removed: tuple[Path, ...]


def create(source: Source, *, to: Path, recipient: X25519PublicKey, keep: int | None, now: datetime) -> Made:
    """One backup in the folder `to`, verified. With `keep`, so many of them stay and older ones go, after
    this one was verified. Raises `Busy`, `Unusable`, `Damaged`, OSError; nothing then looks like a backup."""
    to.mkdir(parents=True, exist_ok=True)
    with _alone_in(to):
        name = f"participation-{now:%Y%m%dT%H%M%S}Z.backup"
        if (to / name).exists():
            raise Busy(f"{name} was made this second")
        work = to / f"{_UNFINISHED}{os.getpid()}"
        work.mkdir(mode=0o700)
        try:
            fresh = work / name
            data_key = _write(source, fresh, work=work, recipient=recipient, now=now)
            read_back = work / "read-back"
            read_back.mkdir()
            found = opened.go_through(fresh, key=data_key, scratch=read_back)
            size = fresh.stat().st_size
            fresh.rename(to / name)
            settle(to)
        finally:
            _remove(work)
        removed = _remove_older(to, keep) if keep else ()
    return Made(to / name, found.state, found.manifest["members"], size, tuple(removed))


def _write(source: Source, fresh: Path, *, work: Path, recipient: X25519PublicKey, now: datetime) -> bytes:
    with _copied(source, work) as (said, about, pieces):
        about = {"made_at": instant_text(now)} | about
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            writer = sealed.Writer(file, about=about, recipient=recipient)
            inside = archive.Writer(writer)
            length = inside.database(pieces)
            # After the database: every file that a row of the copy names was there before the row.
            _add_files(inside, source, head=said.size)
            manifest = about | {
                "format": 1,
                "application": version(),
                "database_bytes": length,
                "state": said.as_json(),
                "evidence_key": source.key,
                "secret_key_mark": source.secret,
                "left_out": contents.LEFT_OUT,
            }
            inside.close(manifest)
            writer.close()
            file.flush()
            os.fsync(file.fileno())
    return writer.data_key


@contextmanager
def _copied(source: Source, work: Path) -> Iterator[tuple[State, dict[str, str], Iterable[bytes]]]:
    """What the copy says of itself, its form, and its bytes."""
    if source.database.startswith("sqlite"):
        copy = work / "copy.db"
        sqlite.copy(database_file(source.database), copy)
        yield state(sqlite.asking(copy)), {"form": sqlite.FORM}, sqlite.packed(copy)
        copy.unlink()
        return
    with postgresql.snapshot(source.database) as (connection, name):
        said = state(lambda asked: connection.execute(asked).fetchone())
        server = connection.info.server_version
        pieces = postgresql.dump(source.database, snapshot=name, server=server)
        with closing(pieces):
            yield said, {"form": postgresql.FORM, "server": str(server)}, pieces


def _add_files(inside: archive.Writer, source: Source, *, head: int) -> None:
    database = database_file(source.database) if source.database.startswith("sqlite") else None
    own = database if database is not None and database.parent == source.instance.resolve() else None
    for path in contents.files(source.instance, database=own, head=head):
        try:
            file = (source.instance / path).open("rb")
        except FileNotFoundError:
            # Erased or replaced since its folder was read.
            continue
        with file:
            told = os.fstat(file.fileno())
            inside.file(path.as_posix(), file, size=told.st_size, mode=told.st_mode & 0o777)


def database_file(url: str) -> Path:
    return Path(str(make_url(url).database)).resolve()


def version() -> str:
    try:
        return str(tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))["project"]["version"])
    except (OSError, KeyError, ValueError):
        return ""


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    with (folder / ".participation.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(f"another backup is being made into {folder}") from error
        for left in folder.glob(f"{_UNFINISHED}*"):
            # Of a process that was killed: nobody else works here now.
            if left.is_dir():
                _remove(left)
        yield


def backups(folder: Path) -> list[Path]:
    """Finished ones, the oldest first."""
    return sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))


def _remove_older(folder: Path, keep: int) -> list[Path]:
    older = backups(folder)[:-keep]
    for path in older:
        path.unlink()
    settle(folder)
    return older


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
