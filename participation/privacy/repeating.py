"""After a restore: what was erased since the backup is erased again, by the register beside the database."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from participation.access import SYSTEM
from participation.accounts.models import Person
from participation.errors import Refused
from participation.extensions import db
from participation.privacy import clearing, register, service
from participation.privacy.grounds import ground_of
from participation.privacy.holdings import MODELS
from participation.privacy.register import Line

log = logging.getLogger(__name__)


@dataclass
class Repeated:
    """How many erasures and limitations were done again, and the digests for `clearing.remove_bytes`."""

    done: int = 0
    bytes_: list[str] = field(default_factory=list)


def repeat_erasures(*, register: Path, now: datetime) -> Repeated:
    """Does again what the lines of this register say and the database does not say yet; a second time does
    nothing. Rows that the backup does not know, and others that got their ids, are left alone. Commit, then
    `physical.settle`. `register` is the newest copy there is, not the one of the backup."""
    repeated = Repeated()
    for line in _latest(_read(register)):
        row = _row(line)
        if row is not None and _again(line, row, repeated, now=now):
            repeated.done += 1
    return repeated


def _read(file: Path) -> list[Line]:
    return register.read(file)


def _latest(lines: Iterable[Line]) -> list[Line]:
    """One line for each row; erased is more than limited."""
    found: dict[tuple[str, int, str], Line] = {}
    for line in lines:
        place = line.kind, line.id, line.made_at
        if place not in found or line.act == register.ERASED:
            found[place] = line
    return list(found.values())


def _row(line: Line) -> Any:
    model: type[Any] | None = Person if line.kind == "person" else MODELS.get(line.kind)
    if model is None:
        return None
    row = db.session.scalar(select(model).where(model.id == line.id).with_for_update())
    return row if row is not None and register.made_at(row) == line.made_at else None


def _again(line: Line, row: Any, repeated: Repeated, *, now: datetime) -> bool:
    if isinstance(row, Person):
        return _close(row, repeated, now=now)
    if row.erased_at is not None or (line.act == register.LIMITED and row.limited_at is not None):
        return False
    ground = ground_of(row) if line.act == register.LIMITED else ""
    if ground:
        repeated.bytes_ += service.limit(row, ground=ground, actor=SYSTEM, now=now)
        return True
    address = row.contact_address
    repeated.bytes_ += service.erase_matter(row, why="restored", actor=SYSTEM, now=now)
    if address and not _still_used(address):
        repeated.bytes_ += clearing.drop_drafts_of([address])
        clearing.clear_addresses([address], person_id=None, now=now)
    return True


def _close(person: Person, repeated: Repeated, *, now: datetime) -> bool:
    if person.disabled_at is not None or not person.is_citizen:
        return False
    addresses = [address for address in (person.phone, person.email) if address]
    try:
        service.close(person, actor=SYSTEM, now=now)
    except Refused:
        log.warning("erasure_not_repeated person=%d", person.id)
        return False
    repeated.bytes_ += clearing.drop_drafts_of(addresses)
    return True


def _still_used(address: str) -> bool:
    """By another matter, or an account: its messages are still wanted."""
    held = [select(model.id).where(model.contact_address == address) for model in MODELS.values()]
    held.append(select(Person.id).where((Person.phone == address) | (Person.email == address)))
    return any(db.session.scalar(one.limit(1)) is not None for one in held)
