"""What is not a comment yet: a form kept while the writer verifies a contact."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.extensions import Instant, db


class CommentDraft(db.Model):
    """A form someone filled in. Only the session that was given `key` may use it. Once sent, the
    payload is emptied and the row only shows the receipt again, until it is swept up."""

    __tablename__ = "comment_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    complete: Mapped[bool] = mapped_column(default=False)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    saved_at: Mapped[datetime] = mapped_column(Instant, index=True)
