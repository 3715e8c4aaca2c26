"""What is not a letter yet: a form kept while the writer verifies a contact."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.extensions import Instant, db


class LetterDraft(db.Model):
    """A form someone filled in. Only the session that was given `key` may use it; the letter keeps
    its digest, so that sending twice makes one letter. Once sent, the payload is emptied and the
    row only shows the receipt again, until it is swept up."""

    __tablename__ = "letter_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id"))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    complete: Mapped[bool] = mapped_column(default=False)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    supplements_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    about_kind: Mapped[str] = mapped_column(String(20), default="")
    about_id: Mapped[int | None]
    saved_at: Mapped[datetime] = mapped_column(Instant, index=True)
