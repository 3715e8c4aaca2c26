"""Sums of a month's duties, counted ahead so that a page need not look at every duty. Derived: they can be thrown
away and are counted again, so nothing of them is evidence."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence.models import LONG
from participation.extensions import Instant, db


class DutyMonth(db.Model):
    """The duties of one kind that are due in the month that begins on `month`, of one department. Without a
    department: matters about one, which are counted beside no name (信访工作条例 art. 30)."""

    __tablename__ = "duty_month"
    __table_args__ = (Index("ix_duty_month_month", "month", "kind", "department_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date]
    kind: Mapped[str] = mapped_column(String(30))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    met: Mapped[int]
    extended: Mapped[int]
    late: Mapped[int]
    overdue: Mapped[int]
    running: Mapped[int]
    cancelled: Mapped[int]


class DutyMonthPlace(db.Model):
    """One row: up to which version of a duty the months are counted, when, and on which day all of them were."""

    __tablename__ = "duty_month_place"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(LONG)
    as_of: Mapped[datetime] = mapped_column(Instant)
    whole_on: Mapped[date]
