"""What was changed after publication, with its reason: the catalogue's versions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db

KINDS = ("added", "changed", "removed")


class CatalogueAdjustment(db.Model):
    """One adjustment (山东省重大行政决策事项目录管理办法 art. 15). `before` and `after` hold the public fields of
    the item, so that every earlier version stays readable."""

    __tablename__ = "catalogue_adjustment"
    __table_args__ = (
        UniqueConstraint("catalogue_id", "number", name="uq_catalogue_adjustment_number"),
        CheckConstraint("kind IN ('added', 'changed', 'removed')", name="kind_known"),
        CheckConstraint("reason <> ''", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    catalogue_id: Mapped[int] = mapped_column(ForeignKey("catalogue.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    approved_on: Mapped[date]
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(Instant)


evidence.register(
    CatalogueAdjustment,
    kind="catalogue_adjustment",
    columns=("catalogue_id", "decision_id", "number", "kind", "reason", "approved_on", "before", "after", "made_at"),
)
