"""An officer finds the letters of their unit by due date, drafts, submits, or returns what is not theirs."""

import pytest

from participation import clock
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Answer, Letter
from tests.browse import hidden_fields, words
from tests.mailbox import letters


@pytest.fixture
def letter(world, played) -> int:
    """Received on Monday 28 September, given to the housing bureau on Tuesday."""
    with played("2026-09-28T22:41"):
        letter = letters.received(clock.now())
    with played("2026-09-29T09:00"):
        service.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
    return letter.id


def answer(client, letter_id, text="查到原因，已经修好。", do="submit", **changes):
    data = {"text": text, "contact": "市政科 0533-0000000", "do": do} | changes
    return client.submit(f"/desk/{letter_id}", data)


def test_the_desk_shows_the_letter_with_its_due_day(client, world, played, letter):
    with played("2026-10-08T09:00"):
        page = world.sign_in(client, "officer").get("/desk")
    assert "10月10日（周六）" in words(page.text)
    assert "永安街 23 号院夜里路灯不亮" in words(page.text)


def test_a_draft_is_kept_and_then_submitted(client, world, played, letter):
    with played("2026-10-08T09:00"):
        world.sign_in(client, "officer")
        assert answer(client, letter, "第一稿", do="draft").status_code == 303
        assert "第一稿" in client.get(f"/desk/{letter}").text
        assert answer(client, letter).status_code == 303
    stored = db.session.query(Answer).one()
    assert (stored.text, stored.drafts, stored.letter_id) == ("查到原因，已经修好。", 2, letter)
    assert db.session.get(Letter, letter).stage == "submitted"


def test_the_second_writer_gets_409_with_both_texts(client, app, world, played, letter):
    with played("2026-10-08T09:00"):
        world.sign_in(client, "officer")
        head = world.sign_in(app.test_client(), "head")
        mine = hidden_fields(client.get(f"/desk/{letter}").text)
        assert answer(head, letter, "局长写的", do="draft").status_code == 303
        stale = client.post(f"/desk/{letter}", data=mine | {"text": "经办人写的", "contact": "", "do": "draft"})
        assert stale.status_code == 409
        assert "局长写的" in stale.text
        assert "经办人写的" in stale.text
        merged = hidden_fields(stale.text) | {"text": "合在一起的", "contact": "", "do": "draft"}
        assert client.post(f"/desk/{letter}", data=merged).status_code == 303
    assert db.session.query(Answer).one().text == "合在一起的"


def test_an_empty_answer_is_refused_and_nothing_is_saved(client, world, played, letter):
    with played("2026-10-08T09:00"):
        world.sign_in(client, "officer")
        refused = answer(client, letter, "  ")
    assert (refused.status_code, db.session.query(Answer).count()) == (422, 0)
    assert "请写答复" in words(refused.text)


def test_a_letter_goes_back_within_two_workdays_and_the_due_day_stays(client, world, played, letter):
    with played("2026-10-08T23:59:59"):  # the second workday after 29 September: the holiday lies between
        world.sign_in(client, "officer")
        page = client.get(f"/desk/{letter}/return")
        assert "10月8日（周四）" in words(page.text)
        data = {"reason": "路灯归公用事业中心", "basis": "区编办〔2024〕7 号第三条"}
        assert client.submit(f"/desk/{letter}/return", data).status_code == 303
        assert client.get(f"/desk/{letter}").status_code == 404
    stored = db.session.get(Letter, letter)
    assert (stored.stage, stored.department_id, stored.returns) == ("returned", None, 1)
    duty = service.answer_duty(stored)
    assert (str(duty.due_on), duty.is_open, duty.department_id) == ("2026-10-10", True, world.department["office"])


def test_on_the_third_workday_it_cannot_go_back(client, world, played, letter):
    with played("2026-10-09T00:00:00"):
        world.sign_in(client, "officer")
        page = client.get(f"/desk/{letter}/return")
    assert page.status_code == 409
    assert "10月8日" in words(page.text)


def test_returning_needs_a_basis(client, world, played, letter):
    with played("2026-09-29T15:00"):
        world.sign_in(client, "officer")
        refused = client.submit(f"/desk/{letter}/return", {"reason": "不归我们办"})
    assert refused.status_code == 422
    assert "写明依据：哪个文件写着归谁管" in words(refused.text)
    assert "不归我们办" in refused.text


def test_another_unit_s_letter_is_not_there(client, world, played, letter):
    with played("2026-10-08T09:00"):
        world.sign_in(client, "utilities")
        for path in (f"/desk/{letter}", f"/desk/letters/{letter}", f"/desk/{letter}/return"):
            assert client.get(path).status_code == 404
        assert "路灯" not in client.get("/desk").text


def test_window_staff_enter_a_letter_and_print_the_receipt(client, world, played):
    with played("2026-11-23T15:00"):
        letters.mailboxes(clock.now())
        world.sign_in(client, "officer")
        form = {name: value for name, value in letters.FORM.items() if name != "contact"}
        done = client.submit("/desk/enter", form | {"channel": "window", "mailbox": "mayor", "contact": ""})
        assert done.status_code == 303
        receipt = words(client.get(done.headers["Location"]).text)
    stored = db.session.query(Letter).one()
    assert (stored.channel, stored.entered_by, stored.person_id) == ("window", world.person["officer"], None)
    assert "XX-2026-1123-001" in receipt
    assert "11月30日" in receipt
