# ruff: noqa: E501 - rows of tables read better in one line
"""The table of a decision's life: nothing the law puts first can be skipped."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.access import ANYONE, PostHeld, Role, actor_for
from participation.decisions import gates
from participation.decisions.lifecycle import (
    SETTLED,
    STAGES,
    STEP_STATES,
    STEPS,
    TRANSITIONS,
    DecisionFacts,
    Wish,
    possible,
    refusal,
    stage_after,
)

OFFICE = actor_for(person_id=1, name="孙丽", posts=(PostHeld(1, 1, Role.OFFICE),), is_citizen=False)
LEAD = actor_for(person_id=2, name="李明", posts=(PostHeld(2, 7, Role.OFFICER),), is_citizen=False)
OTHER = actor_for(person_id=3, name="赵敏", posts=(PostHeld(3, 8, Role.OFFICER),), is_citizen=False)
RECORDED = tuple(STEPS)[1:]
TODAY = date(2026, 11, 23)


ROLES = ("draft", "risk_report", "legality_opinion", "fair_competition", "decision_text")
RECORDS = {
    "means": 1, "papers": dict.fromkeys(ROLES, "published"), "expert_opinions": 3, "expert_adoption": True,
    "risk_level": "low", "risk_points": 4, "legality": "lawful", "package": True, "meeting": "approved",
    "text_attribute": "public", "text_reviews": frozenset({"secrecy", "personal"}), "interpretation": "ready",
    "reviewed_draft": True, "risk_same_draft": True, "execution": True, "completion": True, "evaluation": "done", "dossier_filed": True,
    "behind": frozenset({"started", "drafting"}),
}  # fmt: skip
"""Every record that the gates ask for."""


def facts(stage: str, *settled: str, **rest) -> DecisionFacts:
    return DecisionFacts(stage=stage, steps=dict.fromkeys(settled, "done"), lead_department_id=7, **{**RECORDS, **rest})


def test_every_transition_leads_to_a_stage_that_exists():
    for rule in TRANSITIONS.values():
        assert rule.sources <= set(STAGES)
        assert rule.target == "" or rule.target in STAGES


@pytest.mark.parametrize(
    ("step", "stage", "settled", "article"),
    [
        ("drafting", "listed", (), "国务院令第713号 第十、十一条"),
        ("participation", "started", ("started",), "国务院令第713号 第十二、十三条"),
        ("legality", "drafting", ("started", "drafting"), "国务院令第713号 第十四至十八条"),
        ("legality", "participation", ("started", "drafting", "participation"), "国务院令第713号 第十九至二十一条"),
        ("legality", "expert", ("started", "drafting", "participation", "expert"), "国务院令第713号 第二十二至二十四条"),
        ("deliberation", "risk", ("started", "drafting", "participation", "expert", "risk"), "国务院令第713号 第二十五至二十八条"),
        ("published", "legality", ("started", "drafting", "participation", "expert", "risk", "legality"), "国务院令第713号 第二十九至三十一条"),
        ("evaluated", "listed", (), "国务院令第713号 第十、十一条"),
    ],
)  # fmt: skip
def test_a_step_names_what_is_missing_before_it(step, stage, settled, article):
    refused = refusal(f"record:{step}", facts(stage, *settled), LEAD)
    assert refused is not None
    assert (refused.code, refused.basis) == ("wrong_time", article)


def test_nothing_moves_before_the_catalogue_is_published():
    refused = refusal("record:started", facts("listed", published=False), OFFICE)
    assert refused is not None
    assert (refused.code, refused.basis) == ("wrong_time", "国务院令第713号 第三条")


def test_the_meeting_needs_the_report_on_the_comments():
    before = ("started", "drafting", "participation", "expert", "risk", "legality")
    refused = gates.refusal("package", facts("legality", *before, consultations=1, unanswered=1))
    assert refused is not None
    assert refused.basis == "国务院令第713号 第十八、二十九条（二）"
    assert gates.refusal("package", facts("legality", *before, consultations=1)) is None


def test_participation_is_not_done_while_comments_have_no_answer():
    here = facts("participation", "started", "drafting", consultations=1, unanswered=1)
    refused = refusal("record:participation", here, LEAD, Wish(on=TODAY, today=TODAY))
    assert refused is not None
    assert refused.code == "wrong_time"
    assert refusal("record:participation", here, LEAD, Wish(state="now", on=TODAY, today=TODAY)) is None


def test_experts_and_risk_may_come_before_participation():
    here = facts("drafting", "started", "drafting")
    assert possible(here, LEAD) == ["participation", "expert", "risk"]


@pytest.mark.parametrize("step", ["legality", "deliberation", "drafting", "published"])
def test_no_decision_does_without_these(step):
    before = list(STEPS)[1 : list(STEPS).index(step)]
    stage = before[-1] if before else "listed"
    refused = refusal(f"record:{step}", facts(stage, *before), LEAD, Wish(state="not_applicable", ground="不需要"))
    assert refused is not None
    assert (refused.code, refused.field) == ("invalid", "state")


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (Wish(state="not_applicable"), "ground"),
        (Wish(state="not_public", on=TODAY), "ground"),
        (Wish(state="done"), "on"),
        (Wish(state="done", on=date(2026, 11, 24), today=TODAY), "on"),
        (Wish(state="done", on=date(2026, 7, 1), today=TODAY, after=date(2026, 7, 2)), "on"),
        (Wish(state="maybe", on=TODAY), "state"),
    ],
)
def test_what_the_form_must_say(wish, field):
    refused = refusal("record:expert", facts("drafting", "started", "drafting"), LEAD, wish)
    assert refused is not None
    assert (refused.code, refused.field) == ("invalid", field)


def test_only_the_lead_and_the_office_record_steps():
    here = facts("listed")
    assert refusal("record:started", here, LEAD) is None
    assert refusal("record:started", here, OFFICE) is None
    for actor in (OTHER, ANYONE):
        refused = refusal("record:started", here, actor)
        assert refused is not None
        assert refused.code == "forbidden"


def test_suspending_and_ending_are_the_offices_and_want_a_reason():
    here = facts("drafting", "started", "drafting")
    for action in ("suspend", "terminate"):
        lead, office = refusal(action, here, LEAD), refusal(action, here, OFFICE, Wish())
        assert lead is not None
        assert lead.code == "forbidden"
        assert office is not None
        assert office.field == "reason"
        assert refusal(action, here, OFFICE, Wish(reason="情况紧急")) is None
    assert refusal("resume", facts("suspended"), OFFICE) is None


def test_a_published_decision_is_not_ended():
    refused = refusal("terminate", facts("executing"), OFFICE, Wish(reason="不办了"))
    assert refused is not None
    assert refused.basis == "国务院令第713号 第三十七条"


acts = st.lists(
    st.tuples(
        st.sampled_from([*(f"record:{step}" for step in RECORDED), "suspend", "resume", "terminate"]),
        st.sampled_from(STEP_STATES),
        st.integers(0, 1),
    ),
    max_size=60,
)


@given(acts)
@settings(max_examples=300, deadline=None)
def test_whatever_is_tried_in_any_order_the_chain_is_never_skipped(tries):
    stage, before, steps = "listed", "", {}
    for action, state, unanswered in tries:
        here = DecisionFacts(stage, dict(steps), 7, True, unanswered, unanswered, **RECORDS)
        wish = Wish(state=state, on=TODAY, ground="依据", today=TODAY, reason="理由")
        if refusal(action, here, OFFICE, wish) is not None:
            continue
        if action == "suspend":
            stage, before = "suspended", stage
        elif action == "resume":
            stage, before = before, ""
        elif action == "terminate":
            stage = "terminated"
        else:
            step = action.removeprefix("record:")
            assert all(gate.holds(here) for gate in gates.of(step) if gate.needed)
            steps[step] = state
            stage = stage_after(step, state, stage)
        assert stage in STAGES
    settled = {step for step, state in steps.items() if state in SETTLED}
    for step in steps:
        assert all(needed == "listed" or needed in settled for needed in STEPS[step].needs), steps
    assert steps.get("legality") != "not_applicable"


def test_the_whole_way_can_be_gone():
    stage, steps = "listed", {}
    for step in RECORDED:
        here = DecisionFacts(stage, dict(steps), 7, **RECORDS)
        assert refusal(f"record:{step}", here, LEAD, Wish(on=TODAY, today=TODAY)) is None
        steps[step] = "done"
        stage = stage_after(step, "done", stage)
        assert stage == step
    assert possible(DecisionFacts(stage, steps, 7), LEAD) == []


def test_without_experts_risk_and_participation_the_legality_review_still_comes():
    stage, steps = "drafting", {"started": "done", "drafting": "done"}
    for step in ("participation", "expert", "risk"):
        assert (
            refusal(f"record:{step}", DecisionFacts(stage, dict(steps), 7), LEAD, Wish("not_applicable", ground="理由"))
            is None
        )
        steps[step] = "not_applicable"
        stage = stage_after(step, "not_applicable", stage)
    assert stage == "drafting"
    assert refusal("record:legality", DecisionFacts(stage, steps, 7), LEAD) is None
