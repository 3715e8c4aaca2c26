"""Published catalogues and decisions in pages, for whoever reads all of them one after another."""

from sqlalchemy import select

from participation.access import ANYONE
from participation.decisions.models import Catalogue, Decision
from participation.decisions.queries.items import visible_to
from participation.extensions import db


def catalogues(*, before: int | None = None, limit: int) -> list[Catalogue]:
    """Published catalogues, the newest year first; `before` is the year that the last page ended with."""
    query = select(Catalogue).where(Catalogue.published_at.is_not(None)).order_by(Catalogue.year.desc())
    if before is not None:
        query = query.where(Catalogue.year < before)
    return list(db.session.scalars(query.limit(limit)))


def decisions(
    *,
    before: int | None = None,
    limit: int,
    year: int | None = None,
    department_id: int | None = None,
    stage: str = "",
) -> list[Decision]:
    """Every decision that anybody may know of, the newest first, also those that were taken out again;
    `year` is that of the catalogue in which it was first entered."""
    query = select(Decision).where(visible_to(ANYONE))
    if before is not None:
        query = query.where(Decision.id < before)
    if year is not None:
        query = query.where(Decision.catalogue_id.in_(select(Catalogue.id).where(Catalogue.year == year)))
    if department_id is not None:
        query = query.where(Decision.lead_department_id == department_id)
    if stage:
        query = query.where(Decision.stage == stage)
    return list(db.session.scalars(query.order_by(Decision.id.desc()).limit(limit)))
