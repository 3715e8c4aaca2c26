"""The years that have a public catalogue, each with how often it was changed: one query for a page's head."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from participation.decisions.models import Catalogue, CatalogueAdjustment
from participation.extensions import db


@dataclass(frozen=True)
class PublishedYear:
    """`changed_at` is the instant of the last change after the first publication, `changes` how many versions
    followed the first: each later batch and each adjustment is one."""

    catalogue: Catalogue
    changes: int
    changed_at: datetime | None

    @property
    def year(self) -> int:
        return self.catalogue.year


def published_years() -> list[PublishedYear]:
    """The newest first."""
    adjustments = select(func.count()).where(
        CatalogueAdjustment.catalogue_id == Catalogue.id, CatalogueAdjustment.kind != "added"
    )
    last = select(func.max(CatalogueAdjustment.made_at)).where(CatalogueAdjustment.catalogue_id == Catalogue.id)
    rows = db.session.execute(
        select(Catalogue, adjustments.scalar_subquery(), last.scalar_subquery())
        .where(Catalogue.published_at.is_not(None))
        .options(joinedload(Catalogue.batches))
        .order_by(Catalogue.year.desc())
    ).unique()
    return [
        PublishedYear(found, count + sum(1 for batch in found.batches if batch.published_at) - 1, changed)
        for found, count, changed in rows
    ]
