"""How a decision was started: who decided, when, and which unit leads (713号 art. 10-11)."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.evidence import service as evidence
from participation.extensions import db


class DecisionStart(StepRecord, db.Model):
    """`special_groups` are those whom the matter touches in particular and who must be heard (art. 14);
    `contact` is a telephone of the unit, never a person's own."""

    __tablename__ = "decision_start"
    __table_args__ = (
        CheckConstraint("lead_unit <> ''", name="with_lead"),
        CheckConstraint("decided_by <> ''", name="by_somebody"),
    )
    STEP = "started"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column("started_on")
    decided_by: Mapped[str] = mapped_column(Text)
    lead_unit: Mapped[str] = mapped_column(Text)
    joint_units: Mapped[list[str]] = mapped_column(JSON, default=list)
    special_groups: Mapped[list[Any]] = mapped_column(JSON, default=list)
    contact: Mapped[str] = mapped_column(Text, default="")


evidence.register(
    DecisionStart,
    kind="decision_start",
    columns=(*RECORD_COLUMNS, "on", "decided_by", "lead_unit", "joint_units", "special_groups", "contact"),
)
