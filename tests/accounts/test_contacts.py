"""A contact is verified by a six-digit code that only a POST confirms."""

import re

import pytest

from participation.accounts import contacts
from participation.accounts.models import VerificationCode
from participation.extensions import db
from participation.notices.models import Notice
from tests.browse import words

PHONE = "13853300001"
WRONG_LEFT = "验证码不对，还可以再试 {} 次。"
OVER = "这个验证码已经失效，请重新获取。"


def ask(client, address=PHONE, channel="sms", next_="/letters"):
    return client.submit(f"/verify-contact?next={next_}", {"channel": channel, "address": address})


def shown_code(client):
    return re.search(r"验证码 (\d{6})，", words(client.get("/verify-contact/code").text)).group(1)


def enter(client, code):
    return client.submit("/verify-contact/code", {"code": code})


def kept(client):
    with client.session_transaction() as session:
        return session.get("contact", [None, None])[:2]


def another(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_right_code_confirms_and_leads_back(app, client):
    assert ask(client).location == "/verify-contact/code"
    answer = enter(client, shown_code(client))
    assert (answer.status_code, answer.location) == (303, "/letters")
    assert kept(client) == ["sms", PHONE]


def test_the_page_shows_the_message_in_a_demonstration(app, client):
    ask(client)
    page = words(client.get("/verify-contact/code").text)
    assert "已发往 138****0001，10 分钟内有效。" in page
    assert "演示：短信内容" in page
    assert PHONE not in page


def test_the_message_is_queued_in_the_same_transaction(app, client):
    ask(client)
    notice = db.session.query(Notice).one()
    assert (notice.verb, notice.channel, notice.address) == ("contact_code", "sms", PHONE)


def test_a_get_confirms_nothing(app, client):
    ask(client)
    code = shown_code(client)
    assert client.get(f"/verify-contact/code?code={code}").status_code == 200
    assert kept(client) == [None, None]
    assert enter(client, code).status_code == 303


def test_a_code_is_read_in_full_width_and_with_spaces(app, client):
    ask(client)
    code = shown_code(client)
    wide = code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert enter(client, f"{wide[:3]} {wide[3:]}").status_code == 303


def test_a_wrong_code_says_how_often_it_may_be_tried(app, client):
    ask(client)
    code = shown_code(client)
    for left in (4, 3, 2, 1):
        answer = enter(client, another(code))
        assert answer.status_code == 422
        assert WRONG_LEFT.format(left) in words(answer.text)
    assert OVER in words(enter(client, another(code)).text)


def test_after_five_wrong_tries_the_right_code_is_refused(app, client):
    ask(client)
    code = shown_code(client)
    for _ in range(5):
        enter(client, another(code))
    assert OVER in words(enter(client, code).text)
    assert kept(client) == [None, None]


@pytest.mark.parametrize(("moment", "status"), [("2026-11-23T09:09:59", 303), ("2026-11-23T09:10:00", 422)])
def test_a_code_is_valid_for_ten_minutes(app, client, played, moment, status):
    with played("2026-11-23T09:00"):
        ask(client)
        code = shown_code(client)
    with played(moment):
        assert enter(client, code).status_code == status


def test_a_code_serves_once(app, client):
    ask(client)
    with client.session_transaction() as session:
        sent = dict(session["contact_sent"])
    code = shown_code(client)
    enter(client, code)
    with client.session_transaction() as session:
        session["contact_sent"] = sent
    assert OVER in words(enter(client, code).text)


def test_a_new_code_ends_the_old_one(app, client):
    ask(client)
    with client.session_transaction() as session:
        first = dict(session["contact_sent"])
    old = shown_code(client)
    ask(client)
    with client.session_transaction() as session:
        session["contact_sent"] = first
    assert OVER in words(enter(client, old).text)


def test_the_sixth_code_within_an_hour_is_refused(app, client, played):
    with played("2026-11-23T09:00"):
        assert [ask(client).status_code for _ in range(5)] == [303] * 5
    with played("2026-11-23T09:59"):
        refused = ask(client)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    with played("2026-11-23T10:00"):
        assert ask(client).status_code == 303


def test_a_number_that_lacks_a_digit_is_told_so_and_kept(app, client):
    answer = ask(client, "1385330000")
    assert answer.status_code == 422
    assert "手机号少了一位，请核对：应当是 11 位，现在是 10 位。" in words(answer.text)
    assert 'value="1385330000"' in answer.text


def test_neither_code_nor_address_is_readable_in_the_table(app, client):
    ask(client)
    code = shown_code(client)
    row = db.session.query(VerificationCode).one()
    assert {len(row.code_digest), len(row.address_digest)} == {64}
    assert code not in row.code_digest
    assert PHONE not in row.address_digest


def test_a_contact_is_kept_for_twelve_hours(app, client, played):
    with played("2026-11-23T09:00"):
        ask(client)
        enter(client, shown_code(client))
    found = []
    app.view_functions["accounts.sign_in"], real = _reporting(found), app.view_functions["accounts.sign_in"]
    try:
        for moment in ("2026-11-23T20:59:59", "2026-11-23T21:00:00"):
            with played(moment):
                client.get("/sign-in")
    finally:
        app.view_functions["accounts.sign_in"] = real
    assert [contact and contact.address for contact in found] == [PHONE, None]


def test_an_email_address_is_verified_alike(app, client):
    ask(client, "Wang@Example.cn", "email")
    assert "已发往 w***@example.cn" in words(client.get("/verify-contact/code").text)
    enter(client, shown_code(client))
    assert kept(client) == ["email", "wang@example.cn"]


def test_next_leads_nowhere_else(app, client):
    ask(client, next_="//evil.example/")
    assert enter(client, shown_code(client)).location == "/"


def test_without_a_code_sent_the_page_asks_for_the_address_first(app, client):
    assert client.get("/verify-contact/code").location == "/verify-contact"


def test_a_made_up_token_stands_for_nothing(app):
    with app.test_request_context():
        assert contacts.pending("made.up") is None


def _reporting(found):
    def view():
        found.append(contacts.verified_contact())
        return ""

    from participation.web.guards import public

    return public(view)
