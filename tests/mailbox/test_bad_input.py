"""What cannot be accepted is refused with a sentence, and never breaks a page."""

import pytest

from participation import clock
from participation.extensions import db
from participation.mailbox.models import Letter
from tests.browse import words
from tests.mailbox import letters

AT = "2026-11-23T09:00"


@pytest.fixture
def office(client, world, played):
    with played(AT):
        letters.received(clock.now())
        world.sign_in(client, "office")
    return client


@pytest.mark.parametrize(
    "number", ["9223372036854775808", "99999999999999999999999", "2147483648", "0", "-1", "１", "1e3", "1'--", "%00"]
)
@pytest.mark.parametrize(
    "path",
    [
        "/letters/{}",
        "/desk/letters/{}",
        "/dispatch/{}",
        "/mailbox/receipt/{}",
        "/mailbox/confirm/{}",
        "/mine/letters/{}",
    ],
)
def test_numbers_that_no_letter_has_are_not_found(office, played, path, number):
    with played(AT):
        assert office.get(path.format(number)).status_code in ((404,) if number != "１" else (200, 404))


@pytest.mark.parametrize(
    "query",
    [
        "topic=%00", "department=9223372036854775808", "department=٣", "month=2026-13", "month=9999-99", "late=yes",
        "after=1", "after=99999999999999999-999999999999999", "after=-1--1", "after=%ff", "q=%25%5f%5c", "q=%ed%a0%80",
        "q=" + "x" * 5000, "topic[]=1", "lang=xx&size=99",
    ],
)  # fmt: skip
def test_hostile_query_strings_are_ignored(client, world, query):
    assert client.get(f"/letters?{query}").status_code in (200, 400)
    assert client.get(f"/mailbox?{query}").status_code in (200, 400)


@pytest.mark.parametrize("field", ["text", "title", "place", "name"])
@pytest.mark.parametrize("bad", ["十分\x00重要的事情", "十分\x1b重要的事情", "十分\u202e重要的事情"])
def test_text_with_unreadable_characters_is_refused_at_its_field(client, world, played, field, bad):
    with played(AT):
        letters.mailboxes(clock.now())
        answer = letters.write(client, **{field: bad})
    assert answer.status_code == 422
    assert "无法识别的字符" in words(answer.text)


def test_half_a_character_and_a_wrong_encoding_are_refused(client, world, played):
    with played(AT):
        letters.mailboxes(clock.now())
        data = letters.FORM | {"csrf_token": client.token("/track")}
        data.pop("title")
        part = "--x\r\nContent-Disposition: form-data; name={}\r\n\r\n"
        body = "".join(part.format(name) + value + "\r\n" for name, value in data.items()).encode()
        body += part.format("title").encode() + b"half\xed\xa0\x80\r\n--x--\r\n"
        answer = client.post("/mailbox/mayor/write", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 422
    assert db.session.query(Letter).count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "bribe"),
        ("topic", "x"),
        ("about", "9223372036854775808"),
        ("about", "１"),
        ("consent", "maybe"),
        ("text", "字" * 5001),
        ("title", "字" * 61),
    ],
)
def test_choices_and_lengths_are_checked(client, world, played, field, value):
    with played(AT):
        letters.mailboxes(clock.now())
        answer = letters.write(client, **{field: value})
    assert answer.status_code == 422
    assert letters.FORM["name"] in answer.text


def test_markup_in_a_letter_is_shown_as_text(office, played):
    with played(AT):
        letters.received(clock.now(), title="<script>alert(1)</script>", text="<img src=x onerror=alert(1)> 请处理")
        page = office.get("/dispatch/2").text
    assert "<script>alert" not in page
    assert "&lt;img src=x" in page


def test_a_letter_can_be_given_only_to_a_unit_that_exists(office, played):
    with played(AT):
        for unit in ("", "0", "99999", "9223372036854775808", "１"):
            answer = office.submit("/dispatch/1", {"department": unit, "topic": "其他"}, to="/dispatch/1/assign")
            assert answer.status_code == 422, unit
    assert db.session.query(Letter).one().stage == "received"


def test_a_letter_that_was_answered_cannot_be_dispatched(office, world, played):
    from participation.mailbox import service

    with played(AT):
        letter = db.session.query(Letter).one()
        service.refuse(
            letter,
            ground="repeat",
            text="与上次是同一件事。",
            proper_channel="上次的答复",
            actor=world.actor("office"),
            now=clock.now(),
        )
        db.session.commit()
        data = {
            "csrf_token": office.token("/dispatch"),
            "department": str(world.department["housing"]),
            "topic": "其他",
        }
        answer = office.post("/dispatch/1/assign", data=data)
    assert answer.status_code == 409
    assert "第四部分（四）" in answer.text


def test_a_mailbox_that_does_not_exist_takes_no_letters(client, world):
    assert client.get("/mailbox/nobody/write").status_code == 404
