"""The assessment of a decision in force: why and by whom, and what came out."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.decisions.aftermath import ASSESSORS, CAUSES, CONCLUSIONS
from participation.decisions.models.paper import DecisionPaper
from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.evidence import service as evidence
from participation.extensions import db

_SET_ASIDE = "(set_aside_at IS NULL) = (set_aside_reason = '')"


def _one_of(column: str, values: object) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"  # type: ignore[attr-defined]


class DecisionEvaluation(StepRecord, db.Model):
    """713号 art. 36. `assessor` is the organisation, `people` the experts who do it, one a line; none of them did
    the main argument or assessment before the decision. The experts' names stay inside."""

    __tablename__ = "decision_evaluation"
    __table_args__ = (
        CheckConstraint(_one_of("cause", CAUSES), name="cause_known"),
        CheckConstraint(_one_of("assessor_kind", ASSESSORS), name="assessor_known"),
        CheckConstraint("assessor <> ''", name="assessor_named"),
        CheckConstraint(_SET_ASIDE, name="set_aside_with_reason"),
        Index("ix_decision_evaluation_run", "decision_id", "round"),
    )

    STEP = "evaluated"

    id: Mapped[int] = mapped_column(primary_key=True)
    cause: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text)
    assessor_kind: Mapped[str] = mapped_column(String(12))
    assessor: Mapped[str] = mapped_column(String(120))
    people: Mapped[str] = mapped_column(Text, default="")
    method: Mapped[str] = mapped_column(Text)
    begun_on: Mapped[date]


class DecisionEvaluationResult(StepRecord, db.Model):
    """What the assessment found; `heard` says how people, deputies and associations took part."""

    __tablename__ = "decision_evaluation_result"
    __table_args__ = (
        CheckConstraint(_one_of("conclusion", CONCLUSIONS), name="conclusion_known"),
        CheckConstraint(_SET_ASIDE, name="set_aside_with_reason"),
    )

    STEP = "evaluated"

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("decision_evaluation.id"), index=True)
    finished_on: Mapped[date]
    heard: Mapped[str] = mapped_column(Text)
    findings: Mapped[str] = mapped_column(Text)
    conclusion: Mapped[str] = mapped_column(String(10))
    advice: Mapped[str] = mapped_column(Text, default="")
    paper_id: Mapped[int] = mapped_column(ForeignKey("decision_paper.id"))
    evaluation: Mapped[DecisionEvaluation] = relationship(lazy="joined")
    paper: Mapped[DecisionPaper] = relationship(lazy="joined")


evidence.register(
    DecisionEvaluation,
    kind="decision_evaluation",
    columns=(*RECORD_COLUMNS, "cause", "reason", "assessor_kind", "assessor", "method", "begun_on"),
    personal=("people",),
)
evidence.register(
    DecisionEvaluationResult,
    kind="decision_evaluation_result",
    columns=(
        *RECORD_COLUMNS, "evaluation_id", "finished_on", "heard", "findings", "conclusion", "advice", "paper_id",
    ),
)  # fmt: skip
