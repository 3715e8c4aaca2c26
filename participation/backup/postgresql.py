"""A copy of a running PostgreSQL database with pg_dump, and back with pg_restore.

One transaction holds the state that is copied: SERIALIZABLE READ ONLY DEFERRABLE waits for a state that no
transaction can contradict any more. pg_dump joins it by its exported snapshot, so the manifest and the copy
speak of the same instant.
"""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, make_url

from participation.backup.sealed import CHUNK

FORM = "postgresql-custom"
_MAJOR = re.compile(r"\(PostgreSQL\) (\d+)")


class Unusable(Exception):
    """What this machine lacks, or what PostgreSQL answered; its text is a sentence."""


def address(url: str | URL) -> tuple[str, dict[str, str]]:
    """The connection for libpq, and the environment that carries the password: a command line can be read
    by everybody on the machine."""
    said = make_url(url)
    if not said.drivername.startswith("postgresql"):
        raise Unusable("this is not a PostgreSQL database")
    parts: dict[str, Any] = {"host": said.host, "port": said.port, "user": said.username, "dbname": said.database}
    parts |= {name: str(value) for name, value in said.query.items()}
    conninfo = make_conninfo(**{name: value for name, value in parts.items() if value not in (None, "")})
    return conninfo, {"PGPASSWORD": str(said.password)} if said.password else {}


def program(name: str, *, server: int) -> Path:
    """pg_dump or pg_restore, at least as new as the server (its version number, 150004). Raises `Unusable`."""
    on_path = shutil.which(name)
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version_of_folder, reverse=True)
    found = [*([Path(on_path)] if on_path else []), *installed]
    if not found:
        raise Unusable(
            f"{name} is missing: install the package postgresql-client of version {server // 10000} or newer"
        )
    newest = max(found, key=_major)
    if _major(newest) < server // 10000:
        older = f"{name} is of version {_major(newest)}, the server of version {server // 10000}"
        raise Unusable(f"{older}: install postgresql-client-{server // 10000} or newer")
    return newest


def _version_of_folder(path: Path) -> int:
    name = path.parents[1].name
    return int(name) if name.isdecimal() else 0


def _major(path: Path) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    match = _MAJOR.search(said)
    return int(match[1]) if match else 0


@contextmanager
def snapshot(url: str | URL) -> Iterator[tuple[psycopg.Connection[Any], str]]:
    """A connection in one state of the database, and the name by which others join that state."""
    conninfo, secret = address(url)
    try:
        connection = psycopg.connect(conninfo, password=secret.get("PGPASSWORD"), autocommit=True)
    except psycopg.OperationalError as error:
        raise Unusable(f"the database does not answer: {error}") from error
    with connection:
        standby = connection.execute("SELECT pg_is_in_recovery()").fetchone()
        # A standby knows no serializable transactions; what it shows was committed on the primary.
        level = "REPEATABLE READ" if standby and standby[0] else "SERIALIZABLE"
        connection.execute(f"BEGIN ISOLATION LEVEL {level} READ ONLY, DEFERRABLE")
        name = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert name is not None
        yield connection, str(name[0])
        connection.execute("ROLLBACK")


def dump(url: str | URL, *, snapshot: str, server: int) -> Iterator[bytes]:
    """The copy in pg_dump's own form. Raises `Unusable`."""
    conninfo, secret = address(url)
    command = [
        str(program("pg_dump", server=server)),
        "--format=custom",
        "--compress=1",
        "--no-owner",
        "--no-privileges",
        f"--snapshot={snapshot}",
        f"--dbname={conninfo}",
    ]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | secret)
    assert running.stdout is not None
    said = _Said(running.stderr)
    try:
        while piece := running.stdout.read(CHUNK):
            yield piece
        if running.wait():
            raise Unusable(f"pg_dump stopped: {said.last()}")
    finally:
        running.kill()
        running.wait()
        running.stdout.close()


class Restoring:
    """Takes a copy made by `dump` and gives it to pg_restore. `command` says what becomes of it."""

    def __init__(self, *options: str, server: int, secret: dict[str, str] | None = None, read: bool = False) -> None:
        command = [str(program("pg_restore", server=server)), *options]
        out = subprocess.PIPE if read else subprocess.DEVNULL
        self._running = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.PIPE, env=os.environ | (secret or {})
        )
        self._said = _Said(self._running.stderr)
        self.answer: IO[bytes] | None = self._running.stdout

    def write(self, data: bytes) -> None:
        assert self._running.stdin is not None
        # Closed by the other side: it has what it wanted, or it failed; `close` says which.
        with suppress(BrokenPipeError):
            self._running.stdin.write(data)

    def close(self) -> None:
        """Waits for its end. Raises `Unusable` with what it said last."""
        assert self._running.stdin is not None
        with suppress(BrokenPipeError):
            self._running.stdin.close()
        if self._running.wait():
            raise Unusable(f"pg_restore stopped: {self._said.last()}")

    def stop(self) -> None:
        """Whatever it has done so far is undone: it works in one transaction."""
        assert self._running.stdin is not None
        self._running.kill()
        self._running.wait()
        with suppress(BrokenPipeError):
            self._running.stdin.close()


def into(url: str | URL, *, server: int) -> Restoring:
    """Everything in one transaction: the database is whole afterwards, or as it was."""
    conninfo, secret = address(url)
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", f"--dbname={conninfo}")
    return Restoring(*options, server=server, secret=secret)


def reading(table: str, *, server: int) -> Restoring:
    """The rows of one table as text, without any database."""
    return Restoring("--data-only", f"--table={table}", "--file=-", server=server, read=True)


class _Said:
    """What a program says on standard error, read beside it so that it never waits for us."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        self._lines: list[str] = []
        self._thread = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._thread.start()

    def _read(self, stream: IO[bytes] | None) -> None:
        if stream is None:
            return
        with stream:
            self._take(stream)

    def _take(self, stream: IO[bytes]) -> None:
        for line in stream:
            self._lines = [*self._lines[-20:], line.decode("utf-8", "replace").strip()]

    def last(self) -> str:
        self._thread.join(timeout=5)
        # Below the first error stand statements and values of rows; they belong into no log.
        wrong = [line for line in self._lines if "error:" in line]
        return (wrong or self._lines or ["it gave no reason"])[0][:300]
