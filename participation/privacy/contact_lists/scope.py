"""Whom a list is about: which matters are in it now, and why others are not."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import Select, select

from participation import clock
from participation.access import Actor, Capability
from participation.accounts.models import Person
from participation.consultations.models import Comment, Consultation
from participation.consultations.queries import periods
from participation.extensions import db
from participation.mailbox.models import Letter
from participation.mailbox.queries.letters import visible_to

CHUNK = 500
_SHARED = ("id", "number", "author_name", "contact_address", "person_id", "withdrawn_at", "limited_at", "erased_at")


@dataclass(frozen=True)
class Scope:
    """One consultation's commenters, or the letters of a month, with a topic if one is named. `department_id`
    is the asker's unit."""

    kind: str
    department_id: int
    consultation_id: int | None = None
    month: str = ""
    topic: str = ""


@dataclass
class Entry:
    """One person: everything that came from the same contact."""

    address: str
    name: str
    numbers: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Members:
    """`matters` are ids, in order. `left_out` has no restricted ones; `restricted` counts those that whoever
    looks may see."""

    entries: list[Entry]
    matters: list[int]
    left_out: dict[str, int]
    restricted: int = 0

    @property
    def people(self) -> int:
        return len(self.entries)


def consultation_in(scope: Scope, actor: Actor) -> Consultation | None:
    """The consultation, when it is the unit's own or the actor reads all."""
    found = periods.consultation_for(scope.consultation_id or 0, actor)
    if found is None or found.published_at is None:
        return None
    return found if actor.can(Capability.READ_ALL) or found.department_id == scope.department_id else None


def first_day(month: str) -> date | None:
    """The first day of `2026-11`; nothing when it is no month."""
    try:
        return date.fromisoformat(f"{month}-01") if len(month) == 7 else None
    except ValueError:
        return None


def members(scope: Scope, *, actor: Actor) -> Members:
    """Who would be in the list now. Letters about the actor's own unit do not exist here."""
    return _members(_rows(_query(scope, actor)))


def members_of(kind: str, ids: Iterable[int], *, actor: Actor) -> Members:
    """Who of these matters may still be in a list."""
    return _members(_rows_of(kind, sorted(ids), actor))


def _rows_of(kind: str, ids: list[int], actor: Actor) -> Iterator[Any]:
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        query = select(Comment).where(Comment.id.in_(chunk))
        if kind == "letters":
            query = visible_to(actor).where(Letter.id.in_(chunk))
        yield from _rows(query)


def _query(scope: Scope, actor: Actor) -> Select[Any]:
    if scope.kind == "consultation":
        return select(Comment).where(Comment.consultation_id == scope.consultation_id)
    first = first_day(scope.month)
    assert first is not None
    query = visible_to(actor).where(
        Letter.received_at >= _midnight(first), Letter.received_at < _midnight(first + relativedelta(months=1))
    )
    if not actor.can(Capability.READ_ALL):
        query = query.where(Letter.department_id == scope.department_id)
    return query.where(Letter.topic == scope.topic) if scope.topic else query


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.SHANGHAI)


def _rows(query: Select[Any]) -> list[Any]:
    model = query.column_descriptions[0]["entity"]
    extra = (Letter.about_department_id,) if model is Letter else (Comment.unsubscribed_at,)
    columns = [getattr(model, name) for name in _SHARED]
    return list(db.session.execute(query.with_only_columns(*columns, *extra).order_by(model.id)))


def _members(rows: Iterable[Any]) -> Members:
    counted: Counter[str] = Counter()
    entries: dict[str, Entry] = {}
    matters: list[int] = []
    found = list(rows)
    accounts = _addresses({row.person_id for row in found if row.person_id is not None and not row.contact_address})
    for row in found:
        address = row.contact_address or accounts.get(row.person_id, "")
        why = _why_not(row, address)
        if why:
            counted[why] += 1
            continue
        matters.append(row.id)
        entry = entries.setdefault(address, Entry(address, row.author_name))
        entry.name = entry.name or row.author_name
        entry.numbers.append(row.number)
    restricted = counted.pop("restricted", 0)
    return Members(list(entries.values()), matters, dict(counted), restricted)


def _why_not(row: Any, address: str) -> str:
    if getattr(row, "about_department_id", None) is not None:
        return "restricted"
    for column, why in (("erased_at", "erased"), ("limited_at", "limited"), ("withdrawn_at", "withdrawn")):
        if getattr(row, column) is not None:
            return why
    if getattr(row, "unsubscribed_at", None) is not None:
        return "unwanted"
    return "" if address else "unreachable"


def _addresses(person_ids: set[int]) -> dict[int, str]:
    """The verified address of each account: the telephone before the mail."""
    found: dict[int, str] = {}
    ids = sorted(person_ids)
    columns = (Person.id, Person.phone, Person.phone_verified_at, Person.email, Person.email_verified_at)
    for start in range(0, len(ids), CHUNK):
        query = select(*columns).where(Person.id.in_(ids[start : start + CHUNK]), Person.disabled_at.is_(None))
        for row in db.session.execute(query):
            phone = row.phone if row.phone_verified_at else None
            found[row.id] = phone or (row.email if row.email_verified_at else None) or ""
    return found
