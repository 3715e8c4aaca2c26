"""A public letter that was answered a second time: both answers are public, after a second copy."""

import io

import pytest
from werkzeug.datastructures import FileStorage

from participation import clock
from participation.access import ANYONE
from participation.extensions import db
from participation.files import queries as stored
from participation.files import service as files
from participation.mailbox import service
from participation.mailbox.service import publishing, redacting
from participation.textindex.queries import ids_matching
from tests.browse import words
from tests.mailbox import letters
from tests.mailbox.answered import answer, answered, reopen
from tests.mailbox.test_publishing import ANSWER, PERSONAL, TEXT, decide_all, photo, prepared

SECOND = "您好：又换了阀门，李秀英家现在二十一度。有事请打 0533-6180000。"


@pytest.fixture
def letter(world, played):
    """Published on 9 October with a picture, reopened on the 12th, answered again on the 14th."""
    with played("2026-09-28T22:41"):
        letters.mailboxes(clock.now())
        uploads = [FileStorage(io.BytesIO(photo()), filename="客厅.jpg")]
        files.stage(uploads, form_key="b" * 22, actor=ANYONE, now=clock.now())
        found = letters.received(clock.now(), title="东风小区供暖不热", text=TEXT, form_key="b" * 22)
    with played("2026-10-08T09:00"):
        service.assign(found, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        answer(world, found, clock.now(), ANSWER)
    with played("2026-10-09T09:00"):
        picture = stored.attachments_of("letter", found.id)[0]
        service.arrange(found, title="一户不热", file_ids=[picture.id], actor=world.actor("officer"), now=clock.now())
        prepared(found, world)
        service.release(found, version=None, actor=world.actor("head"), now=clock.now())
        db.session.commit()
    reopen(found, "2026-10-12T09:00")
    answer(world, found, "2026-10-14T09:00", SECOND)
    return found


def test_the_second_answer_waits_to_be_prepared_and_the_first_stays(client, app, world, played, letter):
    path = f"/letters/{letter.id}"
    with played("2026-10-15T09:00"):
        page = words(client.get(path).text)
        assert "已经解决" in page
        assert "二十一度" not in page
        assert "新的答复里的个人信息正在遮盖" in page
        picture = stored.attachments_of("letter", letter.id)[0]
        assert client.get(f"{path}/files/{picture.id}").status_code == 200
        desk = world.sign_in(app.test_client(), "officer")
        assert "1 封" in words(desk.get("/desk/publishing").text)
        sheet = words(desk.get(f"/desk/{letter.id}/publish").text)
    assert "第二次答复" in sheet
    assert "0533-6180000" in sheet
    left = redacting.sheet_of(letter, redacting.copy_of(letter)).undecided
    assert {hit.field for hit in left} == {"answer2"}


def test_both_answers_are_public_one_after_the_other(client, app, world, played, letter):
    path = f"/desk/{letter.id}/publish"
    with played("2026-10-15T09:00"):
        decide_all(letter, world)
        db.session.commit()
        desk = world.sign_in(app.test_client(), "officer")
        assert desk.submit(path, {}, to=f"{path}/submit").status_code == 303
        assert "二十一度" not in client.get(f"/letters/{letter.id}").text
        head = world.sign_in(app.test_client(), "head")
        assert "等另一个人看" in words(head.get("/desk/publishing").text)
        assert head.submit(path, {"do": "release"}, to=f"{path}/second").status_code == 303
        page = client.get(f"/letters/{letter.id}").text
        feed = client.get("/letters.atom").text
        desk_list = words(desk.get("/desk/publishing").text)
    text = words(page)
    assert text.index("已经解决") < text.index("重新办理") < text.index("二十一度")
    assert "再次答复" in text
    assert "已经解决" in feed
    assert "二十一度" in feed
    assert [word for word in PERSONAL if word in page] == []
    assert "一户不热" in page
    assert letter.number not in desk_list
    for said in ("已经解决", "二十一度"):
        assert letter.id in db.session.scalars(ids_matching("letter_public", [(said,)])).all()


def test_a_copy_without_the_new_answer_cannot_be_let_out(world, played):
    """Handed in before the letter was handled anew: it is prepared again, nobody has to return it."""
    found = answered(world, text=TEXT)
    with played("2026-11-19T09:00"):
        prepared(found, world)
    reopen(found, "2026-11-19T10:00")
    answer(world, found, "2026-11-20T09:00", SECOND)
    with played("2026-11-23T09:00"):
        refused = publishing.release_refusal(found, redacting.copy_of(found), actor=world.actor("head"))
        assert refused.code == "wrong_time"
        decide_all(found, world)
        assert redacting.copy_of(found).state == "draft"


def test_taken_back_both_answers_are_gone(client, world, played, letter):
    with played("2026-10-15T09:00"):
        decide_all(letter, world)
        service.submit_copy(letter, actor=world.actor("officer"), now=clock.now())
        service.release(letter, version=None, actor=world.actor("head"), now=clock.now())
        service.withdraw_consent(letter, actor=ANYONE, now=clock.now())
        db.session.commit()
        picture = stored.attachments_of("letter", letter.id)[0]
        assert client.get(f"/letters/{letter.id}").status_code == 404
        assert client.get(f"/letters/{letter.id}/files/{picture.id}").status_code == 404
    assert (letter.public_answer, letter.public_earlier) == ("", {})
    assert letter.id not in db.session.scalars(ids_matching("letter_public", [("已经解决",)])).all()
