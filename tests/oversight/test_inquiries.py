"""The auditor marks, asks, finds and confirms; the department replies and corrects, each within its days."""

from datetime import date

import pytest

from participation import clock
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.errors import Refused
from participation.extensions import db
from participation.notices.models import Notice
from participation.oversight import inquiries, inquiring
from participation.oversight.models import Finding, Inquiry


@pytest.fixture
def late(world, played):
    with played("2026-11-02T09:00"):
        found = duties.open_duty(
            "feedback", subject_kind="consultation", subject_id=7, department_id=world.department["housing"],
            started_at=clock.now(), due_on=date(2026, 11, 16), actor=world.actor("head"), now=clock.now(),
        )  # fmt: skip
        db.session.commit()
    return found


def do(world, inquiry, what, text="说明", login="auditor"):
    inquiries.act(inquiry, what=what, text=text, actor=world.actor(login), now=clock.now())
    db.session.commit()


def owed(inquiry) -> list[tuple[str, str, bool]]:
    return [(one.kind, one.due_on.isoformat(), one.is_open) for one in duty_queries.duties_of("inquiry", inquiry.id)]


def told() -> list[tuple[str, str]]:
    rows = db.session.query(Notice).filter(Notice.subject_kind == "inquiry").order_by(Notice.id)
    return [(row.verb, row.to_role) for row in rows]


@pytest.fixture
def asked(world, late, played):
    with played("2026-11-23T09:00"):
        made = inquiries.mark(late, why="连续两次超期", actor=world.actor("auditor"), now=clock.now())
        do(world, made, "ask", "为什么还没有公布采纳情况？")
    return made


def test_a_question_owes_a_reply_within_three_workdays_and_tells_the_department(asked):
    assert asked.stage == "asked"
    assert owed(asked) == [("inquiry_reply", "2026-11-26", True)]
    assert told() == [("inquiry_asked", "officer"), ("inquiry_asked", "head")]


def test_the_whole_way_to_a_confirmed_correction(world, asked, played):
    with played("2026-11-25T09:00"):
        do(world, asked, "reply", "正在汇总。", "officer")
    with played("2026-11-26T09:00"):
        do(world, asked, "find", "超期未公布采纳情况。")
    assert owed(asked) == [("inquiry_reply", "2026-11-26", False), ("inquiry_correction", "2026-12-10", True)]
    with played("2026-12-01T09:00"):
        do(world, asked, "correct", "已经公布。", "head")
        do(world, asked, "reject", "没有写明责任人。")
    assert [one for one in owed(asked) if one[2]] == [("inquiry_correction", "2026-12-15", True)]
    with played("2026-12-02T09:00"):
        do(world, asked, "correct", "已经公布，责任人已约谈。", "head")
        do(world, asked, "confirm", "")
    assert asked.stage == "confirmed"
    assert [one for one in owed(asked) if one[2]] == []
    assert db.session.query(Finding).one().duty_id == asked.duty_id
    assert {verb for verb, _role in told()} == {
        "inquiry_asked",
        "inquiry_replied",
        "inquiry_found",
        "inquiry_corrected",
    }


@pytest.mark.parametrize(
    ("act", "login", "code"),
    [
        ("reply", "utilities", "forbidden"),
        ("reply", "auditor", "forbidden"),
        ("find", "officer", "forbidden"),
        ("find", "auditor", "wrong_time"),
        ("confirm", "auditor", "wrong_time"),
    ],
)
def test_each_side_does_its_own_acts_in_their_order(world, asked, act, login, code):
    refused = inquiring.refusal(
        act, stage="asked", department_id=asked.department_id, actor=world.actor(login), text="说明"
    )
    assert refused is not None
    assert refused.code == code


@pytest.mark.parametrize("act", [act for act, rule in inquiring.ACTS.items() if rule.asks])
def test_an_act_without_words_says_what_to_write(world, act):
    rule = inquiring.ACTS[act]
    actor = world.actor("auditor" if rule.of_auditor else "officer")
    refused = inquiring.refusal(
        act, stage=min(rule.sources), department_id=world.department["housing"], actor=actor, text=" "
    )
    assert refused is not None
    assert (refused.code, refused.field, refused.message) == ("invalid", "text", rule.asks)


def test_one_matter_is_followed_once_at_a_time(world, late, asked):
    with pytest.raises(Refused) as refused:
        inquiries.mark(late, why="", actor=world.actor("auditor"), now=clock.now())
    assert refused.value.code == "conflict"


def test_a_department_sees_what_it_was_asked_and_never_a_mark(world, late, played):
    with played("2026-11-23T09:00"):
        made = inquiries.mark(late, why="先看看", actor=world.actor("auditor"), now=clock.now())
        db.session.commit()
        assert inquiries.visible(made.id, actor=world.actor("officer")) is None
        do(world, made, "ask")
        assert inquiries.visible(made.id, actor=world.actor("officer")) is made
        assert inquiries.visible(made.id, actor=world.actor("utilities")) is None


def test_the_auditor_asks_and_the_department_replies_on_the_pages(world, client, app, late, played):
    with played("2026-11-23T09:00"):
        auditor, officer = world.sign_in(client, "auditor"), world.sign_in(app.test_client(), "officer")
        answer = auditor.submit(f"/ledger/{late.id}", {"text": "为什么超期？"}, to=f"/ledger/{late.id}/inquiries")
        assert answer.status_code == 303
        number = db.session.query(Inquiry).one().id
        listed = officer.get("/inquiries?lang=zh").text
        assert "1 件等您办理" in listed
        page = officer.get(f"/inquiries/{number}?lang=zh").text
        assert "为什么超期？" in page
        assert "先列入" not in page
        empty = officer.submit(f"/inquiries/{number}", {"text": ""}, to=f"/inquiries/{number}/reply")
        assert (empty.status_code, "请写答复。" in empty.text) == (422, True)
        sent = officer.submit(f"/inquiries/{number}", {"text": "材料在复核。"}, to=f"/inquiries/{number}/reply")
        assert sent.status_code == 303
        assert "材料在复核。" in auditor.get(f"/inquiries/{number}").text


def test_two_auditors_at_once(world, asked, played):
    with played("2026-11-24T09:00"):
        do(world, asked, "reply", "在办。", "officer")
        with pytest.raises(Refused) as refused:
            inquiries.act(asked, what="find", text="问题", seen=1, actor=world.actor("auditor"), now=clock.now())
    assert refused.value.code == "conflict"
