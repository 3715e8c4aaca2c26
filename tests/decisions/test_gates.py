"""Every gate stops its act when its condition fails, cites its article, and lets through what is complete."""

import dataclasses

import pytest

from participation.decisions import gates
from participation.decisions.facts import CatalogueFacts, DecisionFacts, OpeningFacts
from participation.decisions.steps import STEPS

ROLES = ("draft", "risk_report", "legality_opinion", "fair_competition", "decision_text")
COMPLETE = DecisionFacts(
    stage="executing",
    steps=dict.fromkeys(list(STEPS)[1:], "done"),
    lead_department_id=7,
    consultations=1,
    means=2,
    papers=dict.fromkeys(ROLES, "published"),
    hearing="applicable",
    hearings_held=1,
    survey_required=True,
    surveys_held=1,
    affects_business=True,
    business_heard=True,
    special_named=True,
    experts=3,
    expert_opinions=3,
    expert_adoption=True,
    risk_level="medium",
    risk_points=4,
    legality="lawful_with_changes",
    legality_changes_made=True,
    reviewed_draft=True,
    package=True,
    meeting="approved",
    text_attribute="public",
    text_reviews=frozenset({"secrecy", "personal"}),
    is_policy=True,
    interpretation="ready",
    execution=True,
    completion=True,
    evaluation="done",
    dossier_filed=True,
)
CATALOGUE = CatalogueFacts(items=3, government_approved=True, party_agreed=True)
OPENING = OpeningFacts(draft=True, explanation=True, ways=2, period=True, drafted=True)


def without(*roles: str) -> dict[str, object]:
    return {"papers": {role: "published" for role in ROLES if role not in roles}}


BROKEN: dict[str, dict[str, object]] = {
    "catalogue.items": {"items": 0},
    "catalogue.government": {"government_approved": False},
    "catalogue.party": {"party_agreed": False},
    "catalogue.leads": {"unnamed": 1},
    "catalogue.reasons": {"unreasoned": 1},
    "catalogue.survey": {"unsurveyed": 1},
    "started.after.listed": {"published": False},
    "started.lead": {"lead_department_id": None},
    "drafting.text": without("draft"),
    "drafting.changed": {"legality": "unlawful", "rejected_draft": True},
    "opening.drafted": {"drafted": False},
    "opening.draft": {"draft": False},
    "opening.explanation": {"explanation": False},
    "opening.ways": {"ways": 0},
    "opening.period": {"period": False},
    "participation.heard": {"consultations": 0, "means": 0},
    "participation.answered": {"unanswered": 1},
    "participation.means": {"means_open": 1},
    "participation.hearing": {"hearings_held": 0},
    "participation.special": {"special_unheard": frozenset({"elderly"})},
    "participation.survey": {"surveys_held": 0},
    "participation.business": {"business_heard": False},
    "expert.opinions": {"expert_opinions": 0},
    "expert.independent": {"experts_undeclared": 1},
    "expert.signed": {"experts_unsigned": 1},
    "risk.points": {"risk_unmeasured": 1},
    "risk.controllable": {"risk_level": "uncontrollable"},
    "legality.sent": {"legality": ""},
    "legality.lawful": {"legality": "unlawful"},
    "package.draft": without("draft"),
    "package.disputes": {"disputes_open": 1},
    "package.competition": without("fair_competition"),
    "package.same_draft": {"reviewed_draft": False},
    "package.comments": {"means_open": 1},
    "package.experts": {"expert_adoption": False},
    "package.risk": without("risk_report"),
    "package.legality": without("legality_opinion"),
    "package.changes": {"legality_changes_made": False},
    "deliberation.package": {"package": False},
    "deliberation.lawful": {"legality": "sent"},
    "deliberation.outcome": {"meeting": "deferred"},
    "published.approved": {"meeting": "rejected"},
    "published.text": without("decision_text"),
    "published.attribute": {"text_attribute": "not_public"},
    "published.secrecy": {"text_reviews": frozenset({"personal"})},
    "published.personal": {"text_reviews": frozenset({"secrecy"})},
    "published.interpretation": {"interpretation": "draft"},
    "executing.unit": {"execution": False},
    "executing.outcome": {"completion": False},
    "evaluated.assessor": {"evaluator_barred": True},
    "evaluated.findings": {"evaluation": "begun"},
    "close.dossier": {"dossier_filed": False},
}
"""What breaks exactly the gate of that key; the gates about the order are broken by the step they need."""


def complete(gate: gates.Gate) -> object:
    return {"publish_catalogue": CATALOGUE, "open_consultation": OPENING}.get(gate.act, COMPLETE)


def broken(gate: gates.Gate) -> object:
    changes = BROKEN.get(gate.key)
    if changes is None:
        needed = gate.needed or "executing"
        changes = {"steps": {key: value for key, value in COMPLETE.steps.items() if key != needed}}
    return dataclasses.replace(complete(gate), **changes)


blocking = pytest.mark.parametrize("gate", [gate for gate in gates.GATES if gate.blocks], ids=lambda gate: gate.key)


@blocking
def test_a_broken_gate_is_missing_and_names_its_article(gate):
    assert gate in gates.missing(gate.act, broken(gate))
    refused = gates.refusal(gate.act, broken(gate))
    assert refused is not None
    assert refused.code == "wrong_time"
    assert refused.basis != ""
    assert gate.article.startswith(("国务院令第713号", "山东省", "政府信息公开条例", "个人信息保护法", "周政办字"))


@pytest.mark.parametrize("act", gates.ACTS)
def test_what_is_complete_passes(act):
    facts = {"publish_catalogue": CATALOGUE, "open_consultation": OPENING}.get(act, COMPLETE)
    assert gates.missing(act, facts) == []
    assert {check.state for check in gates.checks(act, facts)} <= {"ok", "na"}


@pytest.mark.parametrize("act", [act for act in gates.ACTS if act not in ("publish_catalogue", "open_consultation")])
def test_what_is_not_known_keeps_every_gate_shut(act):
    assert gates.missing(act, DecisionFacts(stage="listed", published=False)) != []


def test_every_gate_has_a_name_of_its_own_and_belongs_to_an_act():
    keys = [gate.key for gate in gates.GATES]
    assert len(keys) == len(set(keys))
    assert {gate.act for gate in gates.GATES} == set(gates.ACTS)


def test_a_procedure_that_does_not_apply_is_not_asked_for():
    spared = dataclasses.replace(
        DecisionFacts(stage="drafting", lead_department_id=7, papers={"draft": "draft"}),
        steps={"started": "done", "drafting": "done"},
        procedures={"participation": "not", "expert": "not", "risk": "not"},
    )
    for act in ("participation", "expert", "risk"):
        assert gates.missing(act, spared) == []


def test_what_is_missing_is_drawn_first():
    states = [check.state for check in gates.checks("package", dataclasses.replace(COMPLETE, **without("risk_report")))]
    assert states[0] == "no"
    assert states.count("no") == 1


def test_the_first_thing_to_do_is_named_before_what_builds_on_it():
    keys = [gate.key for gate in gates.missing("legality", DecisionFacts(stage="listed", lead_department_id=7))]
    assert keys[0] == "drafting.after.started"


def test_papers_from_before_the_gates_are_not_asked_for_again():
    moved_in = dataclasses.replace(
        COMPLETE, legality="", papers={"draft": "draft"}, earlier=frozenset({"legality", "risk", "expert"})
    )
    keys = [gate.key for gate in gates.missing("package", moved_in)]
    assert keys == ["package.competition"]


def test_a_gate_that_is_not_always_asked_says_when():
    asked = {gate.key: gate.applies.label for gate in gates.GATES if not gate.applies(DecisionFacts(stage="listed"))}
    assert "published.interpretation" in asked
    assert "always" not in asked.values()


ARTICLES = {
    # 713号, sentence by sentence: who reads the regulation beside the table finds each there.
    "opening.period": "第十五条",
    "participation.hearing": "第十六、十七条",
    "expert.independent": "第十九、二十条",
    "expert.signed": "第十九条",
    "risk.controllable": "第二十四条",
    "legality.sent": "第二十六条",
    "legality.lawful": "第二十五条",
    "package.draft": "第二十九条（一）",
    "package.comments": "第二十九条（二）",
    "package.experts": "第二十九条（三）",
    "package.risk": "第二十九条（四）",
    "package.legality": "第二十九条（五）",
    "deliberation.outcome": "第三十条",
    "published.text": "第三十二条",
    "close.dossier": "第三十三条",
}


@pytest.mark.parametrize("key", ARTICLES)
def test_the_article_is_the_one_of_the_regulation(key):
    found = next(gate for gate in gates.GATES if gate.key == key)
    assert ARTICLES[key] in found.article.replace("第十八、二", "第二")
