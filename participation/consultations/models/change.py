"""What is different between the consulted draft and the final text, and because of which opinions."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.evidence import service as evidence
from participation.extensions import db


class TextChange(db.Model):
    """One clause that was changed, added or removed. Either opinions caused it or `reason` says what
    did. `place` is its order in the comparison."""

    __tablename__ = "text_change"
    __table_args__ = (
        CheckConstraint("kind IN ('changed', 'added', 'removed')", name="kind_known"),
        CheckConstraint("(kind = 'added') = (old_clause_id IS NULL)", name="added_has_no_old"),
        CheckConstraint("(kind = 'removed') = (new_clause_id IS NULL)", name="removed_has_no_new"),
        Index("ix_text_change_consultation", "consultation_id", "place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    place: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    old_clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    new_clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    reason: Mapped[str] = mapped_column(Text, default="")

    causes: Mapped[list["ChangePoint"]] = relationship(
        cascade="all, delete-orphan", order_by="ChangePoint.point_id", back_populates="change"
    )

    @property
    def point_ids(self) -> set[int]:
        return {cause.point_id for cause in self.causes}

    @property
    def explained(self) -> bool:
        return bool(self.causes or self.reason)


class ChangePoint(db.Model):
    """This opinion caused that change."""

    __tablename__ = "change_point"
    __table_args__ = (Index("uq_change_point_pair", "change_id", "point_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("text_change.id"))
    point_id: Mapped[int] = mapped_column(ForeignKey("opinion_point.id"), index=True)
    change: Mapped[TextChange] = relationship(back_populates="causes")


evidence.register(
    TextChange,
    kind="text_change",
    columns=("consultation_id", "place", "kind", "old_clause_id", "new_clause_id", "reason"),
)
evidence.register(ChangePoint, kind="change_point", columns=("change_id", "point_id"))
