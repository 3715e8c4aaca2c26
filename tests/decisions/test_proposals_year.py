"""The year's work: the call, the list of steps, the alarm of 1 June, the consultation on the draft."""

from dataclasses import replace
from datetime import date

import pytest

from participation.decisions import jobs, queries, service
from participation.decisions.queries import proposals as found
from participation.decisions.service import calls
from participation.decisions.year_work import Consulted, YearFacts, next_step, steps
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.notices.models import Notice
from tests.browse import words
from tests.consultations.periods import opened
from tests.decisions.district import at, catalogue, item, publish
from tests.decisions.proposed import called, received

EMPTY = YearFacts(
    year=2026, today=date(2026, 3, 2), criteria_written=False, criteria_public=False, call="", call_ends_on=None,
    proposals=0, undecided=0, unchecked=0, items=0, incomplete=0, consultations=(), government_on=None, party_on=None,
    published_on=None, batches=0, adjustments=0,
)  # fmt: skip

CALL = {
    "text": "请提建议。", "ways": "来信。", "opens_on": "2026-03-02", "closes_on": "2026-04-10",
    "answer_by": "2026-06-15",
}  # fmt: skip


def states(facts: YearFacts) -> dict[str, str]:
    return {row.key: row.state for row in steps(facts)}


def test_a_year_just_begun_wants_its_criteria_first():
    assert states(EMPTY) == {
        "criteria": "now",
        "call": "todo",
        "proposals": "optional",
        "study": "optional",
        "draft": "todo",
        "consultation": "optional",
        "government": "todo",
        "party": "todo",
        "publication": "todo",
        "batches": "optional",
        "adjustments": "optional",
    }
    row = next_step(steps(EMPTY))
    assert (row.key, row.act) == ("criteria", "criteria")


def test_what_is_written_waits_to_be_published():
    row = next_step(steps(replace(EMPTY, criteria_written=True)))
    assert (row.key, row.act, row.message) == (
        "criteria",
        "publish_criteria",
        "They are written, but not public yet.",
    )


def test_proposals_want_a_look_and_an_outcome():
    facts = replace(
        EMPTY,
        criteria_public=True,
        call="closed",
        call_ends_on=date(2026, 4, 10),
        proposals=3,
        undecided=2,
        unchecked=1,
    )
    assert {key: states(facts)[key] for key in ("call", "proposals", "study")} == {
        "call": "done",
        "proposals": "now",
        "study": "todo",
    }


def test_after_the_thirtieth_of_june_the_publication_is_late_and_comes_first():
    facts = replace(EMPTY, today=date(2026, 7, 1))
    assert (states(facts)["publication"], next_step(steps(facts)).key) == ("late", "publication")
    assert states(replace(EMPTY, today=date(2026, 6, 30)))["publication"] == "todo"


@pytest.mark.parametrize(
    ("stage", "state"), [("draft", "todo"), ("open", "todo"), ("sorting", "todo"), ("answered", "done")]
)
def test_a_consultation_on_the_draft_counts_once_it_is_begun(stage, state):
    held = (Consulted(1, "目录草案", stage, date(2026, 5, 1)),)
    rest = {"criteria_public": True, "call": "open"}
    given = states(replace(EMPTY, consultations=held, items=2, **rest))
    assert given["consultation"] == ("now" if state == "todo" else "done")


def test_a_published_year_has_nothing_left_to_do():
    facts = replace(
        EMPTY, criteria_public=True, published_on=date(2026, 6, 24), batches=1, call="closed",
        call_ends_on=date(2026, 4, 10), proposals=1,
    )  # fmt: skip
    assert next_step(steps(facts)) is None


def test_a_call_needs_public_criteria_and_days_in_their_order(world):
    year = catalogue(world)
    office, now = world.actor("office"), at("2026-03-02T09:00")
    given = {
        "text": "请提建议。",
        "ways": "来信。",
        "opens_on": date(2026, 3, 2),
        "closes_on": date(2026, 4, 10),
        "answer_by": date(2026, 6, 15),
        "actor": office,
        "now": now,
    }
    with pytest.raises(Refused, match="Publish the criteria first"):
        calls.open_call(year, **given)
    calls.publish_criteria(year, actor=office, now=now)
    for changes, field in (
        ({"text": " "}, "text"),
        ({"ways": ""}, "ways"),
        ({"opens_on": date(2026, 3, 1)}, "opens_on"),
        ({"closes_on": date(2026, 3, 1)}, "closes_on"),
        ({"answer_by": date(2026, 4, 10)}, "answer_by"),
    ):
        with pytest.raises(Refused) as refused:
            calls.open_call(year, **(given | changes))
        assert (refused.value.code, refused.value.field) == ("invalid", field)
    calls.open_call(year, **given)
    db.session.commit()
    with pytest.raises(Refused) as refused:
        calls.open_call(year, **given)
    assert refused.value.code == "conflict"
    assert found.call_of(2026).state(at("2026-04-10T23:59")) == "open"
    assert found.call_of(2026).state(at("2026-04-11T00:00")) == "closed"


def test_a_call_is_made_longer_or_ended_with_a_reason_that_everybody_reads(world, client, played):
    call = called(world)
    office = world.actor("office")
    for given, field in (
        ({"closes_on": date(2026, 4, 10), "reason": "甲"}, "closes_on"),
        ({"closes_on": date(2026, 6, 15), "reason": "甲"}, "closes_on"),
        ({"closes_on": date(2026, 4, 20), "reason": " "}, "reason"),
    ):
        with pytest.raises(Refused) as refused:
            calls.lengthen_call(call, **given, actor=office, now=at("2026-04-01T09:00"))
        assert refused.value.field == field
    calls.lengthen_call(
        call, closes_on=date(2026, 4, 20), reason="应多位代表要求。", actor=office, now=at("2026-04-01T09:00")
    )
    calls.close_call(call, reason="系统维护。", actor=office, now=at("2026-04-15T09:00"))
    db.session.commit()
    assert [entry.verb for entry in evidence.entries_of("proposal_call", call.id)] == [
        "proposal_call.opened",
        "proposal_call.lengthened",
        "proposal_call.closed",
    ]
    with played("2026-04-16T09:00"):
        text = words(client.get("/decisions/years/2026").text)
    assert "原定4月10日截止，延长的理由： 应多位代表要求。" in text
    assert "已于4月15日提前结束： 系统维护。" in text
    assert found.open_call(now=at("2026-04-16T09:00")) is None


def test_a_job_that_missed_june_tells_the_office_all_the_same(world):
    item(world, catalogue(world))
    assert jobs.alarm_catalogue(now=at("2026-07-09T08:00")) == 1
    assert jobs.alarm_catalogue(now=at("2026-07-10T08:00")) == 0


def test_a_late_catalogue_stands_on_the_public_board(world, client, played):
    item(world, catalogue(world))
    with played("2026-06-30T23:59"):
        assert "2026 年度重大行政决策事项目录" not in words(client.get("/board").text)
    with played("2026-07-03T09:00"):
        text = words(client.get("/board").text)
    assert "其他已经逾期的期限" in text
    assert (
        "公布年度决策事项目录 2026 年度重大行政决策事项目录 区政府办 · 应于6月30日 24:00 前完成 晚了 3 个工作日" in text
    )


def test_the_office_is_warned_once_from_the_first_of_june(world):
    year = catalogue(world)
    item(world, year)

    def told() -> list[tuple[str, str]]:
        rows = db.session.query(Notice).filter(Notice.subject_kind == "catalogue").order_by(Notice.id)
        return [(row.verb, row.importance) for row in rows]

    assert jobs.alarm_catalogue(now=at("2026-05-31T23:59")) == 0
    assert told() == []
    assert jobs.alarm_catalogue(now=at("2026-06-03T08:00")) == 1
    assert jobs.alarm_catalogue(now=at("2026-06-20T08:00")) == 0
    assert told() == [("catalogue_due", "yellow")]
    assert db.session.query(Notice).filter_by(verb="catalogue_due").one().link == "/desk/decisions?year=2026"
    publish(world, year)
    assert jobs.alarm_catalogue(now=at("2026-08-10T08:00")) == 0


def test_the_desk_shows_the_whole_year_and_its_next_step(world, client, played):
    called(world)
    received(world)
    with played("2026-04-20T09:00"):
        world.sign_in(client, "office")
        text = words(client.get("/desk/decisions?year=2026").text)
    assert "全年工作" in text
    assert "收到 1 件，其中 1 件还没有公开：请检查个人信息后公开。" in text
    assert "还有 1 件没有结果。" in text
    assert "请登记同意日期。没有日期不能公布；文号可以不填。" in text


def test_the_office_publishes_criteria_and_call_at_the_desk(world, client, played):
    catalogue(world)
    with played("2026-03-02T09:00"):
        assert client.get("/decisions/years/2026").status_code == 404
        world.sign_in(client, "office")
        early = client.post("/desk/decisions/2026/call", data=CALL | {"csrf_token": client.token("/decisions/propose")})
        assert early.status_code == 409
        done = client.submit("/desk/decisions?year=2026", to="/desk/decisions/2026/criteria/publish")
        assert done.status_code == 303, words(done.text)
        wrong = client.submit("/desk/decisions/2026/call", CALL | {"closes_on": "2026-02-10"})
        assert wrong.status_code == 422
        assert "请提建议。" in wrong.text
        done = client.submit("/desk/decisions/2026/call", CALL)
        assert done.status_code == 303, words(done.text)
        public = words(client.application.test_client().get("/decisions/years/2026").text)
        assert "下列事项列入目录。" in public
        assert "请提建议。" in public
        both = {"closes_on": "2026-04-20", "reason": "应多位代表要求。", "act": "lengthen"}
        done = client.submit("/desk/decisions/2026/call", both, to="/desk/decisions/2026/call/change")
        assert done.status_code == 303, words(done.text)
    assert found.call_of(2026).closes_on == date(2026, 4, 20)


def test_a_consultation_on_the_draft_catalogue_stands_on_the_year_s_page(world, client, played):
    catalogue(world)
    held = opened(world)
    held.catalogue_year = 2026
    evidence.record("consultation.edited", subject=held, actor=world.actor("officer"), now=at("2026-11-02T09:00"))
    db.session.commit()
    number = held.id
    with played("2026-11-10T09:00"):
        year = client.get("/decisions/years/2026").text
        assert f'href="/consultations/{number}"' in year
        assert 'href="/decisions/years/2026"' in client.get(f"/consultations/{number}").text
    assert queries.catalogue_of(2026) is not None


def test_a_year_without_anything_public_is_not_there(world, client):
    catalogue(world)
    assert client.get("/decisions/years/2026").status_code == 404
    assert client.get("/decisions/years/2031").status_code == 404


def test_the_unit_that_compiles_announces_a_consultation_on_the_draft(world, client, played):
    catalogue(world)
    with played("2026-04-20T09:00"):
        world.sign_in(client, "officer")
        assert 'href="/desk/consultations/new?catalogue=2026"' in client.get("/desk/decisions").text
        page = client.get("/desk/consultations/new?catalogue=2026").text
        assert "2026年度重大行政决策事项目录（征求意见稿）" in page
        written = {
            "department": str(world.department["housing"]), "kind": "major_decision", "catalogue": "2026",
            "title": "2026年度重大行政决策事项目录（征求意见稿）", "text": "第一条 停车。",
        }  # fmt: skip
        wrong = client.submit("/desk/consultations/new", written | {"catalogue": "26"})
        assert (wrong.status_code, "请写四位数的年份" in words(wrong.text)) == (422, True)
        done = client.submit("/desk/consultations/new", written)
        assert done.status_code == 303, words(done.text)
        office = client.application.test_client()
        world.sign_in(office, "office")
        text = words(office.get("/desk/decisions?year=2026").text)
    assert "目录草案征求意见 正在准备。 2026年度重大行政决策事项目录（征求意见稿）" in text


def test_a_date_beyond_the_holiday_notices_is_called_provisional(world, client, played):
    with played("2026-12-07T09:00"):
        assert "暂定：这段时间的放假通知还没有公布" in words(client.get("/decisions/propose").text)
    with played("2026-03-20T09:00"):
        assert "暂定" not in words(client.get("/decisions/propose").text)


def test_criteria_that_were_changed_after_publication_say_so(world, client, played):
    call = called(world)
    with played("2026-03-05T09:00"):
        assert "修改" not in words(client.get("/decisions/years/2026").text)
        office, now = world.actor("office"), at("2026-03-05T09:00")
        service.write_criteria(call.catalogue, criteria="下列事项列入目录，另加一类。", actor=office, now=now)
        db.session.commit()
        text = words(client.get("/decisions/years/2026").text)
    assert "3月2日公布 · 3月5日修改 · 记录核对" in text
