"""Who carries a decision out, and what was reported; of the run that is in force."""

from sqlalchemy import select

from participation.decisions import runs
from participation.decisions.models import Decision
from participation.decisions.models.execution import DecisionCompletion, DecisionExecution
from participation.decisions.models.progress_report import DecisionProgressReport, DecisionQuarter
from participation.decisions.quarters import Quarter
from participation.extensions import db


def execution_of(decision: Decision) -> DecisionExecution | None:
    """The execution of the run that is in force: while a change of substance is under way, that is an
    earlier one, and it goes on."""
    return db.session.scalar(
        select(DecisionExecution).filter_by(decision_id=decision.id, round=runs.in_force(decision), set_aside_at=None)
    )


def executing_unit(decision: Decision) -> int | None:
    """The department that comments on the decision go to: the one that carries it out, else the one in the
    lead (713号 art. 35)."""
    found = execution_of(decision)
    return found.department_id if found is not None else decision.lead_department_id


def quarters_of(execution: DecisionExecution) -> list[DecisionQuarter]:
    rows = select(DecisionQuarter).filter_by(
        decision_id=execution.decision_id, round=execution.round, set_aside_at=None
    )
    return list(db.session.scalars(rows.order_by(DecisionQuarter.year, DecisionQuarter.quarter)))


def reports_of(decision_id: int, round_: int) -> list[DecisionProgressReport]:
    """The newest first."""
    rows = select(DecisionProgressReport).filter_by(decision_id=decision_id, round=round_, set_aside_at=None)
    newest = (DecisionProgressReport.to_on.desc(), DecisionProgressReport.id.desc())
    return list(db.session.scalars(rows.order_by(*newest)))


def reported_quarters(execution: DecisionExecution) -> set[Quarter]:
    return {
        Quarter(row.quarter.year, row.quarter.quarter)
        for row in reports_of(execution.decision_id, execution.round)
        if row.quarter is not None
    }


def under_way() -> list[int]:
    """Decisions whose execution has begun and is not set aside: the clock looks at their quarters."""
    done = select(DecisionCompletion.decision_id).where(
        DecisionCompletion.set_aside_at.is_(None),
        DecisionCompletion.decision_id == DecisionExecution.decision_id,
        DecisionCompletion.round == DecisionExecution.round,
    )
    rows = (
        select(DecisionExecution.decision_id)
        .join(Decision, Decision.id == DecisionExecution.decision_id)
        .where(
            DecisionExecution.set_aside_at.is_(None),
            ~done.exists(),
            Decision.removed_at.is_(None),
            Decision.stage.not_in(("closed", "terminated")),
        )
    )
    return list(db.session.scalars(rows.distinct().order_by(DecisionExecution.decision_id)))
