"""What the writer thinks of an answer: three things, each rated or left out."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db


class Rating(db.Model):
    """Levels from 1 (very dissatisfied) to 5 (very satisfied). What was not rated stays NULL."""

    __tablename__ = "letter_rating"
    __table_args__ = (
        UniqueConstraint("letter_id", "round", name="one_rating_a_round"),
        CheckConstraint("attitude IS NULL OR attitude BETWEEN 1 AND 5", name="attitude_known"),
        CheckConstraint("speed IS NULL OR speed BETWEEN 1 AND 5", name="speed_known"),
        CheckConstraint("result IS NULL OR result BETWEEN 1 AND 5", name="result_known"),
        CheckConstraint("coalesce(attitude, speed, result) IS NOT NULL", name="rates_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    round: Mapped[int] = mapped_column(Integer)
    attitude: Mapped[int | None] = mapped_column(Integer)
    speed: Mapped[int | None] = mapped_column(Integer)
    result: Mapped[int | None] = mapped_column(Integer)
    remark: Mapped[str] = mapped_column(String(500), default="")
    rated_at: Mapped[datetime] = mapped_column(Instant, index=True)


evidence.register(
    Rating,
    kind="letter_rating",
    columns=("letter_id", "round", "attitude", "speed", "result", "rated_at"),
    personal=("remark",),
)
