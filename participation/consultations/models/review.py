"""Reading comments for the public: who is reading which, and proposals not to show one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.consultations.models.consultation import among
from participation.consultations.rules.comments import HIDDEN_GROUNDS
from participation.evidence import service as evidence
from participation.extensions import Instant, db


class ReviewLock(db.Model):
    """This person reads this comment until then. It only keeps two people from doing the same work,
    so it is not evidence."""

    __tablename__ = "review_lock"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    until: Mapped[datetime] = mapped_column(Instant)


class Hiding(db.Model):
    """One proposal not to show a comment, and the second person's decision. Rows stay: they are the
    record of who hid what on which ground."""

    __tablename__ = "comment_hiding"
    __table_args__ = (
        CheckConstraint(f"ground IN ({among(HIDDEN_GROUNDS)})", name="ground_known"),
        CheckConstraint("decision IN ('', 'confirmed', 'refused')", name="decision_known"),
        CheckConstraint("(decision = '') = (decided_at IS NULL)", name="decided_has_instant"),
        # T13: never the person who proposed it.
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="second_person"),
        Index(
            "ix_comment_hiding_open",
            "comment_id",
            unique=True,
            sqlite_where=text("decision = ''"),
            postgresql_where=text("decision = ''"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    ground: Mapped[str] = mapped_column(String(20))
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    proposed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decision: Mapped[str] = mapped_column(String(10), default="")
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


evidence.register(
    Hiding,
    kind="comment_hiding",
    columns=("comment_id", "ground", "proposed_at", "proposed_by", "decision", "decided_at", "decided_by"),
)
