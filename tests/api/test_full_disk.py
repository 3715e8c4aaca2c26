"""The disk is full: what only reads is still read, a quarter as often, and is counted in the database again after."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import OperationalError

from participation import clock
from participation.accounts import throttle, without_disk
from participation.accounts.models import Allowance
from participation.extensions import db
from participation.failures import Outage, outage

PATH = "/api/v1/departments"
WITH_ROOM = 1_073_741_823


@pytest.fixture
def limit(monkeypatch) -> throttle.Limit:
    found = throttle.Limit("api_network", 8, timedelta(minutes=1))
    monkeypatch.setattr(throttle, "API_NETWORK", found)
    return found


@contextmanager
def full() -> Iterator[None]:
    """No further page for the database's file, and the pages of the allowances without room for one more row."""
    db.session.rollback()
    db.engine.dispose()
    most = db.session.scalar(text("PRAGMA page_count"))
    db.session.rollback()

    def small(connection, *_rest):
        connection.execute(f"PRAGMA max_page_count = {most}")

    event.listen(db.engine.pool, "checkout", small)
    try:
        failed = 0
        while failed < 100:
            failed = failed + 1 if _no_room() else 0
        yield
    finally:
        db.session.rollback()
        event.remove(db.engine.pool, "checkout", small)
        with db.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {WITH_ROOM}")


def _no_room() -> bool:
    try:
        throttle.spend(throttle.Limit("ballast", 1, timedelta(days=1)), uuid4().hex * 2, now=clock.now())
        db.session.commit()
    except OperationalError as error:
        db.session.rollback()
        if outage(error) is not Outage.FULL:
            raise
        return True
    return False


def test_a_full_disk_leaves_the_api_open_to_a_quarter_of_the_allowance(client, world, played, limit):
    if db.engine.dialect.name != "sqlite":
        with played("2026-11-23T09:00:10"):
            assert client.get(PATH).headers["RateLimit"] == '"network";r=7;t=50'
        return
    with played("2026-11-23T09:00:10"):
        with full():
            answers = [client.get(PATH) for _ in range(3)]
            other = client.get(PATH, environ_base={"REMOTE_ADDR": "198.51.100.7"})
            assert not db.session.scalar(select(func.count()).where(Allowance.scope == limit.scope))
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[0].headers["RateLimit"] == '"network";r=1;t=50'
        assert answers[2].headers["Retry-After"] == "50"
        assert other.status_code == 200
        assert client.get(PATH).headers["RateLimit"] == '"network";r=7;t=50'


def test_what_was_counted_without_the_disk_ends_with_its_window(limit):
    now = datetime(2026, 11, 23, 1, 0, 10, tzinfo=UTC)
    spent = [without_disk.spend(limit, "k" * 64, now=now) for _ in range(3)]
    assert [each.refused for each in spent] == [False, False, True]
    assert not without_disk.spend(limit, "k" * 64, now=now + timedelta(minutes=1)).refused
