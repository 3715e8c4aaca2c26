"""From a backup to an installation, into an empty place only: the database comes last, so what was stopped
half way has no database and starts as nothing."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from participation.backup import archive, opened, outside, postgresql
from participation.backup.creating import database_file
from participation.backup.sealed import CHUNK, Damaged, Reader
from participation.evidence import checkpoint
from participation.files.settling import settle

KEPT_APART = frozenset({"evidence.key", "secret.key"})
"""What may lie in the folder already: it is brought back apart from the backup, and before it."""

_WORK = ".restoring"


class NotRestored(Exception):
    """Why nothing was restored: a sentence."""


@dataclass(frozen=True)
class Restored:
    found: opened.Opened
    judged: outside.Judged


def restore(
    path: Path,
    *,
    key: X25519PrivateKey,
    into: Path,
    database: str,
    heads: Sequence[outside.Outside],
    evidence_key: bytes | None,
    accept_missing: int = 0,
) -> Restored:
    """Restores into the empty folder `into` and the empty database. Raises `NotRestored` when the place is not
    empty, the backup is not the one under the heads, or more entries are missing than `accept_missing`; also
    `Damaged`, `WrongKey`, `Unusable`. Nothing is changed then."""
    _refuse_what_is_there(into, database)
    into.mkdir(parents=True, exist_ok=True)
    beside = database_file(database).parent if database.startswith("sqlite") else into
    work, scratch = into / _WORK, beside / f"{_WORK}-database"
    for folder in (work, scratch):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True)
    try:
        sizes = [head.size for head in heads]
        found = opened.go_through(
            path, key=key, scratch=scratch, sizes=sizes, on_file=lambda member: archive.copy(member, work / member.name)
        )
        judged = judge(found, heads, evidence_key)
        _refuse_what_does_not_fit(found, judged, database, accept_missing)
        _move_in(path, key=key, work=work, into=into, database=database, scratch=scratch, found=found)
    finally:
        for folder in (work, scratch):
            shutil.rmtree(folder, ignore_errors=True)
    return Restored(found, judged)


def judge(found: opened.Opened, heads: Sequence[outside.Outside], evidence_key: bytes | None) -> outside.Judged:
    """`evidence_key` is the public key that somebody outside kept; without it the backup's own word is taken."""
    own = found.manifest.get("evidence_key") or ""
    keys = [evidence_key] if evidence_key else [checkpoint.public_of(text) for text in own.split()]
    return outside.judge(heads, size=found.state.size, roots=found.roots, public=keys)


def _refuse_what_is_there(into: Path, database: str) -> None:
    if into.exists():
        there = {path.name for path in into.iterdir() if not path.name.startswith(_WORK)} - KEPT_APART
        if there:
            named = ", ".join(sorted(there)[:5])
            raise NotRestored(f"{into} is not empty ({named}): a backup is restored into an empty folder only")
    if database.startswith("sqlite"):
        if database_file(database).exists():
            raise NotRestored(f"{database_file(database)} is there already: nothing is ever restored over a database")
        return
    with _connection(database) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if tables and tables[0]:
        raise NotRestored(f"the database holds {tables[0]} tables: a backup is restored into an empty database only")


def _refuse_what_does_not_fit(found: opened.Opened, judged: outside.Judged, database: str, accept_missing: int) -> None:
    if judged.wrong:
        raise NotRestored("; ".join(judged.wrong))
    if judged.missing > accept_missing:
        accept = f"look for a newer backup, or accept the loss with --accept-missing {judged.missing}"
        raise NotRestored("; ".join([*judged.said, accept]))
    kind = str(found.about["form"]).partition("-")[0]
    if not database.startswith(kind):
        raise NotRestored(f"this backup is of a {kind} database: name one with --database {kind}://…")


def _move_in(
    path: Path, *, key: X25519PrivateKey, work: Path, into: Path, database: str, scratch: Path, found: opened.Opened
) -> None:
    moved: list[Path] = []
    try:
        for entry in sorted(work.iterdir()):
            if entry.name in KEPT_APART:
                continue
            moved.append(entry.rename(into / entry.name))
        settle(into)
        if database.startswith("sqlite"):
            (scratch / "participation.db").rename(database_file(database))
            settle(database_file(database).parent)
        else:
            _pour(path, key=key, database=database, server=int(found.about["server"]))
    except BaseException:
        for entry in moved:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        raise


def _pour(path: Path, *, key: X25519PrivateKey, database: str, server: int) -> None:
    with _connection(database) as connection:
        server = max(server, connection.info.server_version)
    restoring = postgresql.into(database, server=server)
    try:
        with path.open("rb") as sealed:
            for member in archive.Reader(Reader(sealed, key=key)):
                if not member.is_database:
                    break
                while data := member.file.read(CHUNK):
                    restoring.write(data)
        restoring.close()
    finally:
        restoring.stop()
    with _connection(database) as connection:
        # Without statistics the first answers would be slow.
        connection.execute("ANALYZE")


def _connection(database: str) -> "psycopg.Connection[tuple[int, ...]]":
    conninfo, secret = postgresql.address(database)
    try:
        return psycopg.connect(conninfo, password=secret.get("PGPASSWORD"), autocommit=True)
    except psycopg.OperationalError as error:
        raise postgresql.Unusable(f"the database does not answer: {error}") from error


__all__ = ["Damaged", "NotRestored", "Restored", "judge", "restore"]
