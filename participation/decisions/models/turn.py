"""Suspended, resumed, ended, run again, closed: each turn of a decision is a row of its own."""

from datetime import date

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.decisions.aftermath import TURNS
from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.evidence import service as evidence
from participation.extensions import db


class DecisionTurn(StepRecord, db.Model):
    """713号 art. 37. `round` is the run that was turned; `from_stage` where it stood; `decided_by` the post or
    body that decided, as the public reads it. A turn is never undone: the next one follows it."""

    __tablename__ = "decision_turn"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in TURNS)})", name="kind_known"),
        CheckConstraint("kind IN ('resume', 'close') OR reason <> ''", name="turned_with_reason"),
        CheckConstraint("(set_aside_at IS NULL) = (set_aside_reason = '')", name="set_aside_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    from_stage: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    decided_on: Mapped[date]


evidence.register(
    DecisionTurn,
    kind="decision_turn",
    columns=(*RECORD_COLUMNS, "kind", "from_stage", "reason", "decided_by", "decided_on"),
)
