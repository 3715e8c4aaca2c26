"""Whether acts of certain kinds were recorded since a moment, asked of the log alone."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from participation.evidence.models import EvidenceEntry
from participation.extensions import db

MARGIN = 1000
"""On PostgreSQL an entry with a lower number may be committed a little later."""


def last_number() -> int:
    """The number of the newest entry; 0 before the first."""
    return db.session.scalar(select(func.max(EvidenceEntry.id))) or 0


def acts_since(number: int, endings: Sequence[str]) -> list[int]:
    """The entries after this number, and a margin before it, whose verb ends so."""
    told = or_(*(EvidenceEntry.verb.endswith(ending, autoescape=True) for ending in endings))
    query = select(EvidenceEntry.id).where(EvidenceEntry.id > number - MARGIN, told)
    return list(db.session.scalars(query.order_by(EvidenceEntry.id)))
