"""When published counts were last counted again, and what differed."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.extensions import Instant, db


class CountCheck(db.Model):
    """One row a consultation. No evidence of its own: the log has an entry when `drift` changes."""

    __tablename__ = "count_check"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    checked_at: Mapped[datetime] = mapped_column(Instant, index=True)
    drift: Mapped[str] = mapped_column(String(200), default="")
