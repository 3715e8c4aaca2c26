"""How the draft came about, and what units could not agree on (713号 art. 12-13)."""

from datetime import date

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.evidence import service as evidence
from participation.extensions import db


class DecisionDrafting(StepRecord, db.Model):
    """`study` says how the matter was studied (visits, figures, what others did), `asked` which units were
    consulted. `draft_mark` is the fingerprint of the draft as it stood."""

    __tablename__ = "decision_drafting"
    __table_args__ = (CheckConstraint("study <> ''", name="studied"),)
    STEP = "drafting"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column("drafted_on")
    study: Mapped[str] = mapped_column(Text)
    asked: Mapped[str] = mapped_column(Text, default="")
    draft_mark: Mapped[str] = mapped_column(Text, default="")


class DecisionDispute(StepRecord, db.Model):
    """A question on which two units do not agree, with both views. Whoever decides is told (art. 13);
    `ruling` is what they said then. Internal: the public reads that there was a dispute, not the views."""

    __tablename__ = "decision_dispute"
    __table_args__ = (
        CheckConstraint("other_unit <> '' AND lead_view <> '' AND other_view <> ''", name="both_views"),
        CheckConstraint("(reported_on IS NULL) = (reported_to = '')", name="reported_to_somebody"),
        CheckConstraint("ruling = '' OR reported_on IS NOT NULL", name="ruled_after_report"),
    )
    STEP = "drafting"

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    other_unit: Mapped[str] = mapped_column(Text)
    lead_view: Mapped[str] = mapped_column(Text)
    other_view: Mapped[str] = mapped_column(Text)
    reported_on: Mapped[date | None]
    reported_to: Mapped[str] = mapped_column(Text, default="")
    ruling: Mapped[str] = mapped_column(Text, default="")


evidence.register(
    DecisionDrafting,
    kind="decision_drafting",
    columns=(*RECORD_COLUMNS, "on", "study", "asked", "draft_mark"),
)
evidence.register(
    DecisionDispute,
    kind="decision_dispute",
    columns=(*RECORD_COLUMNS, "reported_on", "reported_to"),
    # Discussion among units is not public (政府信息公开条例 art. 16).
    personal=("question", "other_unit", "lead_view", "other_view", "ruling"),
)
