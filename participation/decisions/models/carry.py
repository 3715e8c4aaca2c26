"""Unfinished items that a later year's catalogue takes over: the decision stays one, its chain goes on."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.decisions.models.catalogue import Catalogue, CatalogueBatch
from participation.decisions.models.decision import Decision
from participation.evidence import service as evidence
from participation.extensions import Instant, db

_STANDING = text("withdrawn_at IS NULL")


class CatalogueCarry(db.Model):
    """A decision entered again in a later year's catalogue. `from_number` is its number in the year it comes
    from, `number` in the new one; `planned_*` the new planned time, which becomes the decision's when the batch
    is published. `said` keeps, from that instant on, what the earlier catalogue said of the item, so that the
    old year stays readable as it was."""

    __tablename__ = "catalogue_carry"
    __table_args__ = (
        Index(
            "uq_catalogue_carry_decision",
            "catalogue_id",
            "decision_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index(
            "uq_catalogue_carry_number",
            "catalogue_id",
            "number",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        CheckConstraint("reason <> ''", name="reason_given"),
        CheckConstraint("from_catalogue_id <> catalogue_id", name="into_another_year"),
        CheckConstraint(
            "planned_from IS NULL OR planned_to IS NULL OR planned_from <= planned_to", name="planned_in_order"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    from_catalogue_id: Mapped[int] = mapped_column(ForeignKey("catalogue.id"), index=True)
    from_number: Mapped[int]
    catalogue_id: Mapped[int] = mapped_column(ForeignKey("catalogue.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("catalogue_batch.id"), index=True)
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    planned_text: Mapped[str] = mapped_column(String(300), default="")
    planned_from: Mapped[date | None]
    planned_to: Mapped[date | None]
    said: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    carried_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    decision: Mapped[Decision] = relationship(lazy="joined")
    from_catalogue: Mapped[Catalogue] = relationship(foreign_keys=[from_catalogue_id], lazy="joined")
    catalogue: Mapped[Catalogue] = relationship(foreign_keys=[catalogue_id], lazy="joined")
    batch: Mapped[CatalogueBatch] = relationship(lazy="joined")

    @property
    def published(self) -> bool:
        return self.withdrawn_at is None and self.batch.published_at is not None


evidence.register(
    CatalogueCarry,
    kind="catalogue_carry",
    columns=(
        "decision_id",
        "from_catalogue_id",
        "from_number",
        "catalogue_id",
        "batch_id",
        "number",
        "reason",
        "planned_text",
        "planned_from",
        "planned_to",
        "said",
        "carried_at",
        "withdrawn_at",
    ),
)
