"""A year's catalogue and the batches in which it is published (713号 art. 3; R2-R3)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.evidence import service as evidence
from participation.extensions import Instant, db


class Catalogue(db.Model):
    """One year. `criteria` says what belongs in it, public from `criteria_published_at` on or with the
    catalogue itself; `published_at` is when its first batch came out."""

    __tablename__ = "catalogue"
    __table_args__ = (CheckConstraint("year BETWEEN 2000 AND 2100", name="year_sensible"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    criteria: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    criteria_published_at: Mapped[datetime | None] = mapped_column(Instant)
    begun_at: Mapped[datetime] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)
    batches: Mapped[list["CatalogueBatch"]] = relationship(
        back_populates="catalogue", order_by="CatalogueBatch.number", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def criteria_public(self) -> bool:
        return bool(self.criteria) and (self.criteria_published_at is not None or self.published_at is not None)

    @property
    def draft(self) -> "CatalogueBatch | None":
        """The batch that is being prepared, if there is one."""
        return next((batch for batch in self.batches if batch.published_at is None), None)


class CatalogueBatch(db.Model):
    """第一批, 第二批. `party_agreed_on` is the day the Party committee of the same level agreed; its
    document number is kept but never shown (R2)."""

    __tablename__ = "catalogue_batch"
    __table_args__ = (
        UniqueConstraint("catalogue_id", "number", name="uq_catalogue_batch_number"),
        CheckConstraint(
            "published_at IS NULL OR (government_approved_on IS NOT NULL AND party_agreed_on IS NOT NULL)",
            name="published_with_both_approvals",
        ),
        CheckConstraint(
            "party_agreed_on IS NULL OR party_agreed_on >= government_approved_on", name="party_after_government"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    catalogue_id: Mapped[int] = mapped_column(ForeignKey("catalogue.id"), index=True)
    number: Mapped[int]
    government_meeting: Mapped[str] = mapped_column(String(120), default="")
    government_approved_on: Mapped[date | None]
    party_agreed_on: Mapped[date | None]
    party_document_no: Mapped[str | None] = mapped_column(String(80))
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    catalogue: Mapped[Catalogue] = relationship(back_populates="batches")


evidence.register(
    Catalogue, kind="catalogue", columns=("year", "criteria", "criteria_published_at", "begun_at", "published_at")
)
evidence.register(
    CatalogueBatch,
    kind="catalogue_batch",
    columns=(
        "catalogue_id",
        "number",
        "government_meeting",
        "government_approved_on",
        "published_at",
    ),
    personal=("party_agreed_on", "party_document_no"),
)
