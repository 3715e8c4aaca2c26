"""SECRET_KEY is changed: a tracking code, a session or a link goes on, but only while the former key is named."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import session

from participation.accounts import contacts
from participation.evidence.views import entry as receipts
from participation.notices.service import Contact, notify
from participation.web.secrets import digest_secret, keyed_digest, keyed_matches, secret_matches
from participation.web.submission import is_ours, new_submission_key
from tests.files.test_service import NOW

SECRET = "7KQM-4XHG-92TB-C3WZ"
NEW = "another secret of more than thirty-two characters"


@contextmanager
def changed(app, *, former: bool) -> Iterator[None]:
    old = app.config["SECRET_KEY"]
    app.config["SECRET_KEY"], app.config["SECRET_KEY_FALLBACKS"] = NEW, [old] if former else []
    try:
        yield
    finally:
        app.config["SECRET_KEY"], app.config["SECRET_KEY_FALLBACKS"] = old, []


@pytest.mark.parametrize("former", [True, False])
def test_a_tracking_code_of_before_opens_while_the_former_key_is_named(app, former: bool):
    stored = digest_secret(SECRET)
    with changed(app, former=former):
        assert secret_matches(SECRET, stored) is former
        assert not secret_matches("7KQM-4XHG-92TB-C3WX", stored)
        assert digest_secret(SECRET) != stored
        assert secret_matches(SECRET, digest_secret(SECRET))


@pytest.mark.parametrize("former", [True, False])
def test_a_form_and_a_link_of_before_go_on(app, former: bool):
    token = contacts._serializer().dumps(["x"])
    link = keyed_digest("7:d", purpose="receipt")[: receipts.OPENS]
    with app.test_request_context():
        key = new_submission_key()
        kept = dict(session)
    with changed(app, former=former), app.test_request_context():
        session.update(kept)
        assert is_ours(key) is former
        assert keyed_matches("7:d", link, purpose="receipt") is former
        assert is_ours(new_submission_key())
        if former:
            assert contacts._serializer().loads(token) == ["x"]


def test_the_beginning_of_a_digest_is_no_key(app):
    whole = keyed_digest("7:d", purpose="receipt")
    assert keyed_matches("7:d", whole, purpose="receipt")
    assert not any(keyed_matches("7:d", whole[:length], purpose="receipt") for length in (0, 1, 16, 31))


@pytest.mark.parametrize("former", [True, False])
def test_a_session_of_before_lasts(world, client, app, former: bool):
    world.sign_in(client, "officer")
    assert client.get("/desk").status_code == 200
    with changed(app, former=former):
        assert (client.get("/desk").status_code == 200) is former


def test_nobody_is_told_twice(app):
    told = {"to": Contact("email", "a@example.cn"), "facts": {"code": "123456", "minutes": 10},
            "subject_kind": "verification", "subject_id": 1, "now": NOW, "once": "once"}  # fmt: skip
    assert notify("contact_code", **told) == 1
    with changed(app, former=True):
        assert notify("contact_code", **told) == 0
