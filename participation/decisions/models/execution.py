"""Who carries a decision out, and that it is carried out to the end."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.evidence import service as evidence
from participation.extensions import db

_STANDING = text("set_aside_at IS NULL")
_SET_ASIDE = "(set_aside_at IS NULL) = (set_aside_reason = '')"


def _once(table: str) -> Index:
    return Index(
        f"uq_{table}_standing", "decision_id", "round", unique=True, sqlite_where=_STANDING,
        postgresql_where=_STANDING,
    )  # fmt: skip


class DecisionExecution(StepRecord, db.Model):
    """713号 art. 34: the government names the unit that carries the decision out. `unit` is its name then,
    `department_id` the department; comments on the decision in force go to it."""

    __tablename__ = "decision_execution"
    __table_args__ = (
        CheckConstraint(_SET_ASIDE, name="set_aside_with_reason"),
        _once("decision_execution"),
        Index("ix_decision_execution_department", "department_id"),
    )

    STEP = "executing"

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    unit: Mapped[str] = mapped_column(String(120))
    begun_on: Mapped[date]
    plan: Mapped[str] = mapped_column(Text)


class DecisionCompletion(StepRecord, db.Model):
    """The decision is carried out; what came of it. No quarterly report is owed afterwards."""

    __tablename__ = "decision_completion"
    __table_args__ = (CheckConstraint(_SET_ASIDE, name="set_aside_with_reason"), _once("decision_completion"))

    STEP = "executing"

    id: Mapped[int] = mapped_column(primary_key=True)
    finished_on: Mapped[date]
    outcome: Mapped[str] = mapped_column(Text)


evidence.register(
    DecisionExecution,
    kind="decision_execution",
    columns=(*RECORD_COLUMNS, "department_id", "unit", "begun_on", "plan"),
)
evidence.register(DecisionCompletion, kind="decision_completion", columns=(*RECORD_COLUMNS, "finished_on", "outcome"))
