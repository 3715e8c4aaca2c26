"""Decisions of published catalogues that hold words, in the fields that are public."""

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import defaultload, lazyload

from participation.access import ANYONE
from participation.decisions.models import Catalogue, Decision
from participation.decisions.queries.items import visible_to
from participation.extensions import db
from participation.textindex.queries import ids_matching
from participation.web.matching import EVERYTHING, Narrow, Words


def _public_and_says(words: Words, narrow: Narrow) -> ColumnElement[bool]:
    asked = [visible_to(ANYONE), Decision.removed_at.is_(None), Decision.id.in_(ids_matching("decision", words))]
    if narrow.department_id is not None:
        asked.append(Decision.lead_department_id == narrow.department_id)
    if narrow.year is not None:
        asked.append(Decision.catalogue_id.in_(select(Catalogue.id).where(Catalogue.year == narrow.year)))
    return and_(*asked)


def ids(words: Words, narrow: Narrow = EVERYTHING) -> Select[int]:
    """The search itself, for whoever counts several in one query."""
    return select(Decision.id).where(_public_and_says(words, narrow))


def matching(words: Words, *, limit: int, before: int | None = None, narrow: Narrow = EVERYTHING) -> list[Decision]:
    """The newest first; `before` is the last id of the page before."""
    query = select(Decision).where(_public_and_says(words, narrow))
    if before is not None:
        query = query.where(Decision.id < before)
    alone = lazyload(Decision.every_step), defaultload(Decision.catalogue).lazyload(Catalogue.batches)
    return list(db.session.scalars(query.order_by(Decision.id.desc()).limit(limit).options(*alone)))
