"""What an answer promised for later, and how it was kept."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db


class LetterPromise(db.Model):
    """Its duty is `letter_followup` of the letter, told apart by `ordinal` (the duty's round)."""

    __tablename__ = "letter_promise"
    __table_args__ = (
        UniqueConstraint("letter_id", "ordinal", name="uq_letter_promise_ordinal"),
        CheckConstraint("text <> ''", name="promise_says_something"),
        CheckConstraint("(kept_at IS NULL) = (kept_text = '')", name="kept_with_words"),
        Index("ix_letter_promise_department", "department_id", "kept_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    answer_id: Mapped[int] = mapped_column(ForeignKey("letter_answer.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    ordinal: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date] = mapped_column(Date)
    promised_at: Mapped[datetime] = mapped_column(Instant)
    kept_at: Mapped[datetime | None] = mapped_column(Instant)
    kept_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kept_text: Mapped[str] = mapped_column(Text, default="")


evidence.register(
    LetterPromise,
    kind="letter_promise",
    columns=("letter_id", "answer_id", "department_id", "ordinal", "due_on", "promised_at", "kept_at", "kept_by"),
    personal=("text", "kept_text"),
)
