"""The table of notices and their texts."""

from datetime import UTC, date, datetime

import pytest
from jinja2 import meta

from config import HERE
from participation.access import GRANTS, Capability, Role
from participation.notices.render import _texts, compose
from participation.notices.rules import IMPORTANCE_LABELS, NOTICES, RETRY_MINUTES, Audience, Channel, Importance

MAIL = HERE / "templates" / "mail"
FACTS = {
    "number": "2026-0312",
    "title": "东风小区 5 号楼供暖不热",
    "due_on": date(2026, 11, 30),
    "closes_on": datetime(2026, 11, 30, 16, 0, tzinfo=UTC),
    "received_on": date(2026, 11, 19),
    "department": "区住建局",
    "from_department": "区公用事业服务中心",
    "reason": "不属于本单位职责",
    "outcome": "部分采纳",
    "comments": 12,
    "year": 2026,
    "code": "204816",
    "minutes": 10,
    "old_due_on": date(2026, 11, 24),
    "legal_due_on": date(2026, 12, 8),
    "respond_by": date(2026, 12, 1),
    "workdays": 6,
    "supplement": "XX-2026-1120-002",
    "lead": "XX-2026-1119-008",
    "task": "换热站的部分",
    "what": "信访件",
    "verdict": "没有说办了什么",
    "entries": 3,
    "seconds": 9,
    "people": 36,
    "last_day": date(2026, 12, 11),
    "next_step": "理由见公众参与平台“我的信息”；不服可再申请、向网信部门投诉或者起诉",
    "holder": "区司法局",
    "day": date(2026, 11, 23),
    "overdue": 1,
    "soon": 2,
    "unread": 3,
    "size": 48260,
    "sealed": "2026-11-23 18:00:04",
    "note": "a checkpoint of five lines",
    "key": "its public key",
}


def test_every_notice_has_its_text_and_every_text_its_notice():
    assert sorted(path.stem for path in MAIL.glob("*.txt")) == sorted(NOTICES)


@pytest.mark.parametrize("verb", NOTICES)
def test_a_text_uses_exactly_the_facts_of_its_rule(verb):
    used = meta.find_undeclared_variables(_texts().parse((MAIL / f"{verb}.txt").read_text("utf-8")))
    assert used - {"district"} == set(NOTICES[verb].facts)


@pytest.mark.parametrize("verb", NOTICES)
def test_a_text_is_short_and_ends_like_a_sentence(verb):
    text = compose(verb, FACTS, district="周村区")
    assert text.title == text.title.strip()
    assert 3 <= len(text.title) <= 40
    # A signed head is kept, not read: it comes whole.
    assert 15 <= len(text.body) <= (400 if NOTICES[verb].audience is Audience.HOLDER else 110)
    assert text.body[-1] in "。" or text.body.endswith(FACTS["reason"])


@pytest.mark.parametrize("verb", [verb for verb, rule in NOTICES.items() if Channel.SMS in rule.channels])
def test_a_text_message_names_the_district_first(verb):
    assert compose(verb, FACTS, district="周村区").body.startswith("【周村区】")


@pytest.mark.parametrize("verb", NOTICES)
def test_departments_are_told_on_the_desk_and_people_outside_by_message(verb):
    rule = NOTICES[verb]
    inside = rule.audience is Audience.DEPARTMENT
    by_message = (Channel.SMS, Channel.EMAIL)
    channels = {
        Audience.DEPARTMENT: (Channel.IN_APP,),
        Audience.COLLEAGUE: (Channel.IN_APP, Channel.EMAIL),
        Audience.HOLDER: (Channel.EMAIL,),
    }
    assert rule.channels == channels.get(rule.audience, by_message)
    assert bool(rule.roles) == inside
    assert [role for role in rule.roles if Capability.USE_DESK not in GRANTS[role]] == []


def test_cards_are_yellow_before_and_red_after_the_due_day():
    assert {verb: rule.importance for verb, rule in NOTICES.items() if rule.importance is not Importance.PLAIN} == {
        "letter_due_soon": Importance.YELLOW,
        "letter_overdue": Importance.RED,
        "catalogue_due": Importance.YELLOW,
        "dispatch_due_soon": Importance.YELLOW,
        "dispatch_overdue": Importance.RED,
        "letter_duty_due_soon": Importance.YELLOW,
        "letter_duty_overdue": Importance.RED,
        "supervision_opened": Importance.RED,
        "counts_drifted": Importance.RED,
        "duty_due_soon": Importance.YELLOW,
        "duty_overdue": Importance.RED,
        "clock_in_doubt": Importance.RED,
        "inquiry_found": Importance.RED,
    }
    assert set(IMPORTANCE_LABELS) == set(Importance)


def test_an_answer_is_submitted_to_the_head_and_returned_to_the_officer():
    assert NOTICES["answer_submitted"].roles == (Role.HEAD,)
    assert NOTICES["answer_returned"].roles == (Role.OFFICER,)
    assert NOTICES["letter_returned"].roles == (Role.OFFICE,)


def test_a_period_that_ends_at_midnight_ends_on_the_day_before():
    text = compose("consultation_closing", FACTS | {"title": "停车办法"}, district="周村区")
    assert text.title == "征求意见即将结束：停车办法"
    assert text.body == "“停车办法”征求意见 11月30日 24:00 结束，已收到 12 条意见。请做好整理和反馈的准备。"


def test_the_receipt_of_a_letter_reads_like_this():
    text = compose("letter_received", FACTS, district="周村区")
    assert (text.title, text.body) == (
        "来信已收到",
        "【周村区】您的来信已收到，编号 2026-0312，11月30日前答复您。"
        "想知道信在谁手里，在公众参与平台点“查我的信”，凭编号和凭条上的查询码查看。",
    )


@pytest.mark.parametrize("verb", [verb for verb, rule in NOTICES.items() if rule.audience is Audience.WRITER])
def test_a_message_to_a_writer_says_where_to_look_and_fits_two_text_messages(verb):
    facts = FACTS | {"number": "XX-2026-1119-008", "department": "区人力资源和社会保障局"}
    body = compose(verb, facts, district="周村区").body
    assert "XX-2026-1119-008" in body
    assert "“查我的信”" in body
    assert len(body) <= 140


def test_a_missing_fact_is_named():
    with pytest.raises(KeyError, match="letter_received needs due_on"):
        compose("letter_received", {"number": "1"}, district="周村区")


def test_a_title_with_a_line_break_stays_one_line():
    text = compose("letter_assigned", FACTS | {"title": "第一行\r\nBcc: x@example.com"}, district="周村区")
    assert text.title == "新交办来信：第一行"
    assert "\n" not in text.title


def test_waits_grow():
    assert RETRY_MINUTES == (1, 5, 30, 60, 120, 240, 480, 720)
    assert sum(RETRY_MINUTES) > 24 * 60
