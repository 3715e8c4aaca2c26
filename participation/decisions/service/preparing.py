"""What is possible between the start of a decision and the submission of its papers."""

from participation.access import Actor
from participation.decisions import lifecycle, queries
from participation.decisions.lifecycle import SETTLED, STEPS
from participation.decisions.models import Decision
from participation.decisions.service.permission import check_version
from participation.errors import N_, Refused


def refusal(decision: Decision, actor: Actor, *, after: str) -> Refused | None:
    """Why an act that belongs to no single step cannot be recorded now: it follows `after` and comes
    before the meeting."""
    facts = queries.facts_of(decision)
    refused = lifecycle.refusal("record:deliberation", facts, actor)
    if refused is not None and refused.code == "forbidden":
        return refused
    if facts.stage not in lifecycle.RUNNING:
        return refused
    if facts.steps.get(after) not in SETTLED:
        return Refused("wrong_time", STEPS[after].missing, STEPS[after].article)
    if facts.steps.get("deliberation") in SETTLED or facts.package:
        return Refused(
            "wrong_time",
            N_("The papers are with the meeting; nothing is added to them."),
            STEPS["deliberation"].article,
        )
    return None


def check_preparing(decision: Decision, *, after: str, seen: int | None, actor: Actor) -> None:
    refused = refusal(decision, actor, after=after)
    if refused:
        raise refused
    check_version(decision, seen)
