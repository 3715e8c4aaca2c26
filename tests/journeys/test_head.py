"""A head reads letter and answer side by side, returns or approves, and publishes with consent."""

import pytest

from participation import clock
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter
from tests.browse import hidden_fields, words
from tests.mailbox import letters

ANSWER = "李女士：六盏灯已经全部修好，电话 13800001234。"


@pytest.fixture
def letter(world, played) -> int:
    """Submitted by the housing bureau's officer on 8 October, due on 10 October."""
    with played("2026-09-28T22:41"):
        letter = letters.received(clock.now())
    with played("2026-09-29T09:00"):
        service.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
    with played("2026-10-08T09:00"):
        service.submit(
            letter, text=ANSWER, contact="市政科", version=None, actor=world.actor("officer"), now=clock.now()
        )
        db.session.commit()
    return letter.id


def decide(client, letter_id, do, **fields):
    shown = client.get(f"/approvals/{letter_id}")
    return client.post(f"/approvals/{letter_id}", data=hidden_fields(shown.text) | {"do": do} | fields)


def published(letter_id, world):
    """The redacted copy, let out by the service: how it is prepared has its own tests."""
    service.publish(
        db.session.get(Letter, letter_id), title="路灯不亮", text="六盏灯不亮。", answer="已经全部修好。",
        actor=world.actor("head"), now=clock.now(),
    )  # fmt: skip
    db.session.commit()


def test_the_head_sees_letter_and_answer(client, world, played, letter):
    with played("2026-10-09T09:00"):
        world.sign_in(client, "head")
        assert "待您审定 1 封" in words(client.get("/approvals").text)
        page = words(client.get(f"/approvals/{letter}").text)
    assert ANSWER in page
    assert "请问这段路灯归谁管？" in page


def test_returning_needs_a_reason_and_keeps_the_due_day(client, world, played, letter):
    with played("2026-10-09T09:00"):
        world.sign_in(client, "head")
        assert decide(client, letter, "back").status_code == 422
        assert decide(client, letter, "back", reason="写明什么时候修好").status_code == 303
    stored = db.session.get(Letter, letter)
    assert stored.stage == "assigned"
    assert (str(service.answer_duty(stored).due_on), service.answer_duty(stored).is_open) == ("2026-10-10", True)


def test_approval_in_time_meets_the_duty_and_the_letter_stays_private(client, world, played, letter):
    with played("2026-10-10T23:59:59"):
        world.sign_in(client, "head")
        assert decide(client, letter, "ok").status_code == 303
        assert client.get(f"/letters/{letter}").status_code == 404
    stored = db.session.get(Letter, letter)
    assert (stored.stage, service.answer_duty(stored).met_late, stored.published_at) == ("answered", False, None)


def test_one_second_later_it_is_late_and_shown_as_late(client, app, world, played, letter):
    with played("2026-10-11T00:00:00"):
        world.sign_in(client, "head")
        assert decide(client, letter, "ok").status_code == 303
        published(letter, world)
        visitor = app.test_client()
        page = words(visitor.get(f"/letters/{letter}").text)
        listed = words(visitor.get("/letters?late=1").text)
    assert service.answer_duty(db.session.get(Letter, letter)).met_late is True
    assert "第 5 天答复，超期 1 天" in page
    assert "路灯不亮" in listed


def test_the_public_copy_holds_only_what_the_head_let_through(client, app, world, played, letter):
    with played("2026-10-09T20:05"):
        world.sign_in(client, "head")
        assert decide(client, letter, "ok").status_code == 303
        published(letter, world)
        page = app.test_client().get(f"/letters/{letter}").text
    assert "已经全部修好。" in page
    assert "李**" in page
    assert [word for word in ("13800001234", "李秀英", "李女士", "永安街") if word in page] == []
    assert "第 4 天答复" in words(page)


def test_the_writer_can_take_the_letter_out_of_the_public_list(client, app, world, played, letter):
    with played("2026-10-09T20:05"):
        world.sign_in(client, "head")
        assert decide(client, letter, "ok").status_code == 303
        published(letter, world)
        writer = app.test_client()
        number = db.session.get(Letter, letter).number
        assert writer.submit("/track", {"number": number, "secret": letters.SECRET}).status_code == 303
        writer.post("/track/letter/keep-private", data=hidden_fields(writer.get("/track/letter").text))
        assert app.test_client().get(f"/letters/{letter}").status_code == 404


def test_nobody_approves_what_they_submitted_themselves(client, world, played, letter):
    with played("2026-10-09T09:00"):
        world.sign_in(client, "head")
        decide(client, letter, "back", reason="我来写")
        client.submit(f"/desk/{letter}", {"text": "局长自己写的", "contact": "", "do": "submit"})
        refused = client.post(f"/approvals/{letter}", data={"csrf_token": client.token(f"/approvals/{letter}")})
    assert refused.status_code == 403


def test_the_officer_cannot_approve(client, world, played, letter):
    with played("2026-10-09T09:00"):
        world.sign_in(client, "officer")
        assert client.get("/approvals").status_code == 403
        token = client.token("/desk/enter")
        assert client.post(f"/approvals/{letter}", data={"csrf_token": token}).status_code == 403
