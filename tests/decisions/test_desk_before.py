"""The desk pages of the chain: a unit takes a decision to the meeting by forms alone."""

import re

import pytest

from participation.decisions import queries
from participation.decisions.models import Decision, DecisionExpert, DecisionMeans
from participation.decisions.queries.records import records
from participation.extensions import db
from tests.browse import words
from tests.decisions import chained
from tests.decisions.district import at, play, published_item

NOW = "2026-11-23T10:00"


def desk(decision: Decision, page: str = "") -> str:
    return f"/desk/decisions/items/{decision.id}" + (f"/{page}" if page else "")


@pytest.fixture
def send(world, client, played):
    """Sends a form of the decision's page as it stands, and expects it to be taken."""
    world.sign_in(client, "officer")

    def _send(decision, page, status=303, **values):
        with played(NOW):
            values = {"seen": str(db.session.get(Decision, decision.id, populate_existing=True).version)} | values
            token = client.token(f"/desk/decisions/items/{decision.id}/means/new")
            answer = client.post(desk(decision, page), data=values | {"csrf_token": token})
            assert answer.status_code == status, words(answer.text)
            return answer

    return _send


def test_a_unit_takes_a_decision_to_the_meeting_by_forms_alone(world, client, played, send):
    decision = published_item(world, hearing="applicable")
    send(decision, "start", on="2026-07-06", decided_by="区政府", special_groups="elderly")
    chained.paper(world, decision)
    chained.paper(world, decision, "explanation")
    db.session.commit()
    send(decision, "draft", on="2026-07-20", study="走访 6 个小区")
    send(decision, "means/new", kind="forum", held_on="2026-08-01", place="会议室", result="要车位",
         **{"took_part-0-group": "elderly", "took_part-0-number": "１２"})  # fmt: skip
    met = records(decision.id)[DecisionMeans][0]
    assert met.took_part == [{"group": "elderly", "number": 12}]
    send(decision, f"means/{met.id}", on="2026-08-02", adopted="写进第一条")
    send(decision, "hearing/notice", on="2026-08-03", planned_on="2026-08-24", place="会议室")
    send(decision, "hearing/method", on="2026-08-04", text="抽签")
    people = {}
    for place, person in enumerate(chained.PEOPLE):
        people |= {f"participants-{place}-name": person["name"], f"participants-{place}-side": person["side"]}
        people |= {f"participants-{place}-stakeholder": "y"} if person["stakeholder"] else {}
    send(decision, "hearing/list", on="2026-08-12", **people)
    send(decision, "hearing/materials", on="2026-08-14")
    send(decision, "hearing/held", on="2026-08-24", number="3", text="意见")
    send(decision, "hearing/signed", on="2026-08-24", number="3")
    send(decision, "hearing/adopted", on="2026-08-26", text="降低首小时收费")
    send(decision, "participation", on="2026-09-01", note="听取了意见")
    send(decision, "experts", name="赵一", field="交通", organisation="某大学", declared_on="2026-08-01")
    asked = records(decision.id)[DecisionExpert][0]
    send(decision, f"experts/{asked.id}", conclusion="against", opinion="不可行", signed_on="2026-08-30")
    send(decision, "experts/finish", on="2026-09-02", way="meeting", adopted="分区收费", not_adopted="地质不允许")
    send(decision, "risk", on="2026-09-03", assessor="公司", level="low", plan="预案",
         **{"points-0-text": "停业", "points-0-kind": "stability", "points-0-level": "low",
            "points-0-measure": "分段施工"})  # fmt: skip
    send(decision, "risk/finish", on="2026-09-03", state="not_public", ground="属于过程性信息")
    chained.reference(world, decision, "risk_report", "风险评估报告")
    db.session.commit()
    send(decision, "legality/send", on="2026-09-08", due_on="2026-09-18", reviewer="周村区司法局")
    send(
        decision,
        "legality/conclude",
        on="2026-09-18",
        conclusion="lawful",
        opinion_title="审查意见",
        custodian="区司法局",
    )
    world.sign_in(client, "head")
    send(decision, "package", on="2026-09-22")
    with played(NOW):
        for page in ("", "start", "draft", "disputes", "participation", "hearing", "experts", "risk", "legality",
                     "package", "undo/deliberation", "means/new"):  # fmt: skip
            assert client.get(desk(decision, page)).status_code == 200, page
    send(decision, "meeting", kind="executive", session="第 23 次", on="2026-09-28", outcome="approved",
         minutes_title="会议纪要", custodian="区政府办公室", against_majority="y",
         explanation_kept="区政府办公室会议记录", onward="")  # fmt: skip
    assert db.session.get(Decision, decision.id, populate_existing=True).stage == "deliberation"
    client.get("/sign-out")
    with played(NOW):
        public = client.get(f"/decisions/{decision.id}").text
    assert "会议记录" not in public
    assert "赵一" not in public


def test_the_page_says_what_is_missing_with_the_article_and_the_way_to_mend_it(world, client, played):
    decision = published_item(world)
    play(world, decision, until="started")
    world.sign_in(client, "officer")
    with played(NOW):
        page = client.get(desk(decision)).text
    assert "国务院令第713号 第十二条" in page
    assert f'href="/desk/decisions/items/{decision.id}/papers/new?role=draft"' in page
    assert page.count('class="govuk-button"') == 1


def test_the_second_of_two_people_is_told_what_the_first_did(world, send):
    decision = published_item(world)
    play(world, decision, until="drafting")
    seen = decision.version
    chained.participation(world, decision)
    db.session.commit()
    written = "我写的这一段话不会丢失，请放心"
    text = words(send(decision, "participation", 409, seen=str(seen), on="2026-09-01", note=written).text)
    assert written in text
    assert "officer" in text
    assert "登记了一项决策的一步 · 公众参与" in text
    assert re.search(r"\d\d:\d\d · officer", text)
    assert "2026-09-01" not in text


def test_a_form_that_was_refused_keeps_what_was_written(world, client, played, send):
    decision = published_item(world)
    play(world, decision, until="drafting")
    answer = send(decision, "means/new", 422, kind="open_meeting", held_on="2026-08-01", place="会议室",
                  result="要车位", **{"took_part-0-group": "residents", "took_part-0-number": "1"})  # fmt: skip
    assert "至少" in words(answer.text)
    assert "要车位" in answer.text
    answer = send(decision, "means/new", 200, more="took_part", result="要车位")
    assert 'name="took_part-7-group"' in answer.text
    answer = send(decision, "means/new", 422, kind="nonsense", held_on="昨天", **{"took_part-0-number": "很多"})
    assert "昨天" in answer.text


def test_a_step_is_undone_with_its_reason_and_stays_readable(world, client, played, send):
    decision = published_item(world)
    play(world, decision, until="participation")
    assert "undo/participation" not in client.get(desk(decision)).text
    send(decision, "undo/participation", 403, reason="听取不充分")  # only the head
    world.sign_in(client, "head")
    assert "undo/participation" in client.get(desk(decision)).text
    send(decision, "undo/participation", 422, reason="")
    send(decision, "undo/participation", reason="听取不充分")
    with played(NOW):
        assert "听取不充分" in client.get(desk(decision)).text
        assert "听取不充分" in client.get(desk(decision, "participation")).text
    assert queries.facts_of(db.session.get(Decision, decision.id)).means == 0


def test_one_record_is_set_aside_on_the_desk(world, client, played, send):
    decision = published_item(world)
    play(world, decision, until="drafting")
    send(decision, "means/new", kind="survey", held_on="2026-08-01", asked="20", answered="18", result="要车位")
    met = records(decision.id)[DecisionMeans][0]
    with played(NOW):
        assert client.get(desk(decision, f"records/means/{met.id}/set-aside")).status_code == 200
    send(decision, f"records/means/{met.id}/set-aside", reason="数字写错")
    assert "数字写错" in client.get(desk(decision, "participation")).text
    send(decision, f"means/{met.id}", 409, on="2026-08-02", adopted="x")
    send(decision, "means/424242", 404, on="2026-08-02", adopted="x")


@pytest.mark.parametrize("page", ["start", "draft", "disputes", "participation", "hearing", "experts", "risk",
                                  "legality", "package", "means/new", "undo/started"])  # fmt: skip
def test_nobody_else_sees_these_pages(world, client, page):
    decision = published_item(world)
    play(world, decision, until="started")
    world.sign_in(client, "utilities")
    assert client.get(desk(decision, page)).status_code == 404
    assert client.get(f"/desk/decisions/items/424242/{page}").status_code == 404


def test_a_dispute_is_noted_and_reported_on_the_desk(world, client, played, send):
    decision = published_item(world)
    play(world, decision, until="drafting")
    send(decision, "disputes", 422, question="收费归谁", other_unit="区财政局", lead_view="归街道")
    send(decision, "disputes", question="收费归谁", other_unit="区财政局", lead_view="归街道", other_view="归财政")
    with played(NOW):
        page = client.get(desk(decision, "disputes")).text
        assert "收费归谁" in page
        assert "收费归谁" not in client.get(f"/decisions/{decision.id}").text
        assert client.get(desk(decision, "disputes/1")).status_code == 200
    send(decision, "disputes/1", on="2026-08-02", to="分管副区长")


def test_the_reviewer_is_offered_seven_workdays(world, client, played):
    decision = published_item(world)
    play(world, decision, until="risk")
    world.sign_in(client, "officer")
    with played(NOW):
        page = client.get(desk(decision, "legality")).text
    assert at(NOW).date().isoformat() in page
    assert 'value="2026-12-02"' in page  # seven workdays after 23 November
