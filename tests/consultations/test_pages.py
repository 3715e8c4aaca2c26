"""Pages: the same number of queries at 1 and 50 rows, and what is hostile or unknown."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from participation.consultations import service
from participation.extensions import db
from tests.browse import words
from tests.consultations.periods import answered, at, closed, commented, opened


@contextmanager
def counted():
    """How many statements the block sends to the database."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def queries(client, path: str) -> int:
    client.get(path)
    with counted() as sent:
        assert client.get(path).status_code == 200
    return len(sent)


def test_public_and_staff_pages_ask_as_often_at_1_and_50_comments(world, app, played):
    consultation = opened(world)
    desk = app.test_client()
    paths = [f"/consultations/{consultation.id}", "/consultations"]
    staff = ["/desk/consultations", f"/desk/consultations/{consultation.id}/sort?show=sorted"]
    staff += [f"/desk/consultations/{consultation.id}/feedback"]
    officer, now = world.actor("officer"), at("2026-11-20T10:00")

    def more(times: int) -> None:
        rows = [commented(consultation, consent_public=True) for _ in range(times)]
        service.show(consultation, [row.id for row in rows], actor=officer, now=now)
        point = service.create_point(consultation, title="观点", actor=officer, now=now)
        service.assign(consultation, point, [row.id for row in rows], actor=officer, now=now)
        db.session.commit()

    with played("2026-11-20T11:00"):
        world.sign_in(desk, "officer")
        more(1)
        few = [queries(app.test_client(), path) for path in paths] + [queries(desk, path) for path in staff]
        more(49)
        many = [queries(app.test_client(), path) for path in paths] + [queries(desk, path) for path in staff]
    assert few == many


def test_the_feedback_page_asks_as_often_at_1_and_50_comments(world, app, played):
    found = []
    for times in (1, 50):
        consultation = opened(world)
        rows = [commented(consultation) for _ in range(times)]
        closed(consultation)
        for row in rows[:5]:
            answered(world, consultation, [row], "not_adopted")
        answered(world, consultation, rows[5:], "adopted")
        now = at("2026-12-10T10:00")
        service.submit_feedback(consultation, actor=world.actor("officer"), now=now)
        service.publish_feedback(consultation, actor=world.actor("head"), now=now)
        db.session.commit()
        with played("2026-12-20T11:00"):
            found.append(queries(app.test_client(), f"/consultations/{consultation.id}/feedback"))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "path",
    [
        "/consultations/99999",
        "/consultations/9223372036854775808",
        "/consultations/１",
        "/consultations/1/draft/77",
        "/consultations/1/feedback",
        "/comments/confirm/1",
        "/comments/receipt/1",
        "/mine/comments/1",
        "/desk/consultations/9223372036854775808",
    ],
)
def test_what_is_unknown_or_hidden_is_no_page(world, client, path):
    opened(world)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "query", ["?state=%00", "?before=99999999999999999999", "?before=１", "?clause=%FF&before=-1", "?state=a&state=b"]
)
def test_a_hostile_query_is_answered_like_none(world, client, query, played):
    consultation = opened(world)
    with played("2026-11-20T11:00"):
        for path in ("/consultations", f"/consultations/{consultation.id}"):
            assert client.get(path + query).status_code == 200
        world.sign_in(client, "officer")
        assert client.get(f"/desk/consultations/{consultation.id}/sort{query}&q=%00%27&point=1").status_code == 200


def test_a_draft_is_seen_by_nobody_outside(world, client, played):
    from tests.consultations.periods import drafted

    consultation = drafted(world)
    db.session.commit()
    with played("2026-11-20T11:00"):
        assert client.get(f"/consultations/{consultation.id}").status_code == 404
        assert "既有多层住宅" not in client.get("/consultations").text


def test_no_contact_and_no_full_name_is_ever_public(world, client, played):
    consultation = opened(world)
    comment = commented(consultation, consent_public=True, author_name="朱大明")
    service.show(consultation, [comment.id], actor=world.actor("officer"), now=at("2026-11-20T10:00"))
    db.session.commit()
    with played("2026-11-20T11:00"):
        page = client.get(f"/consultations/{consultation.id}").text
    assert comment.contact_address not in page
    assert "朱大明" not in page
    assert "朱**" in page


def test_a_comment_without_consent_is_counted_but_not_shown(world, client, played):
    consultation = opened(world)
    comment = commented(consultation, text="只给部门看的一句话。")
    assert service.show(consultation, [comment.id], actor=world.actor("officer"), now=at("2026-11-20T10:00")) == 0
    db.session.commit()
    with played("2026-11-20T11:00"):
        page = client.get(f"/consultations/{consultation.id}").text
    assert "只给部门看的一句话。" not in page
    assert "已收到 1 条意见" in words(page)


def test_a_zero_comment_feedback_says_so(world, client, played):
    consultation = opened(world)
    closed(consultation)
    now = at("2026-12-10T10:00")
    service.submit_feedback(consultation, actor=world.actor("officer"), now=now)
    service.publish_feedback(consultation, actor=world.actor("head"), now=now)
    db.session.commit()
    with played("2026-12-20T11:00"):
        assert "没有收到意见" in words(client.get(f"/consultations/{consultation.id}/feedback").text)
