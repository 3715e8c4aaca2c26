"""The first administrator comes from the command line; old attempts are forgotten."""

from datetime import UTC, datetime, timedelta

from participation.accounts import jobs, throttle
from participation.accounts.models import Attempt
from participation.extensions import db


def test_an_empty_installation_gets_its_first_administrator(app):
    run = app.test_cli_runner().invoke
    args = ["people", "department", "--code", "D01", "--name", "区政府办公室", "--short-name", "区政府办"]
    assert run(args=args).output == "D01 区政府办公室\n"
    added = run(args=["people", "administrator", "--login", "Admin", "--name", "郑浩", "--department", "D01"])
    login, one_time = added.output.split()
    assert login == "admin"
    client = app.test_client()
    assert client.submit("/sign-in", {"login": "admin", "password": one_time}).status_code == 303
    assert client.get("/people").location == "/password"
    client.submit("/password", {"present": one_time, "password": "my own long one", "again": "my own long one"})
    assert client.get("/people").status_code == 200


def test_an_administrator_needs_a_department(app):
    args = ["people", "administrator", "--login", "admin", "--name", "郑浩", "--department", "D77"]
    result = app.test_cli_runner().invoke(args=args)
    assert result.exit_code == 1
    assert "There is no department with the code D77" in result.output


def test_attempts_are_forgotten_after_a_day(app):
    now = datetime(2026, 11, 23, 1, tzinfo=UTC)
    for age in (timedelta(hours=25), timedelta(hours=23)):
        throttle.reserve((throttle.TRACKING_NUMBER, "0" * 64), now=now - age)
    db.session.commit()
    assert jobs.forget(now=now) == 1
    assert db.session.query(Attempt).count() == 1
