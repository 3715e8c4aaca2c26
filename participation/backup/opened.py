"""Going once through a backup and looking at everything in it."""

import sqlite3
import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from participation.backup import archive, postgresql, sqlite
from participation.backup.outside import Regrown
from participation.backup.sealed import CHUNK, Damaged, Reader
from participation.backup.state import State, state
from participation.evidence import checkpoint


@dataclass(frozen=True)
class Opened:
    """A backup that is whole: every chunk authentic, every digest right, its head the one its leaves give.
    `roots` are those at the sizes that were asked for."""

    about: dict[str, Any]
    manifest: dict[str, Any]
    roots: dict[int, str]

    @property
    def state(self) -> State:
        return State(**self.manifest["state"])


def go_through(
    path: Path,
    *,
    key: X25519PrivateKey | bytes,
    scratch: Path,
    sizes: Iterable[int] = (),
    on_file: Callable[[archive.Member], None] = lambda _member: None,
) -> Opened:
    """Reads everything. A SQLite copy is unpacked as `scratch/participation.db` and stays there. Raises
    `Damaged`, `WrongKey`, `Unusable`."""
    with path.open("rb") as sealed:
        plain = Reader(sealed, key=key)
        tree = Regrown(sizes)
        copy = _sink(plain.about, scratch, tree)
        inside = archive.Reader(plain)
        try:
            for member in inside:
                if member.is_database:
                    while data := member.file.read(CHUNK):
                        copy.write(data)
                else:
                    on_file(member)
            copy.close()
        finally:
            copy.stop()
    _check_head(State(**inside.manifest["state"]), tree, copy.state())
    return Opened(plain.about, inside.manifest, tree.roots)


def _check_head(said: State, tree: Regrown, found: State | None) -> None:
    if found is not None and found != said:
        raise Damaged("the copy of the database is not the one that the manifest describes")
    if (tree.size, tree.root() if tree.size else "") != (said.size, said.root):
        raise Damaged(f"the leaves in this backup do not give its head at {said.size:,}")
    if said.size:
        try:
            held = checkpoint.parse(said.note).checkpoint
        except checkpoint.BadNote as error:
            raise Damaged("the head in this backup is not a checkpoint") from error
        if (held.size, held.root.hex()) != (said.size, said.root):
            raise Damaged("the head in this backup differs from its checkpoint")


def _sink(about: dict[str, Any], scratch: Path, tree: Regrown) -> "_Sqlite | _Postgresql":
    if about.get("form") == sqlite.FORM:
        return _Sqlite(scratch / "participation.db", tree)
    if about.get("form") == postgresql.FORM:
        return _Postgresql(int(about["server"]), tree)
    raise Damaged(f"this version of the platform does not know backups of the form {about.get('form')}")


class _Sqlite:
    def __init__(self, path: Path, tree: Regrown) -> None:
        self._path, self._tree = path, tree
        self._file = sqlite.Unpacking(path)
        self._state: State | None = None

    def write(self, data: bytes) -> None:
        self._file.write(data)

    def close(self) -> None:
        self._file.close()
        sqlite.check(self._path)
        with closing(sqlite3.connect(f"file:{self._path}?mode=ro&immutable=1", uri=True)) as copy:
            self._state = state(sqlite.asking(self._path))
            for place, digest in copy.execute("SELECT leaf_index, digest FROM evidence_seal ORDER BY leaf_index"):
                self._tree.leaf(place, digest)

    def stop(self) -> None:
        self._file.stop()

    def state(self) -> State | None:
        return self._state


class _Postgresql:
    """The leaves come out of the copy while it passes by; the rest of the rows is for a database to read."""

    def __init__(self, server: int, tree: Regrown) -> None:
        self._tree = tree
        self._restoring = postgresql.reading("evidence_seal", server=server)
        self._thread = threading.Thread(target=self._read, args=(self._restoring.answer,), daemon=True)
        self._thread.start()
        self._broken: Exception | None = None

    def _read(self, lines: IO[bytes] | None) -> None:
        columns: list[str] = []
        try:
            for line in lines or ():
                if line.startswith(b"COPY "):
                    columns = line.decode("ascii").partition("(")[2].partition(")")[0].split(", ")
                elif line == b"\\.\n":
                    columns = []
                elif columns:
                    row = dict(zip(columns, line.decode("ascii").rstrip("\n").split("\t"), strict=True))
                    self._tree.leaf(int(row["leaf_index"]), row["digest"])
        except (ValueError, KeyError) as error:
            self._broken = error

    def write(self, data: bytes) -> None:
        self._restoring.write(data)

    def close(self) -> None:
        try:
            self._restoring.close()
        except postgresql.Unusable as error:
            raise Damaged(f"the copy of the database cannot be read: {error}") from error
        self._thread.join()
        if self._broken is not None:
            raise Damaged("the leaves in the copy of the database cannot be read") from self._broken

    def stop(self) -> None:
        self._restoring.stop()
        self._thread.join()
        if self._restoring.answer is not None:
            self._restoring.answer.close()

    def state(self) -> State | None:
        return None
