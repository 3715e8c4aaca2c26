"""What the law puts before the meeting cannot be skipped at the service; what went wrong is kept."""

import pytest

from participation.decisions import queries
from participation.decisions.models import DecisionPackage, DecisionReview, DecisionRisk
from participation.decisions.queries.records import current, records
from participation.decisions.service import (
    arguing,
    assessing,
    deliberating,
    hearing_people,
    hearings,
    papers,
    recording,
    reviewing,
    starting,
)
from participation.errors import Refused
from participation.extensions import db
from tests.decisions import chained
from tests.decisions.chained import NOW, POINT, day
from tests.decisions.district import play, published_item


@pytest.fixture
def by(world):
    return {"actor": world.actor("officer"), "now": NOW}


def refused(act, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as found:
        act(*args, **kwargs)
    db.session.rollback()
    return found.value


def test_the_whole_way_to_the_meeting_with_real_records(world):
    decision = published_item(
        world, field="utilities", affects_business=True, hearing="applicable", survey="applicable"
    )
    play(world, decision)
    assert decision.stage == "deliberation"
    assert [row.step for row in decision.steps] == list(chained.ACTS)
    found = records(decision.id)
    package = current(found[DecisionPackage], 1)[0]
    assert {one["role"] for one in package.papers} >= {"draft", "explanation", "risk_report", "legality_opinion"}
    assert all(len(one["mark"]) == 64 for one in package.papers if one["form"] != "reference")


def test_all_records_of_a_decision_come_in_one_query_as_they_are(world):
    decision = published_item(world, hearing="applicable")
    play(world, decision)
    for model, rows in records(decision.id).items():
        for row in rows:
            stored = db.session.get(model, row.id)
            for name in (attribute.key for attribute in db.inspect(model).column_attrs):
                assert getattr(row, name) == getattr(stored, name), (model, name)


def test_drafting_without_a_draft_is_refused(world, by):
    decision = published_item(world)
    play(world, decision, until="started")
    found = refused(starting.finish_draft, decision, on=day("2026-07-20"), study="走访", **by)
    assert (found.code, found.basis) == ("wrong_time", "国务院令第713号 第十二条")


def test_participation_without_anybody_heard_is_refused(world, by):
    decision = published_item(world)
    play(world, decision, until="drafting")
    found = refused(hearing_people.finish_participation, decision, on=day("2026-09-01"), **by)
    assert found.basis == "国务院令第713号 第十四条"


def _forum(decision, by, **other):
    values = {"kind": "forum", "held_on": day("2026-08-20"), "place": "会议室", "result": "好",
              "took_part": [{"group": "residents", "number": 5}]}  # fmt: skip
    return hearing_people.hear(decision, **(values | other), **by)


def test_what_was_heard_elsewhere_is_answered_like_comments(world, by):
    decision = published_item(world)
    play(world, decision, until="drafting")
    _forum(decision, by)
    db.session.commit()
    found = refused(hearing_people.finish_participation, decision, on=day("2026-09-01"), **by)
    assert found.basis == "国务院令第713号 第十八条"


def test_the_survey_is_compulsory_in_five_fields_and_firms_are_heard(world, by):
    decision = published_item(world, field="health", survey="applicable", affects_business=True)
    play(world, decision, until="drafting")
    met = _forum(decision, by)
    hearing_people.adopt(decision, met, adopted="采纳", on=day("2026-08-21"), **by)
    db.session.commit()
    found = refused(hearing_people.finish_participation, decision, on=day("2026-09-01"), **by)
    assert found.basis == "山东省重大行政决策公众参与工作办法"
    survey = _forum(decision, by, kind="survey", asked=100, answered=80, took_part=[])
    hearing_people.adopt(decision, survey, adopted="采纳", on=day("2026-08-21"), **by)
    db.session.commit()
    found = refused(hearing_people.finish_participation, decision, on=day("2026-09-01"), **by)
    assert "firms" in found.message


def test_the_groups_that_were_named_at_the_start_are_heard(world, by):
    decision = published_item(world)
    starting.start(decision, on=day("2026-07-06"), decided_by="区政府", special_groups=["elderly"], **by)
    db.session.commit()
    play(world, decision, until="drafting")
    met = _forum(decision, by)
    hearing_people.adopt(decision, met, adopted="采纳", on=day("2026-08-21"), **by)
    db.session.commit()
    assert refused(hearing_people.finish_participation, decision, on=day("2026-09-01"), **by).basis.endswith("第十四条")
    met = _forum(decision, by, took_part=[{"group": "elderly", "number": 5}])
    hearing_people.adopt(decision, met, adopted="采纳", on=day("2026-08-21"), **by)
    hearing_people.finish_participation(decision, on=day("2026-09-01"), **by)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "open_meeting", "took_part": [{"group": "residents", "number": 1}]}, "took_part"),
        ({"kind": "survey", "asked": 5, "answered": 9}, "asked"),
        ({"place": ""}, "place"),
        ({"took_part": []}, "took_part"),
        ({"held_on": day("2026-12-24")}, "held_on"),
        ({"result": " "}, "result"),
        ({"kind": "associations"}, "took_part"),
    ],
)
def test_other_means_say_what_is_needed(world, by, change, field):
    decision = published_item(world)
    play(world, decision, until="drafting")
    assert refused(_forum, decision, by, **change).field == field


def test_a_hearing_keeps_its_order(world, by):
    decision = published_item(world, hearing="applicable")
    play(world, decision, until="drafting")
    found = hearings.announce(
        decision, on=day("2026-08-03"), planned_on=day("2026-08-24"), place="会议室", required=True, law="价格法", **by
    )
    db.session.commit()
    early = refused(hearings.publish_list, decision, found, on=day("2026-08-04"), participants=chained.PEOPLE, **by)
    assert (early.code, early.basis) == ("wrong_time", "国务院令第713号 第十六条")
    hearings.publish_method(decision, found, on=day("2026-08-04"), method="抽签", **by)
    few = [chained.PEOPLE[2], chained.PEOPLE[2] | {"side": "public"}, chained.PEOPLE[0]]
    db.session.commit()
    half = refused(hearings.publish_list, decision, found, on=day("2026-08-12"), participants=few, **by)
    assert (half.field, half.basis) == ("ratio_reason", "山东省重大行政决策公众参与工作办法")
    hearings.publish_list(decision, found, on=day("2026-08-12"), participants=few, ratio_reason="报名只有一人", **by)
    db.session.commit()
    late = refused(hearings.deliver_materials, decision, found, on=day("2026-08-18"), **by)
    assert (late.code, late.basis) == ("wrong_time", "国务院令第713号 第十六条")
    assert (
        refused(hearings.hold, decision, found, on=day("2026-08-24"), attended=3, result="x", **by).code == "wrong_time"
    )
    hearings.deliver_materials(decision, found, on=day("2026-08-17"), **by)
    hearings.hold(decision, found, on=day("2026-08-24"), attended=3, result="意见", **by)
    db.session.commit()
    unsigned = refused(hearing_people.finish_participation, decision, on=day("2026-09-01"), **by)
    assert unsigned.code == "wrong_time"
    assert refused(hearings.sign, decision, found, on=day("2026-08-24"), signed=2, **by).field == "text"


def test_experts_declare_sign_and_are_answered(world, by):
    decision = published_item(world)
    play(world, decision, until="participation")
    who = {"name": "赵一", "field": "交通", "organisation": "大学"}
    assert refused(arguing.ask_expert, decision, **who, declared_on=None, **by).basis.endswith("第二十条")
    taken = refused(arguing.ask_expert, decision, **who, declared_on=day("2026-08-01"), interested=True, **by)
    assert taken.field == "interested"
    wish = {"on": day("2026-09-02"), "way": "written", "adopted": "采纳"}
    assert refused(arguing.finish_argument, decision, **wish, **by).basis.endswith("第十九条")
    asked = arguing.ask_expert(decision, **who, declared_on=day("2026-08-01"), **by)
    db.session.commit()
    assert refused(arguing.finish_argument, decision, **wish, **by).code == "wrong_time"
    arguing.give_opinion(decision, asked, conclusion="against", opinion="不可行", signed_on=day("2026-08-02"), **by)
    db.session.commit()
    assert refused(arguing.finish_argument, decision, **wish, **by).field == "not_adopted"
    arguing.finish_argument(decision, **wish, not_adopted="已说明", **by)
    assert decision.stage == "expert"


def test_a_risk_that_cannot_be_controlled_stops_the_decision_until_the_draft_changed(world, by):
    decision = published_item(world)
    play(world, decision, until="expert")
    wish = {"on": day("2026-09-03"), "assessor": "公司", "plan": "预案"}
    bad = POINT | {"level": "uncontrollable"}
    assert refused(assessing.assess, decision, **wish, level="low", points=[bad], **by).field == "level"
    assessing.assess(decision, **wish, level="uncontrollable", points=[bad], **by)
    db.session.commit()
    assert refused(assessing.finish_risk, decision, on=day("2026-09-03"), **by).basis == "国务院令第713号 第二十四条"
    again = refused(assessing.assess, decision, **wish, level="low", points=[POINT], **by)
    assert again.code == "wrong_time"
    chained.paper(world, decision, text="第一条 改了。")
    assessing.assess(decision, **wish, level="low", points=[POINT], **by)
    assessing.finish_risk(decision, on=day("2026-09-03"), **by)
    db.session.commit()
    rows = records(decision.id)[DecisionRisk]
    assert [(row.level, row.stands) for row in rows] == [("uncontrollable", False), ("low", True)]


def test_an_existing_assessment_is_not_repeated(world, by):
    decision = published_item(world)
    play(world, decision, until="expert")
    assessing.assess(
        decision, on=day("2026-09-03"), assessor="区住建局", level="medium", existing_title="环境影响报告书",
        existing_on=day("2026-05-03"), existing_by="山东某环保公司", **by,
    )  # fmt: skip
    assessing.finish_risk(decision, on=day("2026-09-03"), **by)
    assert decision.stage == "risk"


def test_the_reviewer_has_seven_workdays_or_the_reason_is_printed(world, by):
    decision = published_item(world)
    play(world, decision, until="risk")
    # 2026-09-08 to 09-16 are six workdays.
    short = refused(reviewing.send_to_review, decision, on=day("2026-09-08"), due_on=day("2026-09-16"), **by)
    assert (short.field, short.basis) == ("due_on", "国务院令第713号 第二十六条")
    sent = reviewing.send_to_review(
        decision, on=day("2026-09-08"), due_on=day("2026-09-16"), short_reason="汛期前必须完成", **by
    )
    assert (sent.workdays, sent.short_reason) == (6, "汛期前必须完成")


def _reviewed(world, by, conclusion):
    decision = published_item(world)
    play(world, decision, until="risk")
    sent = reviewing.send_to_review(decision, on=day("2026-09-08"), due_on=day("2026-09-18"), **by)
    reviewing.conclude_review(
        decision, sent, on=day("2026-09-18"), conclusion=conclusion, opinion_title="审查意见", custodian="区司法局",
        points="第三条超越权限", **by,
    )  # fmt: skip
    db.session.commit()
    return decision, sent


def test_an_unlawful_draft_goes_back_and_is_reviewed_anew(world, by):
    decision, _sent = _reviewed(world, by, "unlawful")
    assert decision.stage == "drafting"
    assert refused(chained.package, world, decision).code == "wrong_time"
    wish = {"on": day("2026-09-21"), "study": "按审查意见修改"}
    same = refused(starting.finish_draft, decision, **wish, **by)
    assert same.basis == "国务院令第713号 第二十五、二十八条"
    send = {"on": day("2026-09-22"), "due_on": day("2026-10-12")}
    assert refused(reviewing.send_to_review, decision, **send, **by).basis == "国务院令第713号 第十二、十三条"
    chained.paper(world, decision, text="第一条 改了。")
    starting.finish_draft(decision, **wish, **by)
    again = reviewing.send_to_review(decision, **send, **by)
    reviewing.conclude_review(
        decision,
        again,
        on=day("2026-10-12"),
        conclusion="lawful",
        opinion_title="审查意见二",
        custodian="区司法局",
        **by,
    )
    db.session.commit()
    assert [row.conclusion for row in records(decision.id)[DecisionReview]] == ["unlawful", "lawful"]
    assert decision.stage == "legality"


def test_the_reviewers_changes_are_made_before_the_meeting(world, by):
    decision, sent = _reviewed(world, by, "lawful_with_changes")
    head = {"actor": world.actor("head"), "now": NOW}
    assert refused(deliberating.submit_package, decision, on=day("2026-09-22"), **head).code == "wrong_time"
    chained.paper(world, decision, text="第一条 按意见改了。")
    reviewing.make_changes(decision, sent, on=day("2026-09-20"), changes="第三条删去罚款", **by)
    db.session.commit()
    deliberating.submit_package(decision, on=day("2026-09-22"), **head)


def test_a_draft_changed_after_the_review_is_not_discussed(world, by):
    decision = published_item(world)
    play(world, decision, until="legality")
    chained.paper(world, decision, text="第一条 又改了。")
    db.session.commit()
    found = refused(chained.package, world, decision)
    assert (found.code, found.basis) == ("wrong_time", "国务院令第713号 第二十五条")


def test_only_the_head_submits_and_nothing_is_discussed_before(world, by):
    decision = published_item(world)
    play(world, decision, until="legality")
    assert refused(deliberating.submit_package, decision, on=day("2026-09-22"), **by).code == "forbidden"
    assert refused(chained.meeting, world, decision).basis == "国务院令第713号 第二十九条"


def test_a_dispute_between_units_is_reported_with_both_views(world, by):
    decision = published_item(world)
    play(world, decision, until="legality")
    views = {"question": "收费归谁", "other_unit": "区财政局", "lead_view": "归街道", "other_view": ""}
    assert refused(starting.dispute, decision, **views, **by).field == "other_view"
    noted = starting.dispute(decision, **(views | {"other_view": "归财政"}), **by)
    db.session.commit()
    assert refused(chained.package, world, decision).basis == "国务院令第713号 第十三条"
    starting.report_dispute(decision, noted, on=day("2026-09-21"), to="分管副区长", ruling="归财政专户", **by)
    chained.package(world, decision)


def test_the_meeting_says_what_then(world, by):
    decision = published_item(world)
    play(world, decision, until="legality")
    chained.package(world, decision)
    db.session.commit()
    assert refused(chained.meeting, world, decision, outcome="deferred").field == "onward"
    assert refused(chained.meeting, world, decision, outcome="approved_with_changes").field == "changes"
    assert refused(chained.meeting, world, decision, against_majority=True).field == "explanation_kept"
    chained.meeting(world, decision, outcome="deferred", onward="again", onward_text="补充测算后再议")
    db.session.commit()
    assert queries.facts_of(decision).meeting == "deferred"
    chained.meeting(world, decision, outcome="approved")
    assert {row.step: row.state for row in decision.steps}["deliberation"] == "done"


def test_what_was_not_approved_goes_back_and_is_reviewed_and_submitted_anew(world, by):
    decision = published_item(world)
    play(world, decision, until="legality")
    chained.package(world, decision)
    chained.meeting(world, decision, outcome="rejected", onward="redraft", onward_text="重新测算")
    db.session.commit()
    facts = queries.facts_of(decision)
    assert (decision.stage, facts.legality, facts.package) == ("drafting", "", False)
    assert refused(chained.package, world, decision).code == "wrong_time"
    assert len(records(decision.id)[DecisionReview]) == 1


def test_internal_papers_are_references_only(world, by):
    decision = published_item(world)
    play(world, decision, until="risk")
    for role in ("legality_opinion", "meeting_minutes"):
        found = refused(papers.enter, decision, role=role, form="text", title="x", attribute="not_public", text="y",
                        ground_kind="process", **by)  # fmt: skip
        assert (found.field, found.basis) == ("form", "政府信息公开条例 第十四、十六条")


def test_a_record_made_by_mistake_is_set_aside_with_its_reason(world, by):
    decision = published_item(world)
    play(world, decision, until="drafting")
    met = _forum(decision, by)
    db.session.commit()
    assert refused(recording.set_aside, decision, met, reason=" ", **by).field == "reason"
    recording.set_aside(decision, met, reason="日期写错", **by)
    db.session.commit()
    assert queries.facts_of(decision).means == 0
    seen = decision.version - 1
    assert refused(_forum, decision, by | {"seen": seen}).status == 409


def test_no_comment_period_opens_before_the_draft_is_recorded(world):
    from tests.consultations.periods import opened

    decision = published_item(world)
    play(world, decision, until="started")
    with pytest.raises(Refused) as found:
        opened(world, decision_id=decision.id)
    assert found.value.basis == "国务院令第713号 第十至十二条"
    db.session.rollback()
    play(world, decision, until="drafting")
    first, second = opened(world, decision_id=decision.id), opened(world, decision_id=decision.id)
    assert first.published_at
    assert second.published_at
    assert queries.facts_of(decision).consultations == 2
    with pytest.raises(Refused) as found:
        hearing_people.finish_participation(decision, on=day("2026-09-01"), actor=world.actor("officer"), now=NOW)
    assert found.value.basis.startswith("国务院令第713号 第十八条")
