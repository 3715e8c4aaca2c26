"""The State Council's notices as rows. A version is never edited: an import makes the next one."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.evidence import service as evidence
from participation.extensions import Instant, db


class CalendarVersion(db.Model):
    """Everything known about rest and make-up days at one moment. `digest` is the SHA-256 of the
    days, so the same file imported twice makes one version."""

    __tablename__ = "calendar_version"
    __table_args__ = (CheckConstraint("covered_from <= covered_until", name="coverage_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(40), unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant())
    source: Mapped[str] = mapped_column(String(200))
    covered_from: Mapped[date]
    covered_until: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    days: Mapped[list["CalendarDay"]] = relationship(order_by="CalendarDay.day", back_populates="version")


class CalendarDay(db.Model):
    """One day that a notice makes different from what its weekday says, or confirms as rest."""

    __tablename__ = "calendar_day"
    __table_args__ = (
        UniqueConstraint("version_id", "day"),
        CheckConstraint("kind IN ('rest', 'makeup_workday')", name="kind_known"),
        CheckConstraint("kind <> 'rest' OR festival <> ''", name="rest_has_festival"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("calendar_version.id"), index=True)
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
    festival: Mapped[str] = mapped_column(String(40), default="")
    notice: Mapped[str] = mapped_column(String(120))
    version: Mapped[CalendarVersion] = relationship(back_populates="days")


evidence.register(
    CalendarVersion,
    kind="calendar",
    columns=("label", "created_at", "source", "covered_from", "covered_until", "note", "digest"),
)
