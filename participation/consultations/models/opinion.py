"""What comments say: opinion points with their answers, and which comment holds which."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.consultations.models.consultation import among
from participation.consultations.rules.outcomes import NEEDS_REASON, OUTCOMES
from participation.evidence import service as evidence
from participation.extensions import Instant, db


class OpinionPoint(db.Model):
    """One opinion, however many people hold it. `number` is its place in the consultation.
    `clause_id` is the clause that an adopted point changed, `change` how it reads now or where
    the change is."""

    __tablename__ = "opinion_point"
    __table_args__ = (
        CheckConstraint(f"outcome IS NULL OR outcome IN ({among(OUTCOMES)})", name="outcome_known"),
        CheckConstraint(
            f"outcome IS NULL OR outcome NOT IN ({among(NEEDS_REASON)}) OR reason <> ''", name="answered_with_reason"
        ),
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="answered_has_instant"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="merged_into_another"),
        Index("uq_opinion_point_number", "consultation_id", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(200))
    outcome: Mapped[str | None] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text, default="")
    special: Mapped[str] = mapped_column(Text, default="")
    """Where many hold it and it is not adopted: what is said to all of them beyond the reason."""
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    change: Mapped[str] = mapped_column(Text, default="")
    # Its comments went into that point; the number is never given again.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("opinion_point.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}


class Assignment(db.Model):
    """This comment holds this point. The outcome belongs to the pair: it is the point's answer,
    given to each of its comments. A comment's own outcome is derived from its pairs."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint(f"outcome IS NULL OR outcome IN ({among(OUTCOMES)})", name="outcome_known"),
        Index("uq_assignment_pair", "comment_id", "point_id", unique=True),
        Index("ix_assignment_point", "point_id"),
        # Both hold all that the counts read, so that 100,000 comments are counted without reading them.
        Index("ix_assignment_outcomes", "consultation_id", "comment_id", "outcome", "holder"),
        Index("ix_assignment_holders", "consultation_id", "point_id", "holder"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    point_id: Mapped[int] = mapped_column(ForeignKey("opinion_point.id"))
    outcome: Mapped[str | None] = mapped_column(String(12))
    assigned_at: Mapped[datetime] = mapped_column(Instant)
    # Copied for counting: the point's consultation, and who holds it - none once the comment is withdrawn.
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    holder: Mapped[str | None] = mapped_column(String(64))


evidence.register(
    OpinionPoint,
    kind="opinion_point",
    columns=(
        "consultation_id",
        "number",
        "title",
        "outcome",
        "reason",
        "special",
        "clause_id",
        "change",
        "merged_into_id",
        "created_at",
        "answered_at",
    ),
)
evidence.register(Assignment, kind="assignment", columns=("comment_id", "point_id", "outcome", "assigned_at"))
