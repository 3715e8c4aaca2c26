"""What was erased, kept outside the database: a backup from before brings the rows back, this register says which
of them go again. Lines are only added; they hold ids and instants, nothing about anybody.

    {"act": "erased", "at": "2026-11-23T01:00:00+00:00", "id": 7, "kind": "letter", "made_at": "2026-11-16T…"}

`made_at` is when the row came to be: a row that got the same id after a restore is another one. Written after the
commit; what a kill left out is added within the hour (`privacy.register`).
"""

import json
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from participation.accounts.held import MARK
from participation.accounts.models import Person
from participation.extensions import db
from participation.privacy.holdings import MODELS

log = logging.getLogger(__name__)
NAME = "erasures.jsonl"
ERASED, LIMITED = "erased", "limited"
_SLOT = "erasures"


@dataclass(frozen=True)
class Line:
    """`kind` is letter, comment, proposal or person; instants in UTC, ISO 8601."""

    act: str
    kind: str
    id: int
    made_at: str
    at: str

    @property
    def key(self) -> tuple[str, str, int, str]:
        return self.act, self.kind, self.id, self.made_at


def path() -> Path:
    """Where this installation keeps its register."""
    return Path(current_app.instance_path) / NAME


def made_at(row: Any) -> str:
    instant: datetime = row.created_at if isinstance(row, Person) else row.received_at
    return instant.astimezone(UTC).isoformat()


def line_of(act: str, row: Any, *, at: datetime) -> Line:
    kind = "person" if isinstance(row, Person) else next(k for k, model in MODELS.items() if isinstance(row, model))
    return Line(act, kind, row.id, made_at(row), at.astimezone(UTC).isoformat())


def note(act: str, row: Any, *, at: datetime) -> None:
    """Queues a line; it is written when this transaction has been committed."""
    db.session().info.setdefault(_SLOT, []).append(line_of(act, row, at=at))


def read(file: Path) -> list[Line]:
    """All lines, the oldest first; one that a kill cut short is left out. No file is no lines."""
    found = []
    try:
        text = file.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return []
    for written in text.splitlines():
        try:
            told = json.loads(written)
            found.append(Line(told["act"], told["kind"], int(told["id"]), told["made_at"], told["at"]))
        except (ValueError, LookupError, TypeError):
            continue
    return found


def append(file: Path, lines: Iterable[Line]) -> None:
    """Adds the lines, whole and on the disk."""
    data = "".join(json.dumps(asdict(line), sort_keys=True) + "\n" for line in lines).encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "rb+") as opened:
        opened.seek(max(opened.seek(0, os.SEEK_END) - 1, 0))
        # After a line that a kill cut short a new one begins.
        opened.write((b"" if opened.read(1) in (b"", b"\n") else b"\n") + data)
        opened.flush()
        os.fsync(opened.fileno())


def add_missing(file: Path, lines: Iterable[Line]) -> int:
    """Adds those lines that the file has not yet. Returns how many."""
    known = {line.key for line in read(file)}
    fresh = [line for line in lines if line.key not in known]
    if fresh:
        append(file, fresh)
    return len(fresh)


def standing() -> list[Line]:
    """What the database itself says was erased or is only stored."""
    found = []
    for model in MODELS.values():
        for row in db.session.scalars(select(model).where(model.erased_at.is_not(None))):
            found.append(line_of(ERASED, row, at=row.erased_at))
        for row in db.session.scalars(select(model).where(model.limited_at.is_not(None))):
            found.append(line_of(LIMITED, row, at=row.limited_at))
    closed = select(Person).where(Person.is_citizen, Person.name == MARK, Person.disabled_at.is_not(None))
    found += [line_of(ERASED, row, at=row.disabled_at) for row in db.session.scalars(closed)]
    return found


def _write(session: Session) -> None:
    lines = session.info.pop(_SLOT, [])
    if not lines:
        return
    try:
        append(path(), lines)
    except OSError as error:
        # It is erased and stays so; `privacy.register` writes the line.
        log.error("erasures_not_registered error=%s", type(error).__name__)


def _drop(session: Session) -> None:
    session.info.pop(_SLOT, None)


event.listen(db.session, "after_commit", _write)
event.listen(db.session, "after_rollback", _drop)
