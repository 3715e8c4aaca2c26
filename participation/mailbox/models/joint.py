"""联办: the units that work on a letter beside the one that answers it."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db

_THERE = text("removed_at IS NULL")


class LetterJoint(db.Model):
    """A unit's part in one round of a letter: what it is to find out, and what it wrote to the lead.
    The lead (Letter.department_id) answers for all. A removed row stays, with the reason."""

    __tablename__ = "letter_joint"
    __table_args__ = (
        CheckConstraint("round >= 1", name="round_positive"),
        CheckConstraint("task <> ''", name="task_given"),
        CheckConstraint("(contributed_at IS NULL) = (contribution = '')", name="contribution_has_instant"),
        CheckConstraint("(removed_at IS NULL) = (removed_reason = '')", name="removed_with_reason"),
        Index(
            "ix_letter_joint_once",
            "letter_id",
            "round",
            "department_id",
            unique=True,
            sqlite_where=_THERE,
            postgresql_where=_THERE,
        ),
        Index("ix_letter_joint_department", "department_id", "letter_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), ForeignKey("letter.id"))
    round: Mapped[int]
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    task: Mapped[str] = mapped_column(String(500))
    added_at: Mapped[datetime] = mapped_column(Instant)
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    contribution: Mapped[str] = mapped_column(Text, default="")
    contributed_at: Mapped[datetime | None] = mapped_column(Instant)
    contributed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    removed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    removed_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


evidence.register(
    LetterJoint,
    kind="letter_joint",
    columns=(
        "letter_id", "round", "department_id", "added_at", "added_by", "contributed_at", "contributed_by",
        "removed_at", "removed_by",
    ),
    personal=("task", "contribution", "removed_reason"),
)  # fmt: skip
