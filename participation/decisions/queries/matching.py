"""Decisions of published catalogues that hold words, in the fields that are public."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, select
from sqlalchemy.orm import defaultload, lazyload

from participation.access import ANYONE
from participation.decisions.models import Catalogue, Decision
from participation.decisions.queries.items import visible_to
from participation.extensions import db
from participation.textindex.queries import ids_matching
from participation.web.matching import EVERYTHING, MANY, Narrow, Words


def _public_and_says(words: Words, narrow: Narrow, many: int) -> ColumnElement[bool]:
    asked = [
        visible_to(ANYONE),
        Decision.removed_at.is_(None),
        Decision.id.in_(ids_matching("decision", words, many=many)),
    ]
    if narrow.department_id is not None:
        asked.append(Decision.lead_department_id == narrow.department_id)
    if narrow.year is not None:
        asked.append(Decision.catalogue_id.in_(select(Catalogue.id).where(Catalogue.year == narrow.year)))
    return and_(*asked)


def ids(words: Words, narrow: Narrow = EVERYTHING, *, many: int = MANY) -> Select[int]:
    """The search itself, for whoever counts several in one query."""
    return select(Decision.id).where(_public_and_says(words, narrow, many))


def these(decision_ids: list[int]) -> list[Decision]:
    """The decisions of these ids, the newest first."""
    return list(db.session.scalars(_these(), {"ids": decision_ids}))


@cache
def _these() -> Any:
    query = select(Decision).where(Decision.id.in_(bindparam("ids", expanding=True))).order_by(Decision.id.desc())
    return query.options(lazyload(Decision.every_step), defaultload(Decision.catalogue).lazyload(Catalogue.batches))
