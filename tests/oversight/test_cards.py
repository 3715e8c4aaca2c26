"""Cards for whatever is owed outside the mailbox, and one message each morning instead of many."""

from datetime import date

import pytest
from sqlalchemy import select

from participation import clock
from participation.duties import service as duties
from participation.extensions import db
from participation.notices.models import Notice
from participation.oversight import jobs
from tests.decisions import district


def owed(world, *, restricted_from=None, unit="housing", due=date(2026, 11, 30), subject=7):
    """What became of comments was promised for Monday 30 November."""
    found = duties.open_duty(
        "feedback",
        subject_kind="consultation",
        subject_id=subject,
        department_id=world.department[unit],
        restricted_from=restricted_from,
        started_at=clock.now(),
        due_on=due,
        actor=world.actor("head"),
        now=clock.now(),
    )
    db.session.commit()
    return found


def sent(world, *verbs) -> list[tuple[str, str, str]]:
    names = {number: key for key, number in world.department.items()}
    query = select(Notice).where(Notice.verb.in_(verbs)).order_by(Notice.id)
    return [(notice.verb, names[notice.to_department_id], notice.to_role) for notice in db.session.scalars(query)]


CARDS = ("duty_due_soon", "duty_overdue")
YELLOW = [("duty_due_soon", "housing", "officer"), ("duty_due_soon", "housing", "head")]


def test_the_yellow_card_comes_with_the_last_workday_before_and_only_once(world, played):
    with played("2026-11-23T09:00"):
        owed(world)
    with played("2026-11-26T23:59:59"):
        assert jobs.send_cards(now=clock.now()) == 0
    with played("2026-11-27T00:00:00"):
        assert jobs.send_cards(now=clock.now()) == 2
        assert jobs.send_cards(now=clock.now()) == 0
    assert sent(world, *CARDS) == YELLOW


def test_the_red_card_comes_on_the_first_workday_over_also_to_the_office(world, played):
    with played("2026-11-23T09:00"):
        owed(world, due=date(2026, 11, 27))  # a Friday
    with played("2026-11-28T00:00:00"):
        assert jobs.send_cards(now=clock.now()) == 0
    with played("2026-11-30T00:00:00"):
        assert jobs.send_cards(now=clock.now()) == 3
        assert jobs.send_cards(now=clock.now()) == 0
    assert sorted(sent(world, "duty_overdue")) == [
        ("duty_overdue", "housing", "head"),
        ("duty_overdue", "housing", "officer"),
        ("duty_overdue", "office", "office"),
    ]


def test_a_card_says_in_chinese_what_is_owed_by_when_and_by_whom(world, played):
    with played("2026-11-23T09:00"):
        owed(world)
    with played("2026-12-01T09:00"):
        jobs.send_cards(now=clock.now())
    told = db.session.scalars(select(Notice).where(Notice.verb == "duty_overdue")).first()
    assert told.title == "红牌督办：公布意见采纳情况"
    assert "应在 11月30日前完成，现已超期。责任单位：区住建局。" in told.body


def test_what_is_done_gets_no_card(world, played):
    with played("2026-11-23T09:00"):
        found = owed(world)
    with played("2026-11-24T09:00"):
        duties.meet(found, actor=world.actor("head"), now=clock.now())
        db.session.commit()
    with played("2026-12-05T09:00"):
        assert jobs.send_cards(now=clock.now()) == 0


def digests() -> dict[int, tuple[str, str]]:
    query = select(Notice).where(Notice.verb == "daily_digest", Notice.channel == "in_app")
    return {notice.person_id: (notice.title, notice.body) for notice in db.session.scalars(query)}


def test_the_morning_message_counts_what_waits_for_each_person(world, played):
    with played("2026-11-23T09:00"):
        owed(world)
        owed_earlier = owed(world, unit="utilities", due=date(2026, 11, 25), subject=8)
    with played("2026-11-27T08:00"):
        jobs.send_digests(now=clock.now())
        jobs.send_digests(now=clock.now())
    told = digests()
    assert told[world.person["officer"]] == ("今日待办（11月27日）", "今天和下一个工作日到期 1 件。请登录平台办理。")
    assert world.person["office"] not in told
    assert owed_earlier.department_id == world.department["utilities"]
    assert [body for _title, body in told.values() if body.startswith("已超期 1 件。")] != []


def test_yesterdays_unread_message_is_no_news(world, played):
    with played("2026-11-23T09:00"):
        owed(world)
    for day in ("2026-11-27T08:00", "2026-11-30T08:00"):
        with played(day):
            jobs.send_digests(now=clock.now())
    mine = [
        notice.body
        for notice in db.session.scalars(select(Notice).where(Notice.person_id == world.person["officer"]))
        if notice.verb == "daily_digest"
    ]
    assert mine == ["今天和下一个工作日到期 1 件。请登录平台办理。"] * 2


@pytest.mark.parametrize("moment", ["2026-11-27T07:59", "2026-11-28T09:00"])
def test_there_is_no_message_before_eight_or_on_a_rest_day(world, played, moment):
    with played("2026-11-23T09:00"):
        owed(world)
    with played(moment):
        assert jobs.send_digests(now=clock.now()) == 0
    assert digests() == {}


def test_who_may_not_know_of_a_matter_is_not_told_of_it(world, played):
    with played("2026-11-23T09:00"):
        owed(world, unit="office", restricted_from=world.department["housing"])
    with played("2026-12-01T08:00"):
        jobs.send_cards(now=clock.now())
        jobs.send_digests(now=clock.now())
    assert {to for _verb, to, _role in sent(world, *CARDS)} == {"office"}
    assert world.person["officer"] not in digests()


def test_the_card_of_a_decision_is_written_outside_any_request(world, played):
    decision = district.published_item(world)
    district.go_to(world, decision, "deliberation")
    with played("2026-11-24T08:00:00"):
        assert jobs.send_cards(now=clock.now()) == 3
    notice = db.session.scalars(select(Notice).where(Notice.verb == "duty_overdue")).first()
    assert notice.link == f"/desk/decisions/items/{decision.id}"
