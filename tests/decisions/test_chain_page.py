"""The public chain page, its feed, its calendar and its data: one source, in every state of a decision."""

from datetime import date

import feedparser
import pytest
from icalendar import Calendar

from participation.decisions import service
from participation.decisions.models import DecisionProgressReport
from participation.decisions.models.record import StepRecord
from participation.decisions.service import reviewing, starting
from participation.decisions.shown import SHOWN
from participation.decisions.steps import STEPS
from participation.extensions import db
from tests.browse import words
from tests.consultations import periods
from tests.decisions import aftermath, chained, district
from tests.decisions.district import at, published_item
from tests.mailbox import letters

NOW = "2026-11-23T10:00"


def page(client, played, decision, *, now: str = NOW, suffix: str = "", query: str = "") -> str:
    with played(now):
        answer = client.get(f"/decisions/{decision.id}{suffix}{query}")
    assert answer.status_code == 200
    return answer.text


def below(parent: type) -> list[type]:
    return [kind for child in parent.__subclasses__() for kind in (child, *below(child))]


def test_every_table_of_records_says_what_is_public_of_it():
    tables = {kind.__tablename__: kind for kind in below(StepRecord) if hasattr(kind, "__table__")}
    assert set(SHOWN) == set(tables)
    for table, kind in tables.items():
        for name in (*SHOWN[table].fields, *SHOWN[table].lists):
            assert hasattr(kind, name), (table, name)
        assert SHOWN[table].step == getattr(kind, "STEP", "") or table == "decision_dossier_filing"


def test_what_is_just_listed_shows_all_that_is_to_come(world, client, played):
    text = words(page(client, played, published_item(world, planned_text="2026年第四季度")))
    for step in list(STEPS)[1:]:
        assert f"id={step}" not in text
    assert "日期未定" in text
    assert "计划 2026年第四季度" in text
    assert "日期还没有确定" in text


def test_a_comment_period_stands_in_its_place_with_its_figures_and_its_days(world, client, played):
    decision = published_item(world)
    district.play(world, decision, until="drafting")
    found = periods.opened(world, decision_id=decision.id)
    periods.commented(found)
    db.session.commit()
    text = words(page(client, played, decision))
    assert "收到 1 条意见，来自 1 人" in text
    assert "12月2日 24:00 停止收意见" in text
    assert "最早12月25日" in text
    assert "征求意见第 21 天" in text


def test_the_full_way_tells_everything_and_no_name(world, client, played):
    decision = published_item(world, hearing="applicable")
    district.play(world, decision)
    aftermath.play(world, decision)
    text = words(page(client, played, decision, now="2027-04-02T09:00"))
    for said in ("走访 6 个小区", "听证参加人到会 3 人", "降低首小时收费", "交通规划", "暂不立体停车", "山东某咨询公司",
                 "第 23 次", "启用泊位", "淄博明察社会调查中心", "车位周转率提高", "材料已经归档"):  # fmt: skip
        assert said in text, said
    for hidden in ("赵一", "钱二", "张三", "李四", "第 23 次常务会议纪要", "合法性审查意见书", "意见如下"):
        assert hidden not in text, hidden
    assert text.count("不公开") == 3


def test_disputes_among_units_are_told_without_their_views(world, client, played):
    decision = published_item(world)
    district.play(world, decision, until="started")
    dispute = starting.dispute(
        decision, question="谁出钱", other_unit="区财政局", lead_view="财政出", other_view="业主出",
        actor=world.actor("officer"), now=at(NOW),
    )  # fmt: skip
    db.session.commit()
    text = words(page(client, played, decision))
    assert "意见还不一致" in text
    assert dispute.question not in text
    assert "业主出" not in text


def test_a_review_under_way_names_its_last_day(world, client, played):
    decision = published_item(world)
    district.play(world, decision, until="risk")
    reviewing.send_to_review(
        decision, on=date(2026, 11, 18), due_on=date(2026, 11, 30), actor=world.actor("officer"), now=at(NOW)
    )
    db.session.commit()
    text = words(page(client, played, decision))
    assert "合法性审查时间到11月30日为止" in text
    assert "7 天后" in text


def test_a_suspended_decision_stops_where_it_stands(world, client, played):
    decision = published_item(world)
    district.play(world, decision, until="risk")
    service.suspend(decision, reason="上级文件要求重新研究。", actor=world.actor("office"), now=at(NOW))
    db.session.commit()
    text = words(page(client, played, decision))
    assert "上级文件要求重新研究。" in text
    assert "恢复日期还没有确定" in text
    assert text.index("风险评估") < text.index("恢复日期还没有确定") < text.index("合法性审查 （还没开始）")


def test_an_ended_decision_promises_nothing(world, client, played):
    decision = published_item(world)
    district.play(world, decision, until="drafting")
    service.terminate(decision, reason="已由市里统一规定。", actor=world.actor("office"), now=at(NOW))
    db.session.commit()
    text = words(page(client, played, decision))
    assert "不再进行" in text
    assert "接下来" not in text


def test_an_undone_step_stays_visible_with_its_reason(world, client, played):
    decision = published_item(world)
    district.play(world, decision, until="risk")
    service.reverse(decision, step="risk", reason="评估用的是旧稿。", actor=world.actor("head"), now=at(NOW))
    db.session.commit()
    found = page(client, played, decision)
    assert "<del>风险评估，9月3日</del>" in found
    assert "评估用的是旧稿。" in found
    assert "山东某咨询公司" not in found


def test_an_earlier_run_is_folded_and_whole(world, client, played):
    decision = published_item(world)
    district.play(world, decision)
    aftermath.play(world, decision, until="published")
    service.rerun(
        decision, reason="收费标准要调整。", on=date(2026, 11, 16), actor=world.actor("office"),
        now=at("2026-11-16T09:00"),
    )  # fmt: skip
    db.session.commit()
    found = page(client, played, decision)
    present, _folded, earlier = found.partition("<details")
    assert "收费标准要调整。" in present
    assert "周政发〔2026〕9号" not in present
    assert "周政发〔2026〕9号" in earlier
    assert "第 1 次履行程序" in earlier


def test_an_unknown_decision_has_no_data_either(world, client):
    for suffix in ("", ".json", ".atom", ".ics"):
        assert client.get(f"/decisions/99{suffix}").status_code == 404


@pytest.mark.parametrize("until", ["drafting", "deliberation"])
def test_the_data_have_the_steps_of_the_page(world, client, played, until):
    decision = published_item(world)
    district.play(world, decision, until=until)
    with played(NOW):
        data = client.get(f"/decisions/{decision.id}.json").json
    assert [step["number"] for step in data["steps"]] == list(range(1, 12))
    assert {step["step"] for step in data["steps"]} == set(STEPS)
    settled = {step["step"] for step in data["steps"] if step["state"] == "done"}
    assert settled == set(list(STEPS)[: list(STEPS).index(until) + 1])
    assert all(step["expected"] for step in data["steps"] if step["step"] not in settled)
    assert "赵一" not in str(data)
    assert "纪要" not in str(data)


def test_the_feed_tells_what_happened_the_newest_first(world, client, played):
    decision = published_item(world)
    district.play(world, decision, until="risk")
    service.reverse(decision, step="risk", reason="评估用的是旧稿。", actor=world.actor("head"), now=at(NOW))
    db.session.commit()
    feed = feedparser.parse(page(client, played, decision, suffix=".atom"))
    assert not feed.bozo
    assert feed.entries[0].title == "已撤销：风险评估"
    assert feed.entries[0].summary == "评估用的是旧稿。"
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)


def test_the_calendar_has_the_days_to_come(world, client, played):
    decision = published_item(world)
    district.play(world, decision, until="drafting")
    periods.opened(world, decision_id=decision.id)
    found = Calendar.from_ical(page(client, played, decision, suffix=".ics"))
    days = {str(event["summary"]).split("：")[0]: event["dtstart"].dt for event in found.walk("VEVENT")}
    assert days == {"征求意见截止": date(2026, 12, 2), "意见采纳情况": date(2026, 12, 24)}


def test_the_page_asks_as_few_questions_with_many_records_as_with_one(world, client, played, queries):
    found = district.catalogue(world)
    little, decision = (
        district.item(world, found, title, hearing="applicable") for title in ("只有草案的事项", "走完全程的事项")
    )
    district.publish(world, found)
    district.play(world, little, until="drafting")
    periods.opened(world, decision_id=little.id)
    district.play(world, decision)
    aftermath.play(world, decision, until="executing")
    periods.opened(world, decision_id=decision.id)
    paths = [f"/decisions/{little.id}", f"/decisions/{decision.id}"]
    for number in range(50):
        chained.paper(world, decision, "background", f"材料 {number}")
    for number in range(20):
        db.session.add(_progress(decision, number))
    db.session.commit()
    found = []
    for path in (paths[0], *paths):
        with played(NOW), queries() as asked:
            assert client.get(path).status_code == 200
        found.append(asked)
    _warm, few, many = found
    assert len(many) == len(few)
    assert len(many) <= 12, many


def _progress(decision, number: int) -> DecisionProgressReport:
    return DecisionProgressReport(
        decision_id=decision.id, round=1, recorded_at=at(NOW), quarter_id=None, from_on=date(2026, 11, 1),
        to_on=date(2026, 11, 1 + number), text="进展", problems="雨天多",
    )  # fmt: skip


@pytest.mark.parametrize("until", ["started", "participation", "deliberation", "closed"])
def test_the_page_is_whole_in_english(world, client, played, until):
    decision = published_item(world, hearing="applicable")
    district.play(world, decision, until="deliberation" if until == "closed" else until)
    if until == "closed":
        aftermath.play(world, decision)
    found = page(client, played, decision, query="?lang=en")
    assert "On the catalogue" in found or "Entered in the year" in found
    assert "尚未" not in found


def test_comments_on_the_decision_in_force_have_their_door_and_their_count(world, client, played):
    letters.mailboxes(at("2026-01-05T09:00"))
    decision = published_item(world)
    district.play(world, decision)
    aftermath.publish_all(world, decision)
    aftermath.begin(world, decision)
    letters.received(at("2026-11-20T10:00"), about_kind="decision", about_id=decision.id)
    found = page(client, played, decision)
    assert f"/mailbox/decisions/write?about=decision-{decision.id}" in found
    assert "收到意见 1 条，已答复 0 条" in words(found)
    assert client.get(f"/mailbox/decisions/write?about=decision-{decision.id}").status_code == 200


def test_before_anything_is_in_force_nobody_comments_on_it(world, client, played):
    decision = published_item(world)
    district.play(world, decision, until="drafting")
    assert "mailbox/decisions" not in page(client, played, decision)


def test_an_item_that_was_taken_out_says_so_where_it_stopped(world, client, played):
    decision = published_item(world)
    district.play(world, decision, until="drafting")
    service.remove_item(
        decision, reason="市里统一规定。", approved_on=date(2026, 11, 20), actor=world.actor("office"), now=at(NOW)
    )
    db.session.commit()
    text = words(page(client, played, decision))
    assert "不再进行" in text
    assert "已从目录中移出" in text or "移出" in text
    assert "接下来" not in text
