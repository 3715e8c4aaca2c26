"""A file of letters from elsewhere, and when it was entered."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.extensions import Instant, db


class LetterImport(db.Model):
    """A file that was read without a fault. Its rows wait in `payload` until somebody confirms;
    then the letters have them and the payload is emptied. Unconfirmed ones are swept up."""

    __tablename__ = "letter_import"
    __table_args__ = (
        CheckConstraint("row_count >= 1", name="rows_counted"),
        CheckConstraint("(entered_at IS NULL) = (stored IS NULL)", name="entered_has_count"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_key: Mapped[str] = mapped_column(String(64), unique=True)
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id"))
    filename: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    row_count: Mapped[int]
    payload: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    read_at: Mapped[datetime] = mapped_column(Instant, index=True)
    read_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime | None] = mapped_column(Instant)
    stored: Mapped[int | None]
    """How many letters came of it; rows that were stored before made none."""
