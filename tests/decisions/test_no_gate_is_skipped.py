"""Every gate before the meeting, tried at the service: the act is refused with the article of the law."""

from collections.abc import Callable

import pytest

from participation.decisions import gates, lifecycle, queries, service
from participation.decisions.models import Decision, DecisionExpert, DecisionMeans
from participation.decisions.queries import papers as paper_queries
from participation.decisions.service import (
    arguing,
    assessing,
    deliberating,
    hearing_people,
    papers,
    reviewing,
    starting,
)
from participation.decisions.steps import STEPS
from participation.errors import Refused
from participation.extensions import db
from tests.decisions import chained
from tests.decisions.chained import NOW, POINT, day
from tests.decisions.district import at, catalogue, go_to, item, play, publish, published_item
from tests.world import World

ACTS = ("started", "drafting", "participation", "expert", "risk", "send_to_review", "legality", "package",
        "deliberation")  # fmt: skip
BLOCKING = [gate for gate in gates.GATES if gate.blocks and gate.act in ACTS]


def _act(world: World, decision: Decision, act: str) -> None:
    office = {"actor": world.actor("office"), "now": NOW}
    on = day("2026-10-30")
    if act == "package":
        deliberating.submit_package(decision, on=on, actor=world.actor("head"), now=NOW)
    elif act == "send_to_review":
        reviewing.send_to_review(decision, on=on, due_on=day("2026-11-20"), **office)
    else:
        service.record_step(decision, step=act, on=on, **office)


def _until(step: str = "", **fields: object) -> Callable[[World], Decision]:
    def made(world: World) -> Decision:
        decision = published_item(world, **fields)
        if step:
            play(world, decision, until=step)
        return decision

    return made


def _then(step: str, more: Callable[[World, Decision, dict], object], **fields: object) -> Callable[[World], Decision]:
    def made(world: World) -> Decision:
        decision = _until(step, **fields)(world)
        more(world, decision, {"actor": world.actor("officer"), "now": NOW})
        return decision

    return made


def _unpublished(world: World) -> Decision:
    return item(world, catalogue(world))


def _without_department(world: World) -> Decision:
    found = catalogue(world)
    made = item(world, found, lead_department_id=None, lead_unit="区发改委")
    publish(world, found)
    return made


def _reviewed(conclusion: str):
    def more(_world, decision, by):
        sent = reviewing.send_to_review(decision, on=day("2026-09-08"), due_on=day("2026-09-18"), **by)
        reviewing.conclude_review(
            decision, sent, on=day("2026-09-18"), conclusion=conclusion, opinion_title="意见", custodian="区司法局",
            points="第三条", **by,
        )  # fmt: skip

    return more


def _sent(_world, decision, by):
    reviewing.send_to_review(decision, on=day("2026-09-08"), due_on=day("2026-09-18"), **by)


def _heard(_world, decision, by, **other):
    values = {"kind": "forum", "held_on": day("2026-08-20"), "place": "会议室", "result": "好",
              "took_part": [{"group": "residents", "number": 5}]}  # fmt: skip
    return hearing_people.hear(decision, **(values | other), **by)


def _answered(world, decision, by):
    hearing_people.adopt(decision, _heard(world, decision, by), adopted="采纳", on=day("2026-08-25"), **by)


def _named(world: World) -> Decision:
    decision = published_item(world)
    by = {"actor": world.actor("officer"), "now": NOW}
    starting.start(decision, on=day("2026-07-06"), decided_by="区政府", special_groups=["disabled"], **by)
    play(world, decision, until="drafting")
    _answered(world, decision, by)
    return decision


def _consulted(world, decision, _by):
    from tests.consultations.periods import opened

    opened(world, decision_id=decision.id)


def _undeclared(world, decision, _by):
    # No service writes this: the gate holds for what came into the table in another way.
    row = DecisionExpert(name="甲", field="乙", organisation="丙", decision_id=decision.id, recorded_at=NOW)
    db.session.add(row)
    db.session.flush()


def _unsigned(_world, decision, by):
    arguing.ask_expert(decision, name="甲", field="乙", organisation="丙", declared_on=day("2026-08-01"), **by)


def _argued_only(_world, decision, by):
    asked = arguing.ask_expert(decision, name="甲", field="乙", organisation="丙", declared_on=day("2026-08-01"), **by)
    arguing.give_opinion(decision, asked, conclusion="for", opinion="好", signed_on=day("2026-08-02"), **by)
    service.record_step(decision, step="expert", on=day("2026-09-02"), **by)


def _out_of_control(_world, decision, by):
    bad = POINT | {"level": "uncontrollable"}
    assessing.assess(
        decision, on=day("2026-09-03"), assessor="甲", level="uncontrollable", points=[bad], plan="乙", **by
    )


def _gone(role: str):
    def more(_world, decision, by):
        for paper in paper_queries.of(decision.id, actor=by["actor"]):
            if paper.role == role:
                papers.take_back(paper, reason="登记有误", **by)

    return more


def _disputed(_world, decision, by):
    views = {"question": "归谁", "other_unit": "区财政局", "lead_view": "甲", "other_view": "乙"}
    starting.dispute(decision, **views, **by)


def _without_argument(world: World) -> Decision:
    decision = _then("participation", _argued_only)(world)
    play(world, decision, until="legality")
    return decision


def _redrafted(world, decision, _by):
    chained.paper(world, decision, text="第一条 又改了。")


SKIPS: dict[str, Callable[[World], Decision]] = {
    "started.after.listed": _unpublished,
    "started.lead": _without_department,
    "drafting.after.started": _until(),
    "drafting.text": _until("started"),
    "drafting.changed": _then("risk", _reviewed("unlawful")),
    "participation.after.drafting": _until("started"),
    "participation.heard": _until("drafting"),
    "participation.answered": _then("drafting", _consulted),
    "participation.means": _then("drafting", _heard),
    "participation.hearing": _then("drafting", _answered, hearing="applicable"),
    "participation.special": _named,
    "participation.survey": _then("drafting", _answered, field="health", survey="applicable"),
    "participation.business": _then("drafting", _answered, affects_business=True),
    "expert.after.drafting": _until("started"),
    "expert.opinions": _until("participation"),
    "expert.independent": _then("participation", _undeclared),
    "expert.signed": _then("participation", _unsigned),
    "risk.after.drafting": _until("started"),
    "risk.points": _until("expert"),
    "risk.controllable": _then("expert", _out_of_control),
    "send_to_review.after.drafting": _until("started"),
    "send_to_review.after.participation": _until("drafting"),
    "send_to_review.after.expert": _until("participation"),
    "send_to_review.after.risk": _until("expert"),
    "legality.after.participation": _until("drafting"),
    "legality.after.expert": _until("participation"),
    "legality.after.risk": _until("expert"),
    "legality.sent": _until("risk"),
    "legality.lawful": _then("risk", _sent),
    "package.after.participation": _until("drafting"),
    "package.after.expert": _until("participation"),
    "package.after.risk": _until("expert"),
    "package.after.legality": _until("risk"),
    "package.draft": _then("legality", _gone("draft")),
    "package.disputes": _then("legality", _disputed),
    "package.competition": _until("legality", affects_business=True),
    "package.comments": _then("legality", _consulted),
    "package.experts": _without_argument,
    "package.risk": _then("legality", _gone("risk_report")),
    "package.legality": _then("legality", _gone("legality_opinion")),
    "package.same_draft": _then("legality", _redrafted),
    "package.changes": _then("risk", _reviewed("lawful_with_changes")),
    "deliberation.after.legality": _until("risk"),
    "deliberation.package": _until("legality"),
    "deliberation.lawful": _until("risk"),
    "deliberation.outcome": _then("legality", lambda world, decision, _by: chained.package(world, decision)),
}


def test_each_gate_before_the_meeting_is_tried():
    assert set(SKIPS) == {gate.key for gate in BLOCKING}


@pytest.mark.parametrize("gate", BLOCKING, ids=lambda gate: gate.key)
def test_the_service_refuses_with_the_article(world, gate):
    decision = SKIPS[gate.key](world)
    missing = gates.missing(gate.act, queries.facts_of(decision))
    assert gate in missing
    with pytest.raises(Refused) as refused:
        _act(world, decision, gate.act)
    assert refused.value.code == "wrong_time"
    assert refused.value.status == 409
    assert refused.value.basis in {one.article for one in missing}


@pytest.mark.parametrize("step", ["started", "drafting"])
def test_start_and_draft_need_their_record(world, step):
    decision = published_item(world)
    if step == "drafting":
        play(world, decision, until="started")
        chained.paper(world, decision)
    by = {"actor": world.actor("officer"), "now": NOW}
    with pytest.raises(Refused) as refused:
        service.record_step(decision, step=step, on=day("2026-10-30"), **by)
    assert (refused.value.status, refused.value.basis) == (409, STEPS[step].article)


@pytest.mark.parametrize("state", ["now", "done", "not_public"])
@pytest.mark.parametrize("until", ["", *(key for key in STEPS if key not in ("listed", "evaluated"))])
def test_what_has_a_page_of_its_own_is_not_noted_as_done(world, until, state):
    """Not with all gates open either: the form that notes a beginning never stands for the records."""
    decision = published_item(world)
    if until:
        go_to(world, decision, until)
    facts = queries.facts_of(decision)
    by = {"actor": world.actor("officer"), "now": at("2027-06-01T09:00")}
    for step in [key for key in STEPS if key != "listed" and not (state == "now" and key in lifecycle.BEGUN)]:
        with pytest.raises(Refused) as refused:
            service.note_step(decision, step=step, state=state, on=day("2027-05-30"), ground="理由", **by)
        assert refused.value.status == 409
        assert refused.value.basis
    assert queries.facts_of(decision) == facts


def test_a_way_of_participation_that_is_answered_lets_the_step_pass(world):
    decision = _then("drafting", _answered)(world)
    _act(world, decision, "participation")
    assert db.session.query(DecisionMeans).count() == 1
