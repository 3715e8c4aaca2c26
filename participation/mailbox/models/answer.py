"""The answer to a letter: drafted by a unit, submitted, approved; or the refusal, with its ground."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db
from participation.mailbox.models.letter import _among
from participation.mailbox.rules import GROUNDS


class Answer(db.Model):
    """One per letter, round and unit, so that a unit never reads another unit's draft. The
    `version` in the form is what a second writer collides with."""

    __tablename__ = "letter_answer"
    __table_args__ = (
        UniqueConstraint("letter_id", "round", "department_id", name="one_per_unit"),
        CheckConstraint("kind IN ('answer', 'refusal')", name="kind_known"),
        CheckConstraint(f"(kind = 'refusal') = (ground IN ({_among(GROUNDS)}))", name="refusal_has_ground"),
        CheckConstraint("(kind = 'answer') OR proper_channel <> ''", name="refusal_has_channel"),
        CheckConstraint(
            "approved_at IS NULL OR (submitted_at IS NOT NULL AND approved_by IS NOT NULL)",
            name="approved_after_submission",
        ),
        CheckConstraint("approved_at IS NULL OR text <> ''", name="approved_says_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    round: Mapped[int] = mapped_column(Integer, default=1)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    kind: Mapped[str] = mapped_column(String(10), default="answer")
    text: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(String(120), default="")
    ground: Mapped[str] = mapped_column(String(20), default="")
    proper_channel: Mapped[str] = mapped_column(String(200), default="")
    drafts: Mapped[int] = mapped_column(Integer, default=0)
    drafted_at: Mapped[datetime] = mapped_column(Instant)
    drafted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_back_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_back_reason: Mapped[str] = mapped_column(Text, default="")
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # What the checker said when it was submitted: codes only. And the promises chosen then.
    flags: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    # What it said when the head let it out, who had it beside the answer.
    flags_at_approval: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    promises: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}


evidence.register(
    Answer,
    kind="answer",
    columns=(
        "letter_id",
        "round",
        "department_id",
        "kind",
        "ground",
        "drafts",
        "submitted_at",
        "sent_back_at",
        "approved_at",
        "approved_by",
        "flags",
        "flags_at_approval",
    ),
    personal=("text", "contact", "proper_channel", "sent_back_reason", "promises"),
)
