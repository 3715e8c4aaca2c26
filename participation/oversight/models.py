"""What an auditor finds about a duty, and how the department answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db


class Finding(db.Model):
    """One finding of an auditor. It is never edited: a correction is another finding."""

    __tablename__ = "finding"
    __table_args__ = (CheckConstraint("text <> ''", name="text_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Instant())


class SavedFilter(db.Model):
    """A view of the ledger that somebody keeps for themselves: `query` is the address's part after the question
    mark. `nonce` makes the feed's address; a new one makes the old address worthless. No evidence: it decides
    nothing."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("person_id", "name"), CheckConstraint("name <> ''", name="filter_named"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(400), default="")
    nonce: Mapped[str] = mapped_column(String(32))
    saved_at: Mapped[datetime] = mapped_column(Instant())


evidence.register(Finding, kind="finding", columns=("duty_id", "post_id", "written_at"), personal=("text", "person_id"))
