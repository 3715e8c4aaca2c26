"""A change of substance runs the chain again; what was published stays until the new text is."""

from datetime import date

import pytest

from participation.decisions import queries, runs, service
from participation.decisions.models import Decision
from participation.decisions.models.turn import DecisionTurn
from participation.decisions.queries import papers as paper_queries
from participation.decisions.service import arguing, assessing, deliberating, hearing_people, owing, reviewing, starting
from participation.duties import queries as duties
from participation.errors import Refused
from participation.extensions import db
from tests.decisions import aftermath, chained
from tests.decisions.district import at, go_to, published_item
from tests.world import World

OVER = "2026-11-23T12:00"


def begun(world: World) -> int:
    decision = published_item(world)
    go_to(world, decision, "deliberation")
    aftermath.publish_all(world, decision)
    aftermath.begin(world, decision)
    return decision.id


@pytest.fixture
def published(kept) -> Decision:
    return db.session.get_one(Decision, kept(begun))


def rerun(world: World, decision: Decision) -> None:
    service.rerun(
        decision, reason="收费标准需要作重大调整", decided_by="区政府常务会议", on=date(2026, 11, 20),
        actor=world.actor("office"), now=at("2026-11-20T09:00"),
    )  # fmt: skip
    db.session.commit()


def test_only_what_was_published_runs_again_and_the_reason_is_public(world):
    decision = published_item(world)
    go_to(world, decision, "deliberation")
    with pytest.raises(Refused) as found:
        service.rerun(decision, reason="改", actor=world.actor("office"), now=at(OVER))
    assert found.value.basis == "国务院令第713号 第三十七条"


def test_the_next_run_begins_at_the_draft(world, published):
    with pytest.raises(Refused) as found:
        service.rerun(published, reason=" ", actor=world.actor("office"), now=at(OVER))
    assert found.value.field == "reason"
    rerun(world, published)
    assert (published.round, published.stage) == (2, "started")
    assert [(row.step, row.state, row.note) for row in published.steps] == [
        ("started", "done", "收费标准需要作重大调整")
    ]
    facts = queries.facts_of(published)
    assert (facts.interpretation, facts.text_attribute, facts.execution) == ("", "", False)
    assert {row.step for row in published.every_step if row.round == 1} >= {"published", "executing"}


def test_what_is_in_force_stays_until_the_new_text_is_published(world, published):
    rerun(world, published)
    text = next(row for row in paper_queries.of(published.id) if row.role == "decision_text")
    assert (runs.in_force(published), text.validity) == (1, "in_force")
    aftermath.report(world, published, year=2026, quarter=4, now="2027-01-08T09:00")
    go_to_again(world, published)
    aftermath.prepare(world, published, now="2027-02-01T09:00")
    aftermath.sign(world, published, now="2027-02-02T09:00")
    aftermath.publish_text(world, published, now="2027-02-03T09:00", doc_number="周政发〔2027〕1号")
    assert (runs.in_force(published), text.validity, text.validity_on) == (2, "repealed", date(2027, 2, 3))


def go_to_again(world: World, decision: Decision) -> None:
    """The second run has its own records, on its own days: nothing of the first counts for it."""
    now = at("2027-01-21T09:00")
    by = {"actor": world.actor("officer"), "now": now}
    chained.paper(world, decision, text="第一条 收费标准改为每小时一元。", now=now)
    starting.finish_draft(decision, on=date(2027, 1, 5), study="又走访了三个小区。", **by)
    people = [{"group": "residents", "number": 9}]
    met = hearing_people.hear(
        decision, kind="forum", held_on=date(2027, 1, 6), place="北郊镇", took_part=people, result="赞成。", **by
    )
    hearing_people.adopt(decision, met, adopted="采纳。", on=date(2027, 1, 6), **by)
    hearing_people.finish_participation(decision, on=date(2027, 1, 7), **by)
    asked = arguing.ask_expert(
        decision, name="孙三", field="交通", organisation="某大学", declared_on=date(2027, 1, 5), **by
    )
    arguing.give_opinion(decision, asked, conclusion="for", opinion="可行。", signed_on=date(2027, 1, 6), **by)
    arguing.finish_argument(decision, on=date(2027, 1, 7), way="written", adopted="采纳。", **by)
    assessing.assess(
        decision, on=date(2027, 1, 7), assessor="某咨询公司", level="low", points=[chained.POINT], plan="设专线。", **by
    )
    chained.reference(world, decision, "risk_report", "风险评估报告", now)
    assessing.finish_risk(decision, on=date(2027, 1, 7), **by)
    sent = reviewing.send_to_review(decision, on=date(2027, 1, 8), due_on=date(2027, 1, 20), **by)
    reviewing.conclude_review(
        decision, sent, on=date(2027, 1, 19), conclusion="lawful", opinion_title="审查意见", custodian="区司法局", **by
    )
    deliberating.submit_package(decision, on=date(2027, 1, 20), actor=world.actor("head"), now=now)
    chained.meeting(world, decision, now, on=date(2027, 1, 20))
    db.session.commit()


def test_what_people_said_of_the_first_text_is_no_comment_on_the_second(world, published):
    rerun(world, published)

    class Period:
        def __init__(self, starts_on: date) -> None:
            self.starts_on = starts_on

    old, new = Period(date(2026, 8, 1)), Period(date(2026, 11, 25))
    assert runs.periods_of(published, [old, new]) == [new]


def test_a_change_that_is_given_up_leaves_the_decision_in_force(world, published):
    rerun(world, published)
    service.terminate(published, reason="不再调整", actor=world.actor("office"), now=at(OVER))
    db.session.commit()
    assert (published.round, published.stage) == (1, "executing")
    kinds = [row.kind for row in db.session.query(DecisionTurn).order_by(DecisionTurn.id)]
    assert kinds == ["rerun", "drop"]
    rerun(world, published)
    assert published.round == 3


def test_a_suspended_decision_can_be_changed(world, published):
    service.suspend(published, reason="情况紧急", actor=world.actor("office"), now=at("2026-11-19T09:00"))
    rerun(world, published)
    assert (published.round, published.stage, published.stage_before) == (2, "started", "")


def test_what_is_published_is_not_undone(world, published):
    with pytest.raises(Refused) as found:
        service.reverse(published, step="published", reason="错了", actor=world.actor("head"), now=at(OVER))
    assert found.value.basis == "国务院令第713号 第三十七条"


def test_undoing_the_execution_sets_its_records_aside_and_ends_its_duties(world, published):
    service.open_quarters(published, now=at("2027-01-02T09:00"))
    db.session.commit()
    service.reverse(
        published, step="executing", reason="单位记错", actor=world.actor("head"), now=at("2027-01-03T09:00")
    )
    db.session.commit()
    assert published.stage == "published"
    assert not queries.facts_of(published).execution
    aftermath.begin(world, published, unit="housing")
    assert queries.facts_of(published).execution


def test_the_duty_to_publish_counts_from_the_approving_meeting(world):
    decision = published_item(world)
    go_to(world, decision, "deliberation")
    meeting = {"step": "deliberation", "state": "done", "on": date(2026, 9, 28)}
    owing.step_recorded(decision, **meeting, actor=world.actor("officer"), now=at("2026-09-29T09:00"))
    db.session.commit()
    duty = duties.duty_for("decision", decision.id, "decision_publication")
    assert (duty.due_on, duty.basis, duty.article) == (date(2026, 10, 30), "law", "政府信息公开条例 第二十六条")
    assert duty.department_id == world.department["housing"]
    aftermath.publish_all(world, decision)
    assert (duty.met_at, duty.met_late) == (at("2026-10-08T10:00"), False)


def test_undoing_the_meeting_ends_the_duty_to_publish(world):
    decision = published_item(world)
    go_to(world, decision, "deliberation")
    meeting = {"step": "deliberation", "state": "done", "on": date(2026, 9, 28)}
    owing.step_recorded(decision, **meeting, actor=world.actor("officer"), now=at("2026-09-29T09:00"))
    service.reverse(
        decision, step="deliberation", reason="会议记错", actor=world.actor("head"), now=at("2026-09-30T09:00")
    )
    db.session.commit()
    duty = duties.duty_for("decision", decision.id, "decision_publication")
    assert (duty.met_at, duty.cancelled_reason) == (None, "会议记错")
