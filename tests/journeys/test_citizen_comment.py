"""A citizen comments on a clause, keeps the receipt, and reads what became of it."""

import io
import re

import pytest
from PIL import Image

from participation.consultations import service
from participation.consultations.models import Comment
from participation.extensions import db
from tests.browse import hidden_fields, words
from tests.consultations.periods import answered, at, closed, opened

WRITTEN = {
    "text": "一楼用不上电梯，还挡了采光，建议写清楚一楼不出钱。",
    "consent": "yes",
    "name": "张建国",
    "contact": "13800001234",
}


@pytest.fixture
def consultation(world):
    return opened(world)


def sent(client, consultation, **changes: str):
    """Writes, enters the code that the demonstration shows, sends; the receipt's page."""
    path, written = f"/consultations/{consultation.id}/comment", WRITTEN | clause(client, consultation) | changes
    answer = client.submit(f"{path}?clause=2", written, to=path)
    assert answer.status_code == 303, words(answer.text)
    page = client.get(answer.location)
    code = re.search(r"\b(\d{6})\b", words(page.text))
    done = client.submit(answer.location, {"code": code.group(1) if code else ""})
    assert done.status_code == 303, words(done.text)
    return client.get(done.location)


def clause(client, consultation) -> dict[str, str]:
    page = client.get(f"/consultations/{consultation.id}/comment?clause=2").text
    found = re.search(r'<option(?: lang="zh-CN")? selected value="(\d+)">第二条', page)
    assert found
    return {"clause": found.group(1)}


def receipt(page) -> tuple[str, str]:
    return tuple(re.findall(r'pp-slip__no">([^<]+)<', page.text))


def test_from_the_clause_to_the_outcome(world, client, consultation, played):
    with played("2026-11-10T20:14"):
        home = words(client.get("/consultations").text)
        assert "既有多层住宅加装电梯实施办法" in home
        shown = words(client.get(f"/consultations/{consultation.id}").text)
        assert "第二条" in shown
        page = sent(client, consultation)
        number, secret = receipt(page)
        assert number == "YJ-2026-1110-001"
        assert "12月24日" in words(page.text)
    comment = db.session.query(Comment).one()
    assert (comment.text, comment.consent_public) == (WRITTEN["text"], True)
    with played("2026-11-11T09:00"):
        assert WRITTEN["text"] not in client.get(f"/consultations/{consultation.id}").text
        service.show(consultation, [comment.id], actor=world.actor("officer"), now=at("2026-11-11T09:00"))
        db.session.commit()
        public = client.get(f"/consultations/{consultation.id}").text
        assert WRITTEN["text"] in public
        assert "张**" in public
        assert "张建国" not in public
    closed(consultation)
    answered(world, consultation, [comment], "adopted")
    now = at("2026-12-20T09:00")
    service.submit_feedback(consultation, actor=world.actor("officer"), now=now)
    service.publish_feedback(consultation, actor=world.actor("head"), now=now)
    db.session.commit()
    with played("2026-12-21T09:00"):
        other = client.application.test_client()
        answer = other.submit("/comments/track", {"number": number.lower(), "secret": secret.replace("-", " ")})
        assert answer.status_code == 303
        mine = words(other.get(answer.location).text)
        assert "您的意见采纳了，写进了 第二条" in mine
        assert "一楼业主不分担建设、运行费用。" in mine
        feedback = words(other.get(f"/consultations/{consultation.id}/feedback").text)
        assert "收到意见 1" in feedback


def test_sent_twice_is_stored_once_with_the_same_receipt(client, consultation, played):
    with played("2026-11-10T20:14"):
        page = sent(client, consultation)
        again = client.get("/comments/receipt/1")
        assert receipt(again) == receipt(page)
        assert client.post("/comments/confirm/1", data={"csrf_token": client.token()}).status_code == 303
        assert db.session.query(Comment).count() == 1


def test_what_is_wrong_is_said_at_the_field_and_the_text_is_kept(client, consultation, played):
    with played("2026-11-10T20:14"):
        path = f"/consultations/{consultation.id}/comment"
        answer = client.submit(path, WRITTEN | {"contact": "1380000123"})
        assert answer.status_code == 422
        assert WRITTEN["text"] in answer.text
        assert "应当是 11 位，现在是 10 位" in words(answer.text)
        answer = client.submit(path, WRITTEN | {"text": "字" * 5001})
        assert answer.status_code == 422
        answer = client.submit(path, WRITTEN | {"text": "坏\x00字"})
        assert answer.status_code == 422
        answer = client.submit(path, WRITTEN | {"clause": "99999"})
        assert answer.status_code == 422


def test_an_expired_token_shows_the_text_again(client, consultation, played):
    with played("2026-11-10T20:14"):
        path = f"/consultations/{consultation.id}/comment"
        answer = client.submit(path, WRITTEN | {"csrf_token": "old"})
        assert answer.status_code == 400
        assert WRITTEN["text"] in answer.text


def test_one_who_comes_too_late_is_told_so_and_keeps_the_text(client, consultation, played):
    with played("2026-12-02T23:59:00"):
        answer = client.submit(f"/consultations/{consultation.id}/comment", WRITTEN)
        confirm = answer.location
        page = client.get(confirm).text
        code = re.search(r"\b(\d{6})\b", words(page)).group(1)
    with played("2026-12-03T00:01:12"):
        late = client.post(confirm, data=hidden_fields(page) | {"code": code})
        assert late.status_code == 409
        assert "晚了 1 分 12 秒，没能收下。您写的没有丢，就在下面。" in words(late.text)
        assert WRITTEN["text"] in late.text
        assert db.session.query(Comment).count() == 0


def test_unknown_and_wrong_get_the_same_answer(client, consultation, played):
    with played("2026-11-10T20:14"):
        number, _secret = receipt(sent(client, consultation))
        wrong = client.submit("/comments/track", {"number": number, "secret": "AAAA-AAAA-AAAA-AAAA"})
        unknown = client.submit("/comments/track", {"number": "YJ-2026-1110-999", "secret": "AAAA-AAAA-AAAA-AAAA"})
        assert (wrong.status_code, unknown.status_code) == (422, 422)
        assert words(wrong.text).replace(number, "") == words(unknown.text).replace("YJ-2026-1110-999", "")


def test_a_withdrawn_comment_leaves_a_tombstone(world, client, consultation, played):
    with played("2026-11-10T20:14"):
        sent(client, consultation)
        comment = db.session.query(Comment).one()
        service.show(consultation, [comment.id], actor=world.actor("officer"), now=at("2026-11-10T20:20"))
        db.session.commit()
        unsure = client.submit("/comments/mine", {}, to="/comments/mine/withdraw")
        assert unsure.status_code == 422
        assert 'aria-describedby="sure-error"' in unsure.text
        client.submit("/comments/mine", {"sure": "1"}, to="/comments/mine/withdraw")
        page = client.application.test_client().get(f"/consultations/{consultation.id}").text
        assert WRITTEN["text"] not in page
        assert "YJ-2026-1110-001 已由本人撤回" in words(page)


@pytest.mark.parametrize("session_lost", [False, True])
def test_what_was_attached_when_the_session_expired_is_not_asked_for_again(client, consultation, played, session_lost):
    with played("2026-11-10T20:14"):
        path = f"/consultations/{consultation.id}/comment"
        written = hidden_fields(client.get(path).text) | WRITTEN | {"csrf_token": "expired"}
        if session_lost:
            client.delete_cookie("session")
        again = client.post(path, data=written | {"files": (io.BytesIO(picture()), "采光.png")})
        assert again.status_code == 400
        assert WRITTEN["text"] in again.text
        assert "采光.png" in again.text
        confirm = client.post(path, data=hidden_fields(again.text) | WRITTEN).headers["Location"]
        assert "采光.png" in client.get(confirm).text


def picture() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (4, 4)).save(held, "PNG")
    return held.getvalue()


def test_the_special_explanation_stands_on_the_own_page(client, world, consultation, played):
    with played("2026-11-10T20:14"):
        number, secret = receipt(sent(client, consultation))
    closed(consultation)
    comments = list(db.session.query(Comment))
    point = answered(world, consultation, comments, "not_adopted")
    officer, now = world.actor("officer"), at("2026-12-05T09:00")
    service.answer_point(
        consultation, point, outcome="not_adopted", reason="区财政每年安排的补助总额已经确定。", clause_id=None,
        change="", special="改为试行一年后再评估。", actor=officer, now=now,
    )  # fmt: skip
    service.submit_feedback(consultation, actor=officer, now=now)
    service.publish_feedback(consultation, actor=world.actor("head"), now=at("2026-12-05T10:00"))
    db.session.commit()
    with played("2026-12-05T11:00"):
        client.submit("/comments/track", {"number": number, "secret": secret})
        shown = client.get("/comments/mine").text
    assert "改为试行一年后再评估。" in shown
    assert "不要再通知" not in shown
