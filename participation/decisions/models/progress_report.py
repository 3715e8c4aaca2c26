"""The quarters for which progress is owed, and the reports."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.decisions.models.decision import Decision
from participation.decisions.models.paper import DecisionPaper
from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.evidence import service as evidence
from participation.extensions import db

_STANDING = text("set_aside_at IS NULL")
_SET_ASIDE = "(set_aside_at IS NULL) = (set_aside_reason = '')"


class DecisionQuarter(StepRecord, db.Model):
    """A quarter that has ended and whose report is owed; the clock enters it, and the duty is about it."""

    __tablename__ = "decision_quarter"
    __table_args__ = (
        CheckConstraint("quarter BETWEEN 1 AND 4 AND year BETWEEN 2000 AND 2100", name="quarter_known"),
        CheckConstraint(_SET_ASIDE, name="set_aside_with_reason"),
        Index(
            "uq_decision_quarter_standing", "decision_id", "round", "year", "quarter", unique=True,
            sqlite_where=_STANDING, postgresql_where=_STANDING,
        ),
    )  # fmt: skip

    STEP = "executing"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    quarter: Mapped[int]
    decision: Mapped[Decision] = relationship()


class DecisionProgressReport(StepRecord, db.Model):
    """What was done from one day to another. One with a `quarter_id` is the quarter's report; one without is
    the unit's report of a difficulty (713号 art. 35), at any time, which says what the `problems` are.
    `figures` are {"name", "value"} as the unit gives them; `paper_id` a paper of the decision."""

    __tablename__ = "decision_progress_report"
    __table_args__ = (
        CheckConstraint("from_on <= to_on", name="days_in_order"),
        CheckConstraint("quarter_id IS NOT NULL OR problems <> ''", name="why_between_quarters"),
        CheckConstraint(_SET_ASIDE, name="set_aside_with_reason"),
        Index(
            "uq_decision_progress_report_standing", "quarter_id", unique=True, sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )  # fmt: skip

    STEP = "executing"

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter_id: Mapped[int | None] = mapped_column(ForeignKey("decision_quarter.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    figures: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    problems: Mapped[str] = mapped_column(Text, default="")
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("decision_paper.id"))
    quarter: Mapped[DecisionQuarter | None] = relationship(lazy="joined")
    paper: Mapped[DecisionPaper | None] = relationship(lazy="joined")


evidence.register(DecisionQuarter, kind="decision_quarter", columns=(*RECORD_COLUMNS, "year", "quarter"))
evidence.register(
    DecisionProgressReport,
    kind="decision_progress_report",
    columns=(*RECORD_COLUMNS, "quarter_id", "from_on", "to_on", "text", "figures", "problems", "paper_id"),
)
