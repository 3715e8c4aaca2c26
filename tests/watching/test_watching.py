"""What an operator's tools are told, and that nobody's data are in it."""

import json
import logging
from datetime import timedelta

import pytest
from msgspec.structs import replace
from prometheus_client.parser import text_string_to_metric_families
from pythonjsonlogger.json import JsonFormatter
from sqlalchemy import delete

from participation import clock
from participation.duties.models import CalendarDay, CalendarVersion
from participation.extensions import db
from participation.jobs import JobLease, run_due
from participation.watching import readiness
from tests.mailbox import letters

CANARY = "金丝雀其人一三八"


def value(answer, name, **labels) -> float | None:
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            if sample.name == name and sample.labels == labels:
                return float(sample.value)
    return None


def test_a_living_process_says_so_without_asking_the_database(client, queries):
    with queries() as asked:
        answer = client.get("/healthz")
    assert (answer.status_code, answer.text, asked) == (200, "ok\n", [])


def test_a_database_without_our_schema_is_not_ready(client, world):
    """The tables of a test are made without migrations, so no revision is noted."""
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"ready": False, "checks": {"database": "ok", "schema": "look"}}


@pytest.fixture
def migrated(world):
    db.session.execute(db.text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))"))
    db.session.execute(db.text("INSERT INTO alembic_version VALUES (:head)"), {"head": readiness._revisions()[0]})
    db.session.commit()
    yield
    db.session.rollback()
    db.session.execute(db.text("DROP TABLE alembic_version"))
    db.session.commit()


def test_it_is_ready_and_says_what_to_look_at(client, migrated, played):
    with played("2026-06-01T09:00"):
        answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json["ready"] is True
    assert answer.json["checks"] == {
        "database": "ok", "schema": "ok", "calendar": "ok", "runner": "look", "sealing": "ok", "clock": "ok",
        "delivery": "ok", "backup": "ok",
    }  # fmt: skip


def noted(revision: str) -> None:
    db.session.execute(db.text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    db.session.commit()


def test_a_newer_schema_is_ready_so_that_hosts_can_be_upgraded_one_by_one(client, migrated):
    noted("9999_of_the_next_release")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["ready"], answer.json["checks"]["schema"]) == (200, True, "look")
    assert "calendar" in answer.json["checks"]


def test_an_older_schema_is_not_ready(client, migrated):
    for revision in readiness._revisions()[1:]:
        noted(revision)
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json["checks"]) == (503, {"database": "ok", "schema": "look"})


def test_a_schema_without_a_revision_is_not_ready(client, migrated):
    db.session.execute(db.text("DELETE FROM alembic_version"))
    db.session.commit()
    assert client.get("/readyz").status_code == 503


def test_without_a_calendar_it_is_not_ready(client, migrated):
    db.session.execute(delete(CalendarDay))
    db.session.execute(db.text("DELETE FROM calendar_version"))
    db.session.commit()
    assert db.session.query(CalendarVersion).count() == 0
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["checks"]["calendar"]) == (503, "look")


def test_days_that_no_notice_covers_are_something_to_look_at(client, migrated, played):
    with played("2026-11-23T09:00"):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json["checks"]["calendar"]) == (200, "look")


def test_a_runner_that_holds_the_lease_lives(world, played):
    with played("2026-11-23T09:00"):
        now = clock.now()
        assert readiness.runner_lives(now=now) is False
        db.session.add(JobLease(name="runner", holder="a", until=now + timedelta(seconds=30)))
        db.session.commit()
        assert readiness.runner_lives(now=now) is True
        assert readiness.runner_lives(now=now + timedelta(seconds=30)) is False


def test_entries_that_wait_for_their_seal_are_counted_in_seconds(world, played):
    with played("2026-11-23T09:00"):
        run_due(clock.now())
        assert readiness.unsealed_since(now=clock.now()) == timedelta(0)
        letters.received(clock.now())
        db.session.commit()
        assert readiness.unsealed_since(now=clock.now() + timedelta(seconds=61)) == timedelta(seconds=61)
        run_due(clock.now())
        assert readiness.unsealed_since(now=clock.now() + timedelta(seconds=61)) == timedelta(0)


def test_the_figures_are_for_this_machine_or_for_the_token(client, world, app):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "198.51.100.7"}).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "198.51.100.7"}).status_code == 404
    kept = app.extensions["settings"]
    app.extensions["settings"] = replace(kept, metrics_token="x" * 32)
    try:
        assert client.get("/metrics").status_code == 404
        assert client.get("/metrics", headers={"Authorization": f"Bearer {'x' * 32}"}).status_code == 200
    finally:
        app.extensions["settings"] = kept


def test_somebody_else_learns_only_whether_it_is_ready(client, migrated):
    answer = client.get("/readyz", environ_base={"REMOTE_ADDR": "198.51.100.7"})
    assert answer.json == {"ready": True}


def test_requests_are_counted_by_view_and_status_not_by_address(client, world):
    client.get("/letters/99999")
    client.get("/no-such-page")
    answer = client.get("/metrics")
    assert value(answer, "participation_requests_total", method="GET", endpoint="none", status="404") >= 1
    assert "letters/99999" not in answer.text
    assert "no-such-page" not in answer.text


def test_what_is_overdue_is_counted_by_kind(client, world, played):
    with played("2026-11-23T09:00"):
        letters.received(clock.now())
        db.session.commit()
    with played("2026-12-10T09:00"):
        answer = client.get("/metrics")
    assert value(answer, "participation_duties_overdue", kind="letter_answer") == 1


def written(caplog) -> str:
    as_json = JsonFormatter("{asctime}{levelname}{name}{message}", style="{")
    return "\n".join(as_json.format(record) for record in caplog.records)


def test_a_request_is_one_line_with_ids_and_nothing_that_was_asked(client, world, caplog):
    caplog.set_level(logging.INFO)
    world.sign_in(client, "auditor")
    caplog.clear()
    client.get(f"/ledger/12?q={CANARY}", headers={"X-Request-ID": "0123456789abcdef"})
    (line,) = [json.loads(text) for text in written(caplog).splitlines()]
    assert {name: line[name] for name in ("request_id", "method", "endpoint", "ids", "status", "actor")} == {
        "request_id": "0123456789abcdef",
        "method": "GET",
        "endpoint": "oversight.duty",
        "ids": {"duty_id": 12},
        "status": 404,
        "actor": f"post:{world.post['auditor']}/person:{world.person['auditor']}",
    }
    assert CANARY not in written(caplog)


def test_a_request_id_that_is_none_is_replaced(client):
    given = client.get("/healthz", headers={"X-Request-ID": "<script>"}).headers["X-Request-ID"]
    assert len(given) == 32
    assert given.isalnum()


def test_nobodys_data_are_in_log_or_figures_even_when_something_fails(app, client, world, caplog, monkeypatch, played):
    """The canary is in every field of a letter; the request succeeds once and fails once on our side."""
    caplog.set_level(logging.DEBUG)
    with played("2026-11-23T09:00"):
        letters.received(clock.now(), text=CANARY * 3, title=CANARY, author_name=CANARY)
        db.session.commit()
        app.config["PROPAGATE_EXCEPTIONS"] = False
        for fails in (False, True):
            if fails:

                def broken(*_args, **_named):
                    raise RuntimeError(CANARY)

                monkeypatch.setattr("participation.mailbox.views.track.render_template", broken, raising=False)
            client.submit("/track", {"number": CANARY, "secret": CANARY})
            client.submit("/sign-in", {"login": CANARY, "password": CANARY})
            client.get(f"/search?q={CANARY}")
        run_due(clock.now())
    assert CANARY not in written(caplog)
    assert CANARY not in client.get("/metrics").text
