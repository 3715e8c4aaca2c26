"""huey wakes the runner: one row of ticks, which begins anew by itself when it has broken off."""

import threading

import pytest

from participation import jobs
from participation.extensions import db
from participation.jobs import JobLease
from participation.ticker import Ticker


@pytest.fixture
def ticker(app, tmp_path):
    made = Ticker(app, every=1)
    yield made
    made.huey.storage.close()


def coming(ticker) -> int:
    return ticker.huey.pending_count() + ticker.huey.scheduled_count()


def test_a_tick_does_what_is_due_and_calls_the_next_one(ticker, monkeypatch):
    seen = []
    monkeypatch.setattr(jobs, "all_jobs", lambda: [jobs.Job("a", 1, lambda *, now: seen.append(now))])
    ticker._tick()
    assert len(seen) == 1
    assert coming(ticker) == 1


def test_two_ticks_at_a_time_become_one_row_again(ticker, monkeypatch):
    monkeypatch.setattr(jobs, "all_jobs", list)
    ticker._tick()
    ticker._tick()
    assert coming(ticker) == 1


def test_a_row_that_broke_off_begins_again(ticker):
    ticker._wake()
    ticker._wake()
    assert coming(ticker) == 1


def test_a_runner_that_fails_is_called_again(ticker, monkeypatch, caplog):
    def broken(*_args, **_named):
        raise RuntimeError("138 0000 0000")

    monkeypatch.setattr("participation.ticker.run_due", broken)
    ticker._tick()
    assert coming(ticker) == 1
    assert [record.getMessage().split(" at=")[0] for record in caplog.records] == ["jobs_failed error=RuntimeError"]


def test_it_runs_until_it_is_stopped_and_gives_the_lease_back(app, ticker, monkeypatch):
    stop, ticks = threading.Event(), []

    def job(*, now):
        ticks.append(now)
        if len(ticks) == 2:
            stop.set()

    monkeypatch.setattr(jobs, "all_jobs", lambda: [jobs.Job("a", 1, job)])
    with app.app_context():
        db.create_all()
    ticker.run(stop)
    assert len(ticks) >= 2
    with app.app_context():
        assert db.session.get(JobLease, "runner").holder == ""
