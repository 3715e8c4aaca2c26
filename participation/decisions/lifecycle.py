"""A decision's life as one table, and the one place that says no. Pure.

Buttons, POST handlers and tests ask `refusal()`; the database repeats the stages as CHECKs. What each
step needs before it stands in `steps.STEPS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from participation.access import Actor, Capability
from participation.decisions.steps import STEPS
from participation.errors import N_, Refused

STAGES: dict[str, str] = {key: step.label for key, step in STEPS.items()} | {
    "suspended": N_("Suspended"),
    "terminated": N_("Ended without a decision"),
}
SETTLED = frozenset({"done", "not_public", "not_applicable"})
STEP_STATES = ("now", "done", "not_public", "not_applicable")
RUNNING = frozenset(STEPS)


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
    return frozenset({step, _ORDER[_ORDER.index(step) - 1]})


TRANSITIONS: Mapping[str, Transition] = {
    **{f"record:{step}": Transition(_sources(step), step, Capability.ANSWER) for step in _ORDER[1:]},
    "suspend": Transition(RUNNING - {"evaluated"}, "suspended", Capability.MANAGE_CATALOGUE, of_lead=False),
    "resume": Transition(frozenset({"suspended"}), "", Capability.MANAGE_CATALOGUE, of_lead=False),
    "terminate": Transition(
        frozenset({*_ORDER[: _ORDER.index("published")], "suspended"}),
        "terminated",
        Capability.MANAGE_CATALOGUE,
        of_lead=False,
    ),
}
"""Whoever manages the catalogue may record steps as well: departments report on paper too."""


@dataclass(frozen=True)
class DecisionFacts:
    """What `refusal` needs to know. `steps` are the recorded states; `consultations` how many are
    linked, `unanswered` how many of them have no published feedback yet."""

    stage: str
    steps: Mapping[str, str] = field(default_factory=dict)
    lead_department_id: int | None = None
    published: bool = True
    consultations: int = 0
    unanswered: int = 0


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
    """Why `actor` may not do `action` now, or None when they may. Without a `wish` it answers for
    the button; with one also for what the form says."""
    rule = TRANSITIONS[action]
    return _who(rule, facts, actor) or _when(action, rule, facts) or _what(action, facts, wish)


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
    return Refused("forbidden", N_("Only the government office may do this."), "国务院令第713号 第三十七条")


def _when(action: str, rule: Transition, facts: DecisionFacts) -> Refused | None:
    if facts.stage == "terminated":
        return Refused(
            "wrong_time", N_("This decision has ended. Enter a new item instead."), "国务院令第713号 第三十七条"
        )
    if not facts.published:
        return Refused("wrong_time", STEPS["listed"].missing, "国务院令第713号 第三条")
    step = action.removeprefix("record:")
    if action.startswith("record:"):
        if facts.stage == "suspended":
            return Refused(
                "wrong_time", N_("This decision is suspended. Resume it first."), "国务院令第713号 第三十七条"
            )
        if facts.steps.get(step) in SETTLED:
            return Refused(
                "wrong_time", N_("This step is recorded already; what is recorded stays."), STEPS[step].article
            )
        missing = first_missing(step, facts.steps)
        if missing:
            return Refused("wrong_time", STEPS[missing].missing, STEPS[missing].article)
    if facts.stage not in rule.sources:
        if action == "resume":
            return Refused("wrong_time", N_("This decision is not suspended."), "国务院令第713号 第三十七条")
        if action == "terminate":
            return Refused(
                "wrong_time",
                N_("A published decision is not ended here: changing it runs the procedure again."),
                "国务院令第713号 第三十七条",
            )
        return Refused(
            "wrong_time",
            N_("A colleague was faster: look at the decision again."),
            STEPS.get(step, STEPS["listed"]).article,
        )
    return _gates(step, facts)


def first_missing(step: str, steps: Mapping[str, str]) -> str | None:
    """The first step, in the order of the chain, that must be settled before `step` and is not."""
    for needed in STEPS[step].needs:
        if needed == "listed":
            continue
        deeper = first_missing(needed, steps)
        if deeper:
            return deeper
        if steps.get(needed) not in SETTLED:
            return needed
    return None


def _gates(step: str, facts: DecisionFacts) -> Refused | None:
    # 713号 art. 18 and 29(2): what became of the comments goes to the meeting.
    if step in ("deliberation", "published") and facts.unanswered:
        return Refused(
            "wrong_time",
            N_("Publish what became of the comments first; the meeting needs that report."),
            "国务院令第713号 第十八、二十九条",
        )
    return None


def _what(action: str, facts: DecisionFacts, wish: Wish | None) -> Refused | None:
    if wish is None:
        return None
    if not action.startswith("record:"):
        if action in ("suspend", "terminate") and not wish.reason.strip():
            return Refused(
                "invalid",
                N_("Write the reason; it is shown to the public."),
                "国务院令第713号 第三十七条",
                field="reason",
            )
        return None
    return _state(action.removeprefix("record:"), facts, wish) or _day(wish)


def _state(key: str, facts: DecisionFacts, wish: Wish) -> Refused | None:
    step = STEPS[key]
    if wish.state not in STEP_STATES:
        return Refused("invalid", N_("Choose how the step stands."), field="state")
    if wish.state == "not_applicable" and not step.may_be_skipped:
        return Refused("invalid", N_("No decision may do without this step."), step.article, field="state")
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
    if key == "participation" and wish.state in ("done", "not_public") and facts.unanswered:
        return Refused(
            "wrong_time",
            N_("Publish what became of the comments first; then this step is done."),
            "国务院令第713号 第十八条",
            field="state",
        )
    if key == "published" and wish.state == "not_public":
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


def possible(facts: DecisionFacts, actor: Actor) -> list[str]:
    """The steps that `actor` can record now, in the order of the chain."""
    return [step for step in _ORDER[1:] if refusal(f"record:{step}", facts, actor) is None]
