"""What no honest browser sends gets a 4xx and a sentence, never a 500."""

import pytest
from sqlalchemy import event

from participation.access import SYSTEM
from participation.accounts import digests, service
from participation.extensions import db
from tests.world import FOUNDED

HOSTILE = [
    "\x00",
    "officer\x00",
    "' OR 1=1 --",
    "０" * 300,
    "x" * 100_000,
    "\u202eofficer",
    "😀" * 50,
    "%00",
    "{{7*7}}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_signing_in_with_anything_is_refused(world, client, text):
    for field in ("login", "password"):
        sent = {"login": "officer", "password": "wrong", field: text}
        assert client.submit("/sign-in", sent).status_code == 422


@pytest.mark.parametrize("text", HOSTILE)
def test_a_contact_may_be_anything_and_is_refused(app, client, text):
    for channel in ("sms", "email", "pigeon"):
        assert client.submit("/verify-contact", {"channel": channel, "address": text}).status_code == 422


@pytest.mark.parametrize("text", HOSTILE)
def test_a_code_may_be_anything_and_is_refused(app, client, text):
    client.submit("/verify-contact", {"channel": "sms", "address": "13853300001"})
    assert client.submit("/verify-contact/code", {"code": text}).status_code == 422


@pytest.mark.parametrize("text", [each for each in HOSTILE if "\x00" in each or len(each) > 200])
def test_names_that_cannot_be_stored_are_refused_at_the_field(world, client, text):
    world.sign_in(client, "administrator")
    assert client.submit("/people/accounts/new", {"name": text, "login": "newone"}).status_code == 422
    sent = {"name": text, "short_name": text, "code": text, "kind": "department", "sort": "1"}
    assert client.submit("/people/departments/new", sent).status_code == 422


@pytest.mark.parametrize(
    "query", ["after=-1", "after=99999999999999999999", "q=%00", "q=%ff%fe", "q=" + "a" * 5000, "after=x&q='"]
)
def test_looking_for_people_with_anything_answers(world, client, query):
    world.sign_in(client, "administrator")
    assert client.get(f"/people/accounts?{query}").status_code in (200, 404)


def test_a_cookie_of_nonsense_is_anonymous(world, client):
    with client.session_transaction() as session:
        session["_user_id"] = "nonsense\x00"
    assert client.get("/notices").status_code == 302


def test_a_contact_token_from_elsewhere_is_nothing(app, client):
    with client.session_transaction() as session:
        session["contact_sent"] = {"token": "nonsense", "code": "", "next": ""}
    assert client.get("/verify-contact/code").location == "/verify-contact"


def test_a_household_is_one_ipv6_network(app):
    assert digests.of_network("2001:db8:1:2::1") == digests.of_network("2001:db8:1:2:ffff::9")
    assert digests.of_network("2001:db8:1:2::1") != digests.of_network("2001:db8:1:3::1")
    assert digests.of_network("198.51.100.1") != digests.of_network("198.51.100.2")
    assert digests.of_network(None) == digests.of_network("no address")


def test_the_list_of_departments_takes_the_same_queries_for_any_number(world, client):
    world.sign_in(client, "administrator")
    few = _queries(client)
    for count in range(30):
        service.create_department(
            name=f"单位{count}", short_name=f"单位{count}", code=f"X{count}", kind="other", actor=SYSTEM, now=FOUNDED
        )
    db.session.commit()
    assert _queries(client) == few


def _queries(client):
    asked = []

    def count(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert client.get("/people").status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(asked)
