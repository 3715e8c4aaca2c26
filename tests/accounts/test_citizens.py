"""A citizen's account is optional, and belongs to whoever proves the address."""

from datetime import UTC, datetime

import pytest

from participation.accounts import mine
from participation.accounts.mine import MineLine
from participation.accounts.models import Person
from participation.evidence import service as evidence
from participation.extensions import db
from tests.accounts.test_contacts import PHONE, ask, enter, shown_code
from tests.browse import words

SECRET = "窗前明月光疑是地上霜"
FILLED = {"name": "王芳", "password": SECRET, "again": SECRET}


def verify(client, next_="/register"):
    ask(client, next_=next_)
    return enter(client, shown_code(client))


@pytest.fixture
def citizen(app, client):
    verify(client)
    assert client.submit("/register", FILLED).location == "/mine"
    return client


def test_registering_begins_with_the_contact(app, client):
    assert client.get("/register").location == "/verify-contact?next=/register"
    assert verify(client).location == "/register"


def test_a_registered_citizen_is_signed_in_and_finds_the_own_page(citizen):
    page = citizen.get("/mine")
    assert page.status_code == 200
    assert "我的来信和意见" in words(page.text)
    assert "138****0001" in words(page.text)


def test_a_citizen_signs_in_with_the_mobile_number(citizen, app):
    answer = app.test_client().submit("/sign-in", {"login": "138 5330 0001", "password": SECRET})
    assert (answer.status_code, answer.location) == (303, "/mine")


def test_a_citizen_has_no_desk(citizen):
    assert citizen.get("/notices").status_code == 403
    assert citizen.get("/people").status_code == 403


def test_registering_leaves_an_entry_without_personal_data(citizen):
    person = db.session.query(Person).one()
    entry = evidence.entry_for("person", person.id, "person.registered")
    assert PHONE not in entry.payload
    assert "王芳" not in entry.payload


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"password": "九个字的密码不够长", "again": "九个字的密码不够长"}, "密码至少 10 个字，用一句话最好记"),
        ({"again": "something else"}, "两次输入的密码不一样，请重新输入"),
    ],
)
def test_what_is_missing_is_said_at_the_field(app, client, changes, sentence):
    verify(client)
    answer = client.submit("/register", FILLED | changes)
    assert answer.status_code == 422
    assert sentence in words(answer.text)
    assert db.session.query(Person).count() == 0


def test_who_has_an_account_sets_a_new_password_instead(citizen, app):
    again = app.test_client()
    verify(again)
    assert again.get("/register").location == "/recover"
    assert again.submit("/recover", {"password": "a wholly new one", "again": "a wholly new one"}).location == "/mine"
    assert citizen.get("/mine").status_code == 302
    assert app.test_client().submit("/sign-in", {"login": PHONE, "password": SECRET}).status_code == 422


def test_recovering_takes_a_contact_verified_within_half_an_hour(citizen, app, played):
    again = app.test_client()
    with played("2026-11-23T09:00"):
        verify(again, "/recover")
    with played("2026-11-23T09:29:59"):
        assert again.get("/recover").status_code == 200
    with played("2026-11-23T09:30:00"):
        assert again.get("/recover").location == "/verify-contact?next=/recover"


def test_fields_that_no_form_has_are_ignored(app, client):
    verify(client)
    client.submit("/register", FILLED | {"role": "administrator", "is_citizen": "0", "login": "root"})
    person = db.session.query(Person).one()
    assert (person.login, person.is_citizen) == (PHONE, True)


def test_own_matters_are_listed_the_newest_first(citizen, monkeypatch):
    monkeypatch.setattr(mine, "_sources", [])
    mine.register_mine(lambda person_id: [line("暖气不热", 1), line("路灯不亮", 3)])
    mine.register_mine(lambda person_id: [line("对停车办法的意见", 2)])
    page = words(citizen.get("/mine").text)
    assert page.index("路灯不亮") < page.index("对停车办法的意见") < page.index("暖气不热")


def test_a_visitor_is_asked_to_sign_in_first(app, client):
    assert client.get("/mine").location == "/sign-in?next=/mine"


def line(title, day):
    return MineLine(title, f"/letters/{day}", "办理中", datetime(2026, 11, day, tzinfo=UTC))
