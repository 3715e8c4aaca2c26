"""The database or the disk is away, busy or full: 503, when to come back, and the text in the page."""

import errno
import sqlite3

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    InterfaceError,
    InvalidatePoolError,
    InvalidRequestError,
    OperationalError,
    PendingRollbackError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from participation.extensions import db
from participation.failures import Outage, outage
from participation.web.unavailable import RETRY_AFTER
from tests.browse import Client, hidden_fields, words

TEXT = "第三条宜延至二十二时，<b>夜里</b>还有人下班。"
FORM = {"text": TEXT, "name": "王芳", "contact": "13900005678", "csrf_token": "t" * 20, "submission_key": "k" * 55}


def of_sqlite(code: int) -> OperationalError:
    said = sqlite3.OperationalError("said")
    said.sqlite_errorcode = code
    return OperationalError("SELECT 1", {}, said)


def of_postgresql(state: str | None) -> OperationalError:
    class OperationalError_(Exception):
        sqlstate = state

    OperationalError_.__name__, OperationalError_.__module__ = "OperationalError", "psycopg"
    return OperationalError("SELECT 1", {}, OperationalError_())


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (of_sqlite(sqlite3.SQLITE_BUSY), Outage.BUSY),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), Outage.BUSY),
        (of_sqlite(sqlite3.SQLITE_FULL), Outage.FULL),
        (of_sqlite(sqlite3.SQLITE_IOERR_WRITE), Outage.FULL),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), Outage.AWAY),
        (of_sqlite(sqlite3.SQLITE_ERROR), None),
        (of_postgresql(None), Outage.AWAY),
        (of_postgresql("57P03"), Outage.AWAY),
        (of_postgresql("53100"), Outage.FULL),
        (of_postgresql("53300"), Outage.BUSY),
        (of_postgresql("55P03"), Outage.BUSY),
        (of_postgresql("42P01"), None),
        (DBAPIError("SELECT 1", {}, Exception(), connection_invalidated=True), Outage.AWAY),
        (IntegrityError("INSERT", {}, sqlite3.IntegrityError()), None),
        (PoolTimeout(), Outage.BUSY),
        (InvalidatePoolError(), Outage.AWAY),
        (InvalidRequestError("This connection is closed"), Outage.AWAY),
        (PendingRollbackError("Can't reconnect until invalid transaction is rolled back.", code="8s2b"), Outage.AWAY),
        (InterfaceError("SELECT 1", {}, psycopg.InterfaceError("the connection is closed")), Outage.AWAY),
        (InvalidRequestError("This session is in 'committed' state"), None),
        (OSError(errno.ENOSPC, "full"), Outage.FULL),
        (OSError(errno.EACCES, "denied"), None),
        (ValueError(), None),
        (None, None),
    ],
)
def test_what_will_pass_is_told_from_a_fault_of_ours(error, found):
    assert outage(error) is found


def test_the_cause_counts_not_the_wrapping():
    error = RuntimeError("the upload could not be kept")
    error.__cause__ = OSError(errno.ENOSPC, "full")
    assert outage(error) is Outage.FULL


@pytest.fixture
def breaking(app: Flask, monkeypatch: pytest.MonkeyPatch):
    """Every statement fails from now on, the one that asks who is signed in too."""

    def fail(*_arguments: object, **_named: object) -> None:
        raise of_postgresql(None)

    def begin(error: Exception | None = None) -> None:
        def other(*_arguments: object, **_named: object) -> None:
            raise error  # type: ignore[misc]

        monkeypatch.setattr(db.session, "execute", other if error else fail)
        monkeypatch.setattr(db.session, "scalar", other if error else fail)
        monkeypatch.setattr(db.session, "scalars", other if error else fail)

    return begin


@pytest.mark.parametrize(("lang", "sentence"), [("zh", "系统暂时用不了"), ("en", "not available just now")])
def test_a_page_during_an_outage_is_503_in_the_readers_language(client: Client, breaking, lang: str, sentence: str):
    client.set_cookie("lang", lang)
    breaking()
    answer = client.get("/consultations?page=2")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(RETRY_AFTER[Outage.AWAY]))
    assert answer.headers["Cache-Control"] == "no-store"
    assert sentence in words(answer.text)
    assert 'href="/consultations?page=2"' in answer.text


def test_what_was_typed_stands_in_the_page_and_one_button_sends_it_again(client: Client, breaking):
    breaking()
    answer = client.post("/mailbox/mayor/write", data=FORM)
    assert answer.status_code == 503
    assert hidden_fields(answer.text) == FORM
    assert 'action="/mailbox/mayor/write"' in answer.text
    assert "<b>夜里</b>" not in answer.text
    assert "夜里" in words(answer.text)
    assert FORM["submission_key"] not in words(answer.text)


def test_a_password_never_stands_in_a_page(client: Client, breaking):
    form = hidden_fields(client.get("/sign-in").text)
    breaking()
    answer = client.post("/sign-in", data=form | {"login": "officer", "password": "one long test password"})
    assert answer.status_code == 503
    assert "one long test password" not in answer.text
    assert "<form" not in answer.text


def test_a_form_of_another_site_gets_no_button(client: Client, breaking):
    breaking()
    answer = client.post("/mailbox/mayor/write", data=FORM, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403 or "<form" not in answer.text


def test_a_staff_page_during_an_outage_is_503_too(app: Flask, world, client: Client, breaking):
    world.sign_in(client, "officer")
    breaking()
    assert client.get("/desk").status_code == 503


def test_a_program_is_told_so_in_its_own_form(client: Client, breaking):
    breaking()
    answer = client.get("/api/v1/letters")
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_fault_of_ours_stays_a_fault(app: Flask, client: Client, breaking):
    breaking(OperationalError("SELECT nothing", {}, sqlite3.OperationalError("no such table")))
    app.testing = False
    try:
        assert client.get("/consultations").status_code == 500
    finally:
        app.testing = True


def test_afterwards_everything_is_as_before(client: Client, app: Flask):
    assert db.session.scalar(text("SELECT 1")) == 1
    assert client.get("/consultations").status_code == 200


@pytest.mark.parametrize("lasting", [False, True])
def test_a_connection_that_dies_after_the_answer_was_made_takes_it_not_away(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch, lasting: bool
):
    """The session is closed after the answer was made; it begins with a rollback."""
    dialect, happened = db.engine.dialect, []
    said = of_sqlite(sqlite3.SQLITE_IOERR).orig if dialect.name == "sqlite" else psycopg.OperationalError("gone")
    rollback = dialect.do_rollback

    def gone(connection: object) -> None:
        happened.append(connection)
        if lasting or len(happened) == 1:
            raise said
        rollback(connection)

    db.session.remove()
    with monkeypatch.context() as patch:
        patch.setattr(dialect, "do_rollback", gone)
        answer = client.get("/consultations")
    assert happened
    assert answer.status_code == 200
    assert db.engine.pool.checkedout() == 0
    assert db.session.scalar(text("SELECT 1")) == 1
