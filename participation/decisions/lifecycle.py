"""A decision's life as one table, and the one place that says no. Pure.

Buttons, POST handlers and tests ask `refusal()`; the database repeats the stages as CHECKs. What each
step needs before it stands in `steps.STEPS`, what else the law asks for an act in `gates.GATES`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from participation.access import Actor, Capability
from participation.decisions import gates
from participation.decisions.facts import DecisionFacts
from participation.decisions.gates import SETTLED
from participation.decisions.steps import STEPS
from participation.errors import N_, Refused

__all__ = ["RUNNING", "SETTLED", "STAGES", "STEPS", "STEP_STATES", "TRANSITIONS", "DecisionFacts", "Transition", "Wish"]

ART_33, ART_37 = "国务院令第713号 第三十三条", "国务院令第713号 第三十七条"
STAGES: dict[str, str] = {key: step.label for key, step in STEPS.items()} | {
    "suspended": N_("Suspended"),
    "terminated": N_("Ended without a decision"),
    "closed": N_("Closed, with its dossier filed"),
}
STEP_STATES = ("now", "done", "not_public", "not_applicable")
RUNNING = frozenset(STEPS)
BEGUN = frozenset({"drafting", "participation", "expert", "risk"})
"""What can be said to have begun without more; every other step begins and ends with its records."""


@dataclass(frozen=True)
class Transition:
    """One row of the table: from where, to which stage ("" keeps it), and who may."""

    sources: frozenset[str]
    target: str
    capability: Capability
    of_lead: bool = True


_ORDER = tuple(STEPS)
_FREE = frozenset({"participation", "expert", "risk"})


def _sources(step: str) -> frozenset[str]:
    """The stages in which a decision can stand when `step` is recorded: its own, the one before;
    the three without an order count as one place."""
    if step in _FREE:
        return _FREE | {"drafting"}
    if step == "legality":
        return _FREE | {"drafting", "legality"}
    if step == "executing":
        return frozenset({"published", "executing", "evaluated"})
    return frozenset({step, _ORDER[_ORDER.index(step) - 1]})


TRANSITIONS: Mapping[str, Transition] = {
    **{f"record:{step}": Transition(_sources(step), step, Capability.ANSWER) for step in _ORDER[1:]},
    "suspend": Transition(RUNNING, "suspended", Capability.MANAGE_CATALOGUE, of_lead=False),
    "resume": Transition(frozenset({"suspended"}), "", Capability.MANAGE_CATALOGUE, of_lead=False),
    "terminate": Transition(
        frozenset({*_ORDER[: _ORDER.index("published")], "suspended"}),
        "terminated",
        Capability.MANAGE_CATALOGUE,
        of_lead=False,
    ),
    # What was recorded by mistake is undone by a new entry, as long as nothing was built on it.
    **{f"reverse:{step}": Transition(RUNNING | {"suspended"}, "", Capability.APPROVE) for step in _ORDER[1:]},
    # 713号 art. 37: a change of substance runs the procedure again.
    "rerun": Transition(
        frozenset({"published", "executing", "evaluated", "suspended"}),
        "started",
        Capability.MANAGE_CATALOGUE,
        of_lead=False,
    ),
    "close": Transition(frozenset({"executing", "evaluated"}), "closed", Capability.MANAGE_CATALOGUE, of_lead=False),
}
"""Whoever manages the catalogue may record steps as well: departments report on paper too."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants to record: the state of the step, its day, and why where a reason is due."""

    state: str = "done"
    on: date | None = None
    ground: str = ""
    today: date | None = None
    reason: str = ""
    after: date | None = None


def refusal(action: str, facts: DecisionFacts, actor: Actor, wish: Wish | None = None) -> Refused | None:
    """Why `actor` may not do `action` now, or None when they may. Without a `wish` it answers whether the
    step may be begun (its page can be opened); with one also for what the form says and, where the step
    is to be settled, for every gate of the act."""
    rule = TRANSITIONS[action]
    return (
        _who(rule, facts, actor)
        or _when(action, rule, facts)
        or _what(action, facts, wish)
        or _records(action, facts, wish)
    )


def _who(rule: Transition, facts: DecisionFacts, actor: Actor) -> Refused | None:
    if actor.can(Capability.MANAGE_CATALOGUE):
        return None
    if rule.of_lead and facts.lead_department_id is not None and actor.can(rule.capability, facts.lead_department_id):
        return None
    if rule.of_lead:
        return Refused(
            "forbidden",
            N_("Only the unit in the lead and the government office may record this."),
            "国务院令第713号 第十一条",
        )
    return Refused("forbidden", N_("Only the government office may do this."), ART_37)


def work_refusal(facts: DecisionFacts, actor: Actor, capability: Capability = Capability.ANSWER) -> Refused | None:
    """Why this person may enter nothing about the decision now, whichever step it is for: what is prepared
    early, and what is added to a decision in force."""
    refused = _who(Transition(RUNNING, "", capability), facts, actor)
    if refused:
        return refused
    if facts.stage == "suspended":
        return Refused("wrong_time", N_("This decision is suspended. Resume it first."), ART_37)
    return _when("work", Transition(RUNNING, "", capability), facts)


def _when(action: str, rule: Transition, facts: DecisionFacts) -> Refused | None:
    if facts.stage == "terminated":
        return Refused("wrong_time", N_("This decision has ended. Enter a new item instead."), ART_37)
    if facts.stage == "closed":
        return Refused("wrong_time", N_("This decision is closed and its dossier is filed."), ART_33)
    if not facts.published:
        return Refused("wrong_time", STEPS["listed"].missing, "国务院令第713号 第三条")
    kind, _colon, step = action.partition(":")
    if kind == "record":
        return _when_recording(step, rule, facts)
    if kind == "reverse":
        return _when_undoing(step, facts)
    never_out = action == "rerun" and facts.steps.get("published") not in SETTLED
    if facts.stage not in rule.sources or never_out:
        return Refused("wrong_time", _OUT_OF_PLACE[action], ART_37)
    return gates.refusal("close", facts) if action == "close" else None


_OUT_OF_PLACE: Mapping[str, str] = {
    "work": N_("Start the decision and name its lead unit first."),
    "suspend": N_("A colleague was faster: look at the decision again."),
    "resume": N_("This decision is not suspended."),
    "terminate": N_("A published decision is not ended here: changing it runs the procedure again."),
    "rerun": N_("Only a published decision is changed by a new run. Before that, simply change the draft."),
    "close": N_("A decision is closed when it is carried out."),
}


def _when_recording(step: str, rule: Transition, facts: DecisionFacts) -> Refused | None:
    if facts.stage == "suspended":
        return Refused("wrong_time", N_("This decision is suspended. Resume it first."), ART_37)
    if facts.steps.get(step) in SETTLED:
        return Refused("wrong_time", N_("This step is recorded already; what is recorded stays."), STEPS[step].article)
    order = [gate for gate in gates.missing(step, facts) if gate.needed]
    if order:
        return order[0].refused()
    if facts.stage not in rule.sources:
        return Refused("wrong_time", N_("A colleague was faster: look at the decision again."), STEPS[step].article)
    return None


def _records(action: str, facts: DecisionFacts, wish: Wish | None) -> Refused | None:
    """What is only begun, or does not apply, keeps its place in the order; what is settled has its records."""
    kind, _colon, step = action.partition(":")
    if kind != "record" or wish is None or wish.state not in ("done", "not_public"):
        return None
    return gates.refusal(step, facts) or _behind(step, facts)


def _behind(step: str, facts: DecisionFacts) -> Refused | None:
    """713号 art. 33: who decided to start, and how the matter was studied, is on record."""
    if step in ("started", "drafting") and step not in facts.behind:
        return elsewhere(step)
    return None


def elsewhere(step: str) -> Refused:
    return Refused(
        "wrong_time",
        N_("Record this on the page of the step, with everything that the law asks for."),
        STEPS[step].article,
    )


def _when_undoing(step: str, facts: DecisionFacts) -> Refused | None:
    if step not in facts.steps:
        return Refused("wrong_time", N_("This step is not recorded, so there is nothing to undo."), ART_33)
    if step == "published":
        return Refused(
            "wrong_time", N_("What is published stays. A change of substance runs the procedure again."), ART_37
        )
    if any(later in facts.steps for later in _ORDER if step in gates.before(later)):
        return Refused("wrong_time", N_("A later step builds on this one. Undo that one first."), ART_33)
    return None


def _what(action: str, facts: DecisionFacts, wish: Wish | None) -> Refused | None:
    if wish is None:
        return None
    if not action.startswith("record:"):
        if action not in ("resume", "close") and not wish.reason.strip():
            return Refused("invalid", N_("Write the reason; it is shown to the public."), ART_37, field="reason")
        return None
    return _state(action.removeprefix("record:"), facts, wish) or _day(wish)


def _state(key: str, facts: DecisionFacts, wish: Wish) -> Refused | None:
    step = STEPS[key]
    if wish.state not in STEP_STATES:
        return Refused("invalid", N_("Choose how the step stands."), field="state")
    if wish.state == "not_applicable" and not step.may_be_skipped:
        return Refused("invalid", N_("No decision may do without this step."), step.article, field="state")
    if wish.state == "not_applicable" and facts.procedures.get(key) == "applicable":
        return Refused(
            "invalid",
            N_("The catalogue says that this procedure applies. Adjust the catalogue first, with the reason."),
            step.article,
            field="state",
        )
    if wish.state == "not_applicable" and key == "participation" and facts.consultations:
        return Refused(
            "invalid",
            N_("A consultation belongs to this decision, so participation applies."),
            step.article,
            field="state",
        )
    # 政府信息公开条例 art. 14-16: what is not public stands there with its ground.
    if wish.state in ("not_public", "not_applicable") and not wish.ground.strip():
        return Refused(
            "invalid",
            N_("Write why it does not apply.")
            if wish.state == "not_applicable"
            else N_("Write on what ground it is not public."),
            step.article if wish.state == "not_applicable" else "政府信息公开条例第十四至十六条",
            field="ground",
        )
    # 713号 art. 32: except what by law is not public.
    if key == "published" and wish.state == "not_public" and facts.text_attribute != "not_public":
        return Refused("invalid", N_("A decision that is published is public."), step.article, field="state")
    return None


def _day(wish: Wish) -> Refused | None:
    if wish.state == "not_applicable":
        return None
    if wish.on is None:
        return Refused("invalid", N_("Write the day, like 2026-12-02."), field="on")
    if wish.today is not None and wish.on > wish.today:
        return Refused("invalid", N_("This day is still to come. Record the step when it has happened."), field="on")
    if wish.after is not None and wish.on < wish.after:
        return Refused("invalid", N_("This day lies before the step it follows."), field="on")
    return None


def stage_after(step: str, state: str, stage: str) -> str:
    """Where the decision stands once `step` is recorded so: never further back than it was, except
    that a step without order does not overtake."""
    if state == "not_applicable":
        return stage
    return step if _ORDER.index(step) >= _ORDER.index(stage) else stage


def stage_of(steps: Mapping[str, str]) -> str:
    """Where a decision with these recorded steps stands: at the last that applies."""
    recorded = [step for step in _ORDER if steps.get(step) not in (None, "not_applicable")]
    return recorded[-1] if recorded else "listed"


def possible(facts: DecisionFacts, actor: Actor) -> list[str]:
    """The steps that `actor` can record now, in the order of the chain."""
    return [step for step in _ORDER[1:] if refusal(f"record:{step}", facts, actor) is None]
