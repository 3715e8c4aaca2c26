"""Decisions in force are matters that anybody may write about (713号 art. 35); the mailbox takes the letters."""

from participation.accounts import queries as accounts
from participation.decisions import queries, runs
from participation.decisions.models import Decision
from participation.decisions.queries.execution import executing_unit
from participation.duties.matters import Matter, register_matter

KIND = "decision"


def takes_letters(decision: Decision) -> bool:
    """Whether a text of this decision is in force, also while it is suspended, changed or closed."""
    return decision.published and decision.removed_at is None and runs.in_force(decision) > 0


def find(decision_id: int) -> Matter | None:
    """The decision with the unit that carries it out, else the one in the lead, else the government office."""
    found = queries.decision(decision_id)
    if found is None or not takes_letters(found):
        return None
    return Matter(
        kind=KIND,
        id=found.id,
        title=found.title,
        url=f"/decisions/{found.id}",
        department_id=executing_unit(found) or accounts.government_office().id,
    )


def register() -> None:
    register_matter(KIND, find)
