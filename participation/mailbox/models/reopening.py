"""A letter that is answered anew: asked by its writer, or ordered after a review."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db


class Reopening(db.Model):
    """`round` is the round that begins with it. The writer may reopen once, and a review may order
    it once (退回重办)."""

    __tablename__ = "letter_reopening"
    __table_args__ = (
        UniqueConstraint("letter_id", "cause", name="once_by_each"),
        UniqueConstraint("letter_id", "round", name="one_reopening_a_round"),
        CheckConstraint("cause IN ('writer', 'review')", name="cause_known"),
        CheckConstraint("round >= 2", name="round_after_the_first"),
        CheckConstraint("reason <> ''", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    round: Mapped[int] = mapped_column(Integer)
    cause: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


evidence.register(
    Reopening,
    kind="letter_reopening",
    columns=("letter_id", "round", "cause", "at", "by_person_id"),
    personal=("reason",),
)
