"""Sums of a month's letters, counted ahead so that a page need not look at every letter. Derived:
it can be thrown away and counted again (`mailbox figures`), so nothing of it is evidence."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from participation.extensions import Instant, db


class LetterMonth(db.Model):
    """The letters received in the month that begins on `month`, of one mailbox and one unit.
    Without a unit: letters about a unit, which are counted beside no name (信访工作条例 art. 30)."""

    __tablename__ = "letter_month"
    __table_args__ = (Index("ix_letter_month_month", "month", "mailbox_id", "department_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(Date)
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    sums: Mapped[dict[str, int]] = mapped_column(JSON)
    as_of: Mapped[datetime] = mapped_column(Instant)
