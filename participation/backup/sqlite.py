"""A copy of a running SQLite database, and back.

SQLite's own backup interface copies all pages under one read lock: in WAL mode nobody who writes waits, and
nothing that is committed meanwhile is in the copy.
"""

import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from participation.backup.sealed import CHUNK, Damaged

FORM = "sqlite-gzip"
_GZIP = 31


def copy(database: Path, to: Path) -> None:
    """One state of the database as a file of its own, on the disk when this returns."""
    to.touch(mode=0o600, exist_ok=False)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(to)) as target:
        source.execute("PRAGMA busy_timeout=15000")
        # In one go: in steps it would begin again with each write of somebody else and might never end.
        source.backup(target, pages=-1)


def packed(copy: Path) -> Iterator[bytes]:
    """The file in gzip's form; the fastest level halves it at least, and more costs more than it saves."""
    packing = zlib.compressobj(1, zlib.DEFLATED, _GZIP)
    with copy.open("rb") as file:
        while data := file.read(CHUNK):
            if piece := packing.compress(data):
                yield piece
    yield packing.flush()


def asking(copy: Path) -> Callable[[str], Any]:
    """Answers the first row of a statement on a copy that nobody writes to."""

    def ask(asked: str) -> Any:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as opened:
            return opened.execute(asked).fetchone()

    return ask


class Unpacking:
    """Takes the parts of a packed database and writes the file."""

    def __init__(self, path: Path) -> None:
        path.touch(mode=0o600, exist_ok=False)
        self._file = path.open("wb")
        self._unpacking = zlib.decompressobj(_GZIP)

    def write(self, data: bytes) -> None:
        try:
            while data:
                self._file.write(self._unpacking.decompress(data, CHUNK))
                data = self._unpacking.unconsumed_tail
        except zlib.error as error:
            raise Damaged("the copy of the database cannot be unpacked") from error

    def close(self) -> None:
        self._file.write(self._unpacking.flush())
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        if not self._unpacking.eof:
            raise Damaged("the copy of the database ends in its middle")

    def stop(self) -> None:
        self._file.close()


def check(copy: Path) -> None:
    """SQLite finds nothing wrong in it. Raises `Damaged`."""
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as opened:
            answer = opened.execute("PRAGMA quick_check(1)").fetchone()[0]
            foreign = opened.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise Damaged(f"the copy of the database cannot be opened: {error}") from error
    if answer != "ok" or foreign is not None:
        raise Damaged("the copy of the database is not whole")
