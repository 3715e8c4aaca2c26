"""Reading catalogues, their batches and their adjustments."""

from sqlalchemy import ColumnElement, and_, func, or_, select

from participation.decisions.models import Catalogue, CatalogueAdjustment, CatalogueCarry, Decision
from participation.extensions import db


def catalogue_of(year: int) -> Catalogue | None:
    return db.session.scalar(select(Catalogue).where(Catalogue.year == year))


def catalogue_with_id(catalogue_id: int) -> Catalogue | None:
    return db.session.get(Catalogue, catalogue_id)


def years(*, published: bool = True) -> list[int]:
    """The years that have a catalogue, the newest first."""
    query = select(Catalogue.year).order_by(Catalogue.year.desc())
    return list(db.session.scalars(query.where(Catalogue.published_at.is_not(None)) if published else query))


def items_of_batch(batch_id: int) -> list[Decision]:
    return list(
        db.session.scalars(
            select(Decision)
            .where(Decision.batch_id == batch_id, Decision.removed_at.is_(None))
            .order_by(Decision.number)
        )
    )


def adjustments_of(catalogue_id: int) -> list[CatalogueAdjustment]:
    """The newest first."""
    return list(
        db.session.scalars(
            select(CatalogueAdjustment)
            .where(CatalogueAdjustment.catalogue_id == catalogue_id)
            .order_by(CatalogueAdjustment.number.desc())
        )
    )


def last_adjustment(catalogue_id: int) -> int:
    return db.session.scalar(
        select(func.max(CatalogueAdjustment.number)).where(CatalogueAdjustment.catalogue_id == catalogue_id)
    ) or 0  # fmt: skip


def last_number(catalogue_id: int) -> int:
    """The highest number given in the year, to an item of its own or to one carried over."""
    own = select(func.max(Decision.number)).where(Decision.catalogue_id == catalogue_id)
    carried = select(func.max(CatalogueCarry.number)).where(CatalogueCarry.catalogue_id == catalogue_id)
    return max(db.session.scalar(own) or 0, db.session.scalar(carried) or 0)


def number_taken(catalogue_id: int, number: int) -> bool:
    own = select(Decision.id).where(Decision.catalogue_id == catalogue_id, Decision.number == number)
    carried = select(CatalogueCarry.id).where(
        CatalogueCarry.catalogue_id == catalogue_id, CatalogueCarry.number == number
    )
    return db.session.scalar(own) is not None or db.session.scalar(carried) is not None


def item_titled(catalogue_id: int, title: str) -> int | None:
    """The item of that title that is still in the catalogue, its own or carried over."""
    query = select(Decision.id).where(_lists(catalogue_id), Decision.title == title, Decision.removed_at.is_(None))
    return db.session.scalar(query.limit(1))


def _lists(catalogue_id: int) -> ColumnElement[bool]:
    carried = select(CatalogueCarry.decision_id).where(
        CatalogueCarry.catalogue_id == catalogue_id, CatalogueCarry.withdrawn_at.is_(None)
    )
    return or_(Decision.catalogue_id == catalogue_id, Decision.id.in_(carried))


def titles_of(catalogue_id: int) -> dict[str, int]:
    """Title to number, of the items that are still in the catalogue."""
    here = and_(
        CatalogueCarry.decision_id == Decision.id,
        CatalogueCarry.catalogue_id == catalogue_id,
        CatalogueCarry.withdrawn_at.is_(None),
    )
    rows = db.session.execute(
        select(Decision.title, func.coalesce(CatalogueCarry.number, Decision.number).label("number"))
        .outerjoin(CatalogueCarry, here)
        .where(_lists(catalogue_id), Decision.removed_at.is_(None))
    )
    return {row.title: row.number for row in rows}
