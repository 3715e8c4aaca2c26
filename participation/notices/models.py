"""The outbox and who has read what."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.extensions import Instant, db


class Notice(db.Model):  # type: ignore[name-defined,misc]
    """One message to one recipient by one channel, written in the transaction of the act that it
    tells of. The only place outside accounts and letters where an address is kept, and only until
    `keep_days` after delivery. `dedupe` makes a repeated job silent."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("dedupe"),
        CheckConstraint("channel IN ('in_app', 'sms', 'email')", name="channel_known"),
        CheckConstraint("state IN ('queued', 'sent', 'failed')", name="state_known"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_time"),
        CheckConstraint("(state = 'queued') = (next_attempt_at IS NOT NULL)", name="queued_has_time"),
        CheckConstraint(
            "(channel = 'in_app') = (person_id IS NOT NULL OR to_department_id IS NOT NULL)", name="recipient_fits"
        ),
        Index("ix_notice_due", "state", "next_attempt_at"),
        Index("ix_notice_subject", "subject_kind", "subject_id"),
        Index("ix_notice_to_department", "to_department_id", "to_role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    verb: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(8))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    to_department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    to_role: Mapped[str | None] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(String(254), default="")
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(String(200), default="")
    importance: Mapped[str] = mapped_column(String(8), default="plain")
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    restricted_from: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    state: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(String(80), default="")
    dedupe: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Instant, index=True)
    next_attempt_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    emptied_at: Mapped[datetime | None] = mapped_column(Instant)


class NoticeReading(db.Model):  # type: ignore[name-defined,misc]
    """That one person has read a notice; a notice to a post may have several readers."""

    __tablename__ = "notice_reading"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    read_at: Mapped[datetime] = mapped_column(Instant)
