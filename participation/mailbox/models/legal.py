"""What became of a letter that is also a petition or a request for government information."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db


class LegalOutcome(db.Model):
    """How one legal duty (信访工作条例 or 政府信息公开条例) was met: the act and its document number.
    It stands beside the first answer and never replaces it."""

    __tablename__ = "letter_legal"
    __table_args__ = (
        UniqueConstraint("duty_id", name="one_per_duty"),
        CheckConstraint("outcome <> ''", name="outcome_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), ForeignKey("letter.id"), index=True
    )
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"))
    kind: Mapped[str] = mapped_column(String(30))
    outcome: Mapped[str] = mapped_column(Text)
    document_number: Mapped[str] = mapped_column(String(60), default="")
    settled_at: Mapped[datetime] = mapped_column(Instant)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


evidence.register(
    LegalOutcome,
    kind="letter_legal",
    columns=("letter_id", "duty_id", "kind", "document_number", "settled_at", "settled_by"),
    personal=("outcome",),
)
