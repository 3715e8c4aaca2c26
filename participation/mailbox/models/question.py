"""A frequent question, made from the published answer to a letter."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db


class Question(db.Model):
    """Public from `published_at` until `retired_at`. Its letter is where it comes from: when that is
    no longer public, neither is the question."""

    __tablename__ = "letter_question"
    __table_args__ = (
        CheckConstraint("question <> '' AND answer <> ''", name="says_something"),
        CheckConstraint("(retired_at IS NULL) = (retired_reason = '')", name="retired_with_reason"),
        Index("ix_letter_question_topic", "topic", "sort", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    topic: Mapped[str] = mapped_column(String(20))
    question: Mapped[str] = mapped_column(String(120))
    answer: Mapped[str] = mapped_column(Text)
    sort: Mapped[int] = mapped_column(Integer, default=100)
    published_at: Mapped[datetime] = mapped_column(Instant)
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None] = mapped_column(Instant)
    retired_reason: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}


evidence.register(
    Question,
    kind="letter_question",
    columns=("letter_id", "topic", "sort", "published_at", "published_by", "retired_at"),
    personal=("question", "answer", "retired_reason"),
)
