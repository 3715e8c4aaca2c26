"""What goes to the meeting, and what the meeting decided (713号 art. 29-31)."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.decisions.meeting import KINDS, NEXT, OUTCOMES
from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.evidence import service as evidence
from participation.extensions import db


class DecisionPackage(StepRecord, db.Model):
    """The papers as the head of the unit in the lead submitted them: [{"paper", "role", "title", "mark"}],
    frozen. `checked` are the gates that held then."""

    __tablename__ = "decision_package"
    STEP = "deliberation"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column("submitted_on")
    papers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    checked: Mapped[list[str]] = mapped_column(JSON, default=list)
    draft_mark: Mapped[str] = mapped_column(Text, default="")


class DecisionMeeting(StepRecord, db.Model):
    """One deliberation. `guests` is [{"group", "number"}] of people invited to sit in, `guest_opinions`
    what they said and what was adopted. `against_majority`: the head decided otherwise than most and
    explained it (art. 30); where that explanation is kept is `explanation_kept`. Neither is public."""

    __tablename__ = "decision_meeting"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(key) for key in KINDS)})", name="kind_known"),
        CheckConstraint(f"outcome IN ({', '.join(repr(key) for key in OUTCOMES)})", name="outcome_known"),
        CheckConstraint(f"onward IN ({', '.join(repr(key) for key in (*NEXT, ''))})", name="next_known"),
        CheckConstraint("outcome <> 'approved_with_changes' OR changes <> ''", name="says_the_changes"),
        CheckConstraint("outcome NOT IN ('rejected', 'deferred') OR onward <> ''", name="says_what_then"),
        CheckConstraint("NOT against_majority OR explanation_kept <> ''", name="explained"),
    )
    STEP = "deliberation"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    session: Mapped[str] = mapped_column(Text)
    held_on: Mapped[date]
    outcome: Mapped[str] = mapped_column(Text)
    changes: Mapped[str] = mapped_column(Text, default="")
    onward: Mapped[str] = mapped_column(Text, default="")
    onward_text: Mapped[str] = mapped_column(Text, default="")
    guests: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    guest_opinions: Mapped[str] = mapped_column(Text, default="")
    against_majority: Mapped[bool] = mapped_column(default=False)
    explanation_kept: Mapped[str] = mapped_column(Text, default="")


evidence.register(
    DecisionPackage,
    kind="decision_package",
    columns=(*RECORD_COLUMNS, "on", "checked", "draft_mark"),
    # What internal papers are called could be guessed from a plain digest.
    personal=("papers",),
)
evidence.register(
    DecisionMeeting,
    kind="decision_meeting",
    columns=(
        *RECORD_COLUMNS, "kind", "session", "held_on", "outcome", "changes", "onward", "onward_text", "guests",
        "guest_opinions",
    ),
    # Records of the discussion are not public (政府信息公开条例 art. 16).
    personal=("against_majority", "explanation_kept"),
)  # fmt: skip
