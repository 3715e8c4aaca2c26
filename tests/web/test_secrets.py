"""Tracking secrets and one-time submission keys."""

import re

import pytest

from participation.web.secrets import digest_secret, keyed_digest, new_secret, normalised, secret_matches, spelled
from participation.web.submission import is_ours, new_submission_key, secret_for, submission_digest

SHAPE = r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}"


def test_a_secret_is_eighty_bits_in_four_groups_of_four():
    assert spelled(bytes(10)) == "0000-0000-0000-0000"
    assert spelled(b"\xff" * 10) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert spelled(bytes.fromhex("00443214c74254b635cf")) == "0123-4567-89AB-CDEF"


def test_every_new_secret_is_another():
    made = {new_secret() for _turn in range(500)}
    assert len(made) == 500
    assert [secret for secret in made if not re.fullmatch(SHAPE, secret)] == []


@pytest.mark.parametrize(
    "written",
    [
        "7KQM-4XHG-92TB-01VZ",
        "7kqm-4xhg-92tb-01vz",
        "7KQM4XHG92TB01VZ",
        " 7KQM 4XHG 92TB 01VZ\n",
        "７ＫＱＭ－４ＸＨＧ－９２ＴＢ－０１ＶＺ",
        "7KQM–4XHG—92TB−01VZ",
        "7KQM-4XHG-92TB-OIVZ",
        "7kqm-4xhg-92tb-oluz",
        "7KQM。4XHG、92TB　01VZ",
    ],
)
def test_a_secret_opens_however_it_was_typed(app, written):
    assert normalised(written) == "7KQM4XHG92TB01VZ"
    assert secret_matches(written, digest_secret("7KQM-4XHG-92TB-01VZ")) is True


@pytest.mark.parametrize(
    "written", ["", "7KQM-4XHG-92TB-01VY", "7KQM-4XHG-92TB", "7KQM-4XHG-92TB-01VZZ", "查询码", "x" * 100_000]
)
def test_another_secret_does_not_open(app, written):
    assert secret_matches(written, digest_secret("7KQM-4XHG-92TB-01VZ")) is False


def test_nothing_opens_the_digest_of_nothing(app):
    assert secret_matches("", digest_secret("")) is False


def test_a_digest_depends_on_the_key_of_the_installation(app):
    before = digest_secret("7KQM-4XHG-92TB-01VZ")
    kept = app.config["SECRET_KEY"]
    app.config["SECRET_KEY"] = "another secret of more than thirty-two characters"
    try:
        assert digest_secret("7KQM-4XHG-92TB-01VZ") != before
    finally:
        app.config["SECRET_KEY"] = kept
    assert digest_secret("7KQM-4XHG-92TB-01VZ") == before
    assert re.fullmatch(r"[0-9a-f]{64}", before)


def test_each_purpose_has_a_key_of_its_own(app):
    assert keyed_digest("x", purpose="a") != keyed_digest("x", purpose="b")


def test_a_submission_key_belongs_to_the_session_that_got_it(app):
    with app.test_request_context():
        key = new_submission_key()
        assert is_ours(key) is True
        assert is_ours(new_submission_key()) is True
    with app.test_request_context():
        assert is_ours(key) is False
        new_submission_key()
        assert is_ours(key) is False


@pytest.mark.parametrize("key", [None, "", "x", "0" * 55, "a" * 22 + "." + "0" * 32, "字" * 22 + "." + "0" * 32])
def test_a_made_up_submission_key_is_nobodys(app, key):
    with app.test_request_context():
        new_submission_key()
        assert is_ours(key) is False


def test_the_same_submission_gives_the_same_secret_and_digest(app):
    with app.test_request_context():
        one, other = new_submission_key(), new_submission_key()
        assert secret_for(one) == secret_for(one)
        assert secret_for(one) != secret_for(other)
        assert submission_digest(one) == submission_digest(one)
        assert submission_digest(one) != submission_digest(other)
        assert re.fullmatch(SHAPE, secret_for(one))
        assert one.split(".")[0] not in submission_digest(one)
