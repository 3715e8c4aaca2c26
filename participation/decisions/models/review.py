"""The legality review (713号 art. 25-28)."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.decisions.review import CONCLUSIONS
from participation.evidence import service as evidence
from participation.extensions import db


class DecisionReview(StepRecord, db.Model):
    """One sending to the reviewer. `papers` is what was sent, [{"paper", "role", "title", "mark"}];
    `due_on` the last day of the time given (workdays), `short_reason` printed where it is less than 7.
    The opinion itself stays with the reviewer: a reference among the papers."""

    __tablename__ = "decision_review"
    __table_args__ = (
        CheckConstraint(
            f"conclusion IN ({', '.join(repr(key) for key in (*CONCLUSIONS, ''))})", name="conclusion_known"
        ),
        CheckConstraint("(conclusion = '') = (concluded_on IS NULL)", name="concluded_on_a_day"),
        CheckConstraint("due_on > sent_on", name="time_to_review"),
        CheckConstraint("changes_made = '' OR conclusion = 'lawful_with_changes'", name="changes_that_were_asked"),
    )
    STEP = "legality"

    id: Mapped[int] = mapped_column(primary_key=True)
    reviewer: Mapped[str] = mapped_column(Text)
    sent_on: Mapped[date]
    papers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    due_on: Mapped[date]
    workdays: Mapped[int]
    short_reason: Mapped[str] = mapped_column(Text, default="")
    draft_mark: Mapped[str] = mapped_column(Text, default="")
    conclusion: Mapped[str] = mapped_column(Text, default="")
    concluded_on: Mapped[date | None]
    points: Mapped[str] = mapped_column(Text, default="")
    changes_made: Mapped[str] = mapped_column(Text, default="")
    changed_mark: Mapped[str] = mapped_column(Text, default="")


evidence.register(
    DecisionReview,
    kind="decision_review",
    columns=(
        *RECORD_COLUMNS, "reviewer", "sent_on", "due_on", "workdays", "short_reason", "draft_mark",
        "conclusion", "concluded_on", "changed_mark",
    ),
    # What internal papers are called could be guessed from a plain digest.
    personal=("papers", "points", "changes_made"),
)  # fmt: skip
