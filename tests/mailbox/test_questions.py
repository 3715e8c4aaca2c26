"""Frequent questions come from published letters, and go with them."""

from participation import clock
from participation.access import ANYONE
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Question
from tests.browse import words
from tests.mailbox.test_public_letters import public

ASKED = {"topic": "城市管理", "question": "路灯坏了找谁？", "answer": "请打城管热线，五天以内修好。", "sort": "10"}


def made(client, world, played, **changes):
    letter = public(world, played=played)
    with played("2026-10-12T09:00"):
        answer = world.sign_in(client, "head").submit(f"/desk/letters/{letter.id}/question", ASKED | changes)
    return letter, answer


def test_the_head_makes_one_and_everybody_reads_it_with_its_letter(client, app, world, played):
    letter, answer = made(client, world, played)
    assert answer.status_code == 303
    with played("2026-10-12T10:00"):
        visitor = app.test_client()
        page = visitor.get("/letters/questions").text
        assert "路灯坏了找谁？" in words(visitor.get("/mailbox").text)
        assert "路灯坏了找谁？" in words(visitor.get(f"/letters/{letter.id}").text)
        other = words(visitor.get("/letters/questions?topic=教育").text)
    assert f'href="/letters/{letter.id}"' in page
    assert "请打城管热线" in page
    assert "路灯坏了找谁？" not in other


def test_what_is_missing_or_personal_is_said_and_kept(client, world, played):
    letter, answer = made(client, world, played, question="", answer="请打 13800001234 找李秀英")
    with played("2026-10-12T10:00"):
        personal = client.submit(f"/desk/letters/{letter.id}/question", ASKED | {"answer": "请打 13800001234"})
    assert (answer.status_code, personal.status_code) == (422, 422)
    assert "13800001234" in answer.text
    assert "像是个人信息" in words(personal.text)
    assert db.session.query(Question).count() == 0


def test_it_is_changed_and_taken_off_by_the_head_only(client, app, world, played):
    made(client, world, played)
    one = db.session.query(Question).one()
    path = f"/desk/questions/{one.id}"
    with played("2026-10-12T10:00"):
        assert world.sign_in(app.test_client(), "officer").get(path).status_code == 403
        assert world.sign_in(app.test_client(), "utilities_head").get(path).status_code == 404
        assert client.submit(path, ASKED | {"question": "路灯不亮找谁？"}).status_code == 303
        assert "路灯不亮找谁？" in client.get("/letters/questions").text
        assert client.submit(path, {"do": "retire", "reason": ""}).status_code == 422
        assert client.submit(path, {"do": "retire", "reason": "电话换了"}).status_code == 303
        assert "路灯不亮找谁？" not in client.get("/letters/questions").text
        assert client.get(path).status_code == 404


def test_it_retires_with_its_letter(client, world, played):
    letter, _answer = made(client, world, played)
    with played("2026-10-12T10:00"):
        service.withdraw_consent(letter, actor=ANYONE, now=clock.now())
        db.session.commit()
        page = words(client.get("/letters/questions").text)
    assert "还没有常见问题" in page
    one = db.session.query(Question).one()
    assert (one.retired_reason, one.retired_at is not None) == ("来信人收回公开同意", True)
