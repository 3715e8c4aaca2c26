"""What is told later is a letter of its own, beside the one it adds to; nobody learns more by it."""

import pytest
from sqlalchemy import select

from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter, LetterDraft
from participation.notices.models import Notice
from tests.browse import hidden_fields, words
from tests.duties.notices import at
from tests.mailbox import letters
from tests.mailbox.answered import answered, assigned


def add(letter: Letter, now: str = "2026-11-17T10:00", **changes: object) -> Letter:
    return letters.received(at(now), title="补充：又坏了两盏", supplements_id=letter.id, **changes)


def look_up(client, letter: Letter) -> None:
    assert client.submit("/track", {"number": letter.number, "secret": letters.SECRET}).status_code == 303


def test_it_has_its_own_number_and_clock_and_leaves_the_other_as_it_was(world):
    letter = assigned(world)
    later = add(letter)
    assert (later.supplements_id, later.stage) == (letter.id, "received")
    assert later.number != letter.number
    assert (str(service.answer_duty(letter).due_on), str(service.answer_duty(later).due_on)) == (
        "2026-11-23",
        "2026-11-24",
    )


def test_the_unit_that_has_the_first_is_told(world):
    letter = assigned(world)
    later = add(letter)
    (told,) = db.session.scalars(select(Notice).where(Notice.verb == "letter_supplemented")).all()
    assert told.to_department_id == world.department["housing"]
    assert later.number in told.body


def test_once_the_first_is_answered_nobody_is_told_but_the_files_show_it(client, world, played):
    letter = answered(world)
    later = add(letter, now="2026-11-19T10:00")
    assert db.session.scalars(select(Notice).where(Notice.verb == "letter_supplemented")).all() == []
    with played("2026-11-19T11:00"):
        office = world.sign_in(client, "office")
        assert later.number in office.get(f"/desk/letters/{letter.id}").text
        page = words(office.get(f"/dispatch/{later.id}").text)
    assert f"这封信补充了 {letter.number}" in page


def test_a_supplement_of_a_letter_about_a_unit_is_about_that_unit_too(world):
    letter = assigned(world, about_department_id=world.department["town"])
    assert add(letter).about_department_id == world.department["town"]


def test_a_supplement_about_the_unit_that_has_the_first_is_hidden_from_it(client, world, played):
    letter = assigned(world)
    later = add(letter, about_department_id=world.department["housing"])
    assert db.session.scalars(select(Notice).where(Notice.verb == "letter_supplemented")).all() == []
    with played("2026-11-17T11:00"):
        page = world.sign_in(client, "officer").get(f"/desk/{letter.id}").text
    assert later.number not in page
    assert "补充" not in words(page)


def test_from_the_tracking_page_to_the_receipt(client, world, played):
    with played("2026-11-17T10:00"):
        letter = assigned(world)
        look_up(client, letter)
        begun = client.post("/track/letter/supplement", data=hidden_fields(client.get("/track/letter").text))
        assert begun.status_code == 303
        path = begun.headers["Location"]
        page = client.get(path)
        assert f"这封信补充您的来信 {letter.number}" in words(page.text)
        assert letters.TEXT.splitlines()[0] not in page.text
        assert "13800001234" not in page.text
        sent = client.submit(path, letters.FORM | {"title": "补充：又坏了两盏"})
        assert sent.status_code == 303, words(sent.text)
        assert letters.send(client, sent.headers["Location"]).status_code == 303
        later = db.session.scalars(select(Letter).where(Letter.supplements_id == letter.id)).one()
        assert later.title == "补充：又坏了两盏"
        shown = words(client.get("/track/letter").text)
        assert f"这封信补充了您 11月17日的来信 {letter.number}" in shown or letter.number in shown


def test_only_who_opened_a_letter_adds_to_it(client, world, played):
    with played("2026-11-17T10:00"):
        assigned(world)
        token = hidden_fields(client.get("/track").text)
        assert client.post("/track/letter/supplement", data=token).status_code == 404
        assert db.session.scalars(select(LetterDraft)).all() == []


@pytest.mark.parametrize("act", ["rate", "reopen", "supplement", "withdraw"])
def test_an_act_loaded_again_leads_back_to_the_page(client, world, act):
    assert client.get(f"/track/letter/{act}").status_code == 302


def test_a_letter_entered_without_a_contact_has_the_page_and_sends_no_message(client, world, played):
    with played("2026-11-18T16:00"):
        letter = answered(
            world,
            contact=None,
            channel="window",
            actor=world.actor("town"),
        )
        out = db.session.scalars(select(Notice).where(Notice.address != "")).all()
        look_up(client, letter)
        page = words(client.get("/track/letter").text)
    assert out == []
    assert "没有留联系方式，不发通知" in page
    assert "这没有回答我的问题" in page
