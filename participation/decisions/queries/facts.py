"""What the lifecycle and the gates need to know of a decision now, read from its records."""

from typing import Any

from participation.decisions import comment_periods, runs
from participation.decisions.facts import DecisionFacts
from participation.decisions.models import Decision
from participation.decisions.queries import after, before


def facts_of(found: Decision) -> DecisionFacts:
    """The facts of the present run. Each record's package adds its own part below: a dictionary of
    `DecisionFacts` fields."""
    periods = runs.periods_of(found, comment_periods.of({found.id}).get(found.id, []))
    parts: dict[str, Any] = {}
    for part in PARTS:
        parts |= part(found)
    return DecisionFacts(
        stage=found.stage,
        steps={row.step: row.state for row in found.steps},
        lead_department_id=found.lead_department_id,
        published=found.published and found.removed_at is None,
        consultations=len(periods),
        unanswered=sum(1 for period in periods if not period.answered),
        round=found.round,
        earlier=frozenset(row.step for row in found.steps if row.earlier),
        procedures={key: str(value.get("state", "unknown")) for key, value in (found.procedures or {}).items()},
        hearing=found.hearing,
        **parts,
    )


PARTS: tuple[Any, ...] = (before.part, after.part)
"""Functions of a decision that each answer a dictionary of facts."""
