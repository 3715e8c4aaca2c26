"""What a decision asks before a comment period about it opens (713号 art. 10-15)."""

from typing import Any

from participation.consultations.rules.checklist import Check
from participation.decisions import gates
from participation.decisions.facts import OpeningFacts
from participation.decisions.lifecycle import RUNNING, SETTLED
from participation.decisions.models import Decision
from participation.errors import N_
from participation.extensions import db

_DRAFTED = next(gate for gate in gates.of("open_consultation") if gate.key == "opening.drafted")


def checks_of(consultation: Any) -> list[Check]:
    """The line that consultations add to their list: draft, explanation, ways and period they ask
    themselves. A decision may have several comment periods, as long as it is before the meeting."""
    if consultation.decision_id is None:
        return []
    decision = db.session.get(Decision, consultation.decision_id)
    if decision is None:
        return []
    if not _DRAFTED.holds(OpeningFacts(drafted=drafted(decision))):
        title = N_("The decision has no recorded draft yet")
        return [Check("decision", "no", title, _DRAFTED.message, _DRAFTED.article)]
    return [Check("decision", "ok", _DRAFTED.title, "", _DRAFTED.article)]


def drafted(decision: Decision) -> bool:
    """Whether the decision was started, has its draft, and is neither stopped nor with the meeting."""
    states = {row.step: row.state for row in decision.steps}
    ready = all(states.get(step) in SETTLED for step in ("started", "drafting"))
    return ready and decision.stage in RUNNING and decision.removed_at is None
