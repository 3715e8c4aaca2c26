"""Decisions of published catalogues that hold words, in the fields that are public."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, func, select

from participation.access import ANYONE
from participation.decisions.models import Decision
from participation.decisions.queries.items import visible_to
from participation.extensions import db
from participation.web.matching import Words, says


def _public_and_says(words: Words) -> ColumnElement[bool]:
    return and_(
        visible_to(ANYONE),
        Decision.removed_at.is_(None),
        says(words, Decision.title, Decision.summary, Decision.lead_unit, Decision.basis),
    )


def how_many(asked: Sequence[Words]) -> list[int]:
    """For each of several searches the number of decisions, by one query."""
    if not asked:
        return []
    columns = [func.coalesce(func.sum(case((_public_and_says(words), 1), else_=0)), 0) for words in asked]
    return [int(count) for count in db.session.execute(select(*columns).select_from(Decision)).one()]


def matching(words: Words, *, limit: int, before: int | None = None) -> list[Decision]:
    """The newest first; `before` is the last id of the page before."""
    query = select(Decision).where(_public_and_says(words))
    if before is not None:
        query = query.where(Decision.id < before)
    return list(db.session.scalars(query.order_by(Decision.id.desc()).limit(limit)))
