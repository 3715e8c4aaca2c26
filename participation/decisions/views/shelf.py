"""The papers of a decision, step by step, for the desk page: what is there and what still has to come."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from participation.access import Actor
from participation.decisions import papers as rules
from participation.decisions.models import Decision, DecisionPaper
from participation.decisions.papers import PaperRole
from participation.decisions.queries import papers as queries
from participation.decisions.service import papers
from participation.decisions.steps import STEPS, Step


@dataclass(frozen=True)
class Shelf:
    """One step: its papers, and the roles that are needed and not there."""

    key: str
    step: Step
    papers: tuple[DecisionPaper, ...]
    missing: tuple[tuple[str, PaperRole], ...]


@dataclass(frozen=True)
class Shelves:
    rows: tuple[Shelf, ...]
    may_enter: bool
    sees: bool
    roles: Mapping[str, PaperRole] = field(default_factory=lambda: rules.PAPER_ROLES)


def shelves_of(decision: Decision, actor: Actor) -> Shelves:
    """The shelves that hold something, or still have to, in the order of the chain."""
    found = queries.of(decision.id, round=decision.round, actor=actor)
    there = {row.role for row in found if row.taken_back_at is None}
    rows = []
    for key, step in STEPS.items():
        own = tuple(row for row in found if row.step == key)
        missing = tuple(
            (role, rules.PAPER_ROLES[role])
            for role in rules.roles_of(key)
            if rules.PAPER_ROLES[role].needed and role not in there and _applies(decision, key)
        )
        if own or missing:
            rows.append(Shelf(key, step, own, missing))
    may = rules.refusal("enter", papers.new_facts(decision), actor) is None
    return Shelves(tuple(rows), may, queries.sees_inside(actor, decision))


def _applies(decision: Decision, step: str) -> bool:
    if decision.state_of(step) == "not":
        return False
    return not any(row.step == step and row.state == "not_applicable" for row in decision.steps)
