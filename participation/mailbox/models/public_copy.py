"""The public copy of a letter while it is prepared: what was decided about each place, and by whom."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db

STATES = ("draft", "submitted", "published", "declined", "taken_back")
_SUBMITTED = text("state = 'submitted'")


class PublicCopy(db.Model):
    """One per letter, the latest. The texts that everybody reads stand in `Letter.public_*` and only
    while it is published. `source` is the digest of what was covered up to `round`: another answer, more to decide.
    `decisions`: {"field", "start", "end", "kind", "keep", "put", "reason"} each; `files`: the
    attachments that shall be public too, `public_files`: those that are."""

    __tablename__ = "letter_public_copy"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'submitted', 'published', 'declined', 'taken_back')", name="state_known"),
        CheckConstraint("(state = 'draft') OR decided_at IS NOT NULL OR submitted_at IS NOT NULL", name="has_instant"),
        CheckConstraint(
            "decided_by IS NULL OR prepared_by IS NULL OR state <> 'published' OR decided_by <> prepared_by",
            name="two_people",
        ),
        CheckConstraint("state NOT IN ('declined', 'taken_back') OR reason <> ''", name="ground_given"),
        Index("ix_letter_public_copy_submitted", "letter_id", sqlite_where=_SUBMITTED, postgresql_where=_SUBMITTED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), unique=True)
    round: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(String(64))
    decisions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    title: Mapped[str] = mapped_column(String(120), default="")
    files: Mapped[list[int]] = mapped_column(JSON, default=list)
    public_files: Mapped[list[int]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(String(12), default="draft")
    prepared_at: Mapped[datetime] = mapped_column(Instant)
    prepared_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}


evidence.register(
    PublicCopy,
    kind="public_copy",
    columns=("letter_id", "round", "state", "prepared_by", "submitted_at", "decided_at", "decided_by"),
    personal=("source", "title", "reason"),
)
