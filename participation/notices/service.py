"""Queueing a notice in the transaction of the act that it tells of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from participation.access import Actor, Role
from participation.extensions import db
from participation.notices.models import Notice, NoticeReading
from participation.notices.queries import visible_to
from participation.notices.render import compose
from participation.notices.rules import NOTICES, Channel
from participation.web.secrets import keyed_digests


@dataclass(frozen=True)
class Person:
    """Somebody with an account: on the desk, and by the addresses that accounts knows."""

    person_id: int


@dataclass(frozen=True)
class Department:
    """Whoever holds the role in the department; without one, the roles that the rule names."""

    department_id: int
    role: Role | None = None


@dataclass(frozen=True)
class Contact:
    """A verified mobile number or e-mail address of somebody without an account."""

    channel: Literal["sms", "email"]
    address: str


Recipient = Person | Department | Contact
AddressBook = Callable[[int], Iterable[tuple[str, str]]]

_books: list[AddressBook] = []


def register_address_book(book: AddressBook) -> None:
    """Accounts tells here how to find the verified addresses of a person: (channel, address)."""
    _books[:] = [book]


def notify(
    verb: str,
    *,
    to: Recipient,
    facts: Mapping[str, object],
    subject_kind: str,
    subject_id: int,
    now: datetime,
    link: str = "",
    department_id: int | None = None,
    restricted_from: int | None = None,
    once: str | None = None,
) -> int:
    """Queues the notice; the delivery job sends it. Returns how many messages that were.

    `link` is a path on this site. `department_id` is responsible for the matter: its staff see a
    failed delivery. Nothing goes to the department in `restricted_from` (信访工作条例 art. 30).
    With `once`, the same notice about the same subject is queued for a recipient once for ever."""
    rule = NOTICES[verb]
    text = compose(verb, facts, district=current_app.extensions["settings"].district)
    queued = 0
    for target in _targets(to, rule.channels, rule.roles):
        if target["to_department_id"] is not None and target["to_department_id"] == restricted_from:
            continue
        desk = target["channel"] == Channel.IN_APP
        parts = (verb, subject_kind, subject_id, *target.values(), once if once is not None else now.isoformat())
        row: dict[str, Any] = {
            **target,
            "verb": verb,
            "title": text.title,
            "body": text.body,
            "link": link,
            "importance": rule.importance.value,
            "subject_kind": subject_kind,
            "subject_id": subject_id,
            "department_id": department_id,
            "restricted_from": restricted_from,
            "state": "sent" if desk else "queued",
            "sent_at": now if desk else None,
            "next_attempt_at": None if desk else now,
            "attempts": 0,
            "last_error": "",
            "created_at": now,
            "dedupe": _dedupe("|".join(map(str, parts))),
        }
        queued += _insert_once(row)
    return queued


def mark_read(actor: Actor, *, now: datetime, notice_id: int | None = None) -> int:
    """Marks one notice, or all that this person sees, as read. Returns how many were new."""
    if actor.person_id is None:
        return 0
    seen = select(NoticeReading.notice_id).where(NoticeReading.person_id == actor.person_id)
    asked = visible_to(actor).where(Notice.id.not_in(seen))
    if notice_id is not None:
        asked = asked.where(Notice.id == notice_id)
    marked = 0
    for notice in db.session.scalars(asked):
        insert = _insert()(NoticeReading).values(notice_id=notice.id, person_id=actor.person_id, read_at=now)
        db.session.execute(insert.on_conflict_do_nothing())
        marked += 1
    return marked


def restrict(*, subject_kind: str, subject_id: int, restricted_from: int | None) -> None:
    """Follows the subject when the department that must not see it changes: what lies on its desks
    about the subject is gone from the next request on."""
    told = update(Notice).where(Notice.subject_kind == subject_kind, Notice.subject_id == subject_id)
    db.session.execute(told.values(restricted_from=restricted_from))


def _targets(to: Recipient, channels: tuple[Channel, ...], roles: tuple[Role, ...]) -> list[dict[str, Any]]:
    empty: dict[str, Any] = {
        "channel": Channel.IN_APP.value,
        "person_id": None,
        "to_department_id": None,
        "to_role": None,
        "address": "",
    }
    if isinstance(to, Contact):
        return [{**empty, "channel": Channel(to.channel).value, "address": to.address}]
    if isinstance(to, Department):
        told = roles if to.role is None else (to.role,)
        return [{**empty, "to_department_id": to.department_id, "to_role": Role(role).value} for role in told]
    found = [{**empty, "person_id": to.person_id}]
    for book in _books:
        for channel, address in book(to.person_id):
            if channel in channels and address:
                found.append({**empty, "channel": Channel(channel).value, "address": address})
    return found


def _insert() -> Callable[..., Any]:
    return postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert


def _dedupe(said: str) -> str:
    """One digest for one message, also when SECRET_KEY has changed since it was queued."""
    present, *former = keyed_digests(said, purpose="notice")
    known = db.session.scalar(select(Notice.dedupe).where(Notice.dedupe.in_(former))) if former else None
    return known or present


def _insert_once(row: dict[str, Any]) -> int:
    # ON CONFLICT, because a second job at the same instant must not lose its whole transaction.
    return 0 if db.session.scalar(_queueing(db.engine.dialect.name), row) is None else 1


@cache
def _queueing(_dialect: str) -> Any:
    table = Notice.__table__
    return _insert()(table).on_conflict_do_nothing(index_elements=["dedupe"]).returning(table.c.id)
