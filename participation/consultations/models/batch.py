"""A file of opinions that was read and waits to be confirmed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.extensions import Instant, db


class CommentImport(db.Model):
    """The rows are emptied once they are comments, and with the unsent drafts after a week."""

    __tablename__ = "comment_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    filename: Mapped[str] = mapped_column(String(120))
    payload: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    row_count: Mapped[int] = mapped_column(Integer)
    read_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    read_at: Mapped[datetime] = mapped_column(Instant, index=True)
    entered_at: Mapped[datetime | None] = mapped_column(Instant)
