"""Views of the ledger that a person keeps, and their feeds."""

import secrets
from datetime import datetime
from urllib.parse import urlencode

from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from participation.access import Actor
from participation.errors import N_, Refused
from participation.extensions import db
from participation.oversight.models import SavedFilter
from participation.web.secrets import keyed_digest, keyed_matches

KEPT = ("kind", "department", "state", "basis", "due_from", "due_until", "started_from", "started_until")
MOST = 20
KEY = 40
"""Signs of the part of a feed's address that nobody can guess."""


def query_of(asked: MultiDict[str, str]) -> str:
    """The part of an address that is the filter, in one order."""
    return urlencode([(key, value[:60]) for key in KEPT for value in asked.getlist(key) if value])[:400]


def of(person_id: int) -> list[SavedFilter]:
    return list(db.session.scalars(select(SavedFilter).filter_by(person_id=person_id).order_by(SavedFilter.id)))


def save(*, name: str, query: str, actor: Actor, now: datetime) -> SavedFilter:
    """Keeps a filter under a name of this person's own; the same name again is refused."""
    assert actor.person_id is not None
    name = " ".join(name.split())
    if not name or len(name) > 60:
        raise Refused("invalid", N_("Give the filter a name of at most 60 characters."), field="name")
    mine = of(actor.person_id)
    if any(one.name == name for one in mine):
        raise Refused("invalid", N_("You have a filter of this name. Choose another."), field="name")
    if len(mine) >= MOST:
        raise Refused("invalid", N_("You keep 20 filters already. Remove one first."), field="name")
    kept = SavedFilter(person_id=actor.person_id, name=name, query=query, nonce=secrets.token_hex(16), saved_at=now)
    db.session.add(kept)
    db.session.flush()
    return kept


def mine(filter_id: int, *, actor: Actor) -> SavedFilter | None:
    return db.session.scalar(select(SavedFilter).filter_by(id=filter_id, person_id=actor.person_id))


def new_address(kept: SavedFilter) -> None:
    """From now on the feed is at another address; who has the old one reads nothing."""
    kept.nonce = secrets.token_hex(16)
    db.session.flush()


def key_of(kept: SavedFilter) -> str:
    """The part of the feed's address that nobody can guess."""
    return keyed_digest(f"{kept.id}:{kept.nonce}", purpose="ledger-feed")[:KEY]


def with_key(filter_id: int, key: str) -> SavedFilter | None:
    """The filter whose feed this is; None for a wrong key."""
    kept = db.session.get(SavedFilter, filter_id)
    if kept is None or len(key) != KEY:
        return None
    return kept if keyed_matches(f"{kept.id}:{kept.nonce}", key, purpose="ledger-feed") else None


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(SavedFilter)) or 0
