"""The risk assessment (713号 art. 22-24)."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.decisions.risks import LEVELS
from participation.evidence import service as evidence
from participation.extensions import db


class DecisionRisk(StepRecord, db.Model):
    """`points` is [{"kind", "text", "measure", "level"}]; `plan` is for the case that it happens anyway.
    `existing_title` names an assessment made under other rules that is used instead of a new one, with its
    day and whose it is (art. 24). `draft_mark` is the fingerprint of the draft that was assessed."""

    __tablename__ = "decision_risk"
    __table_args__ = (
        CheckConstraint(f"level IN ({', '.join(repr(key) for key in LEVELS)})", name="level_known"),
        CheckConstraint("(existing_title = '') = (existing_on IS NULL)", name="existing_whole"),
    )
    STEP = "risk"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column("assessed_on")
    assessor: Mapped[str] = mapped_column(Text)
    way: Mapped[str] = mapped_column(Text, default="")
    points: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    level: Mapped[str] = mapped_column(Text)
    plan: Mapped[str] = mapped_column(Text, default="")
    existing_title: Mapped[str] = mapped_column(Text, default="")
    existing_on: Mapped[date | None]
    existing_by: Mapped[str] = mapped_column(Text, default="")
    draft_mark: Mapped[str] = mapped_column(Text, default="")


evidence.register(
    DecisionRisk,
    kind="decision_risk",
    columns=(
        *RECORD_COLUMNS, "on", "assessor", "way", "points", "level", "plan", "existing_title", "existing_on",
        "existing_by", "draft_mark",
    ),
)  # fmt: skip
