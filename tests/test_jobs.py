"""The runner: everything due by now, in order, one runner at a time, one failure at a time."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from config import HERE
from participation import clock, jobs
from participation.breathing import breathe
from participation.extensions import db
from participation.jobs import JobLease, Outcome, run_due
from participation.notices.models import Notice
from participation.notices.service import Contact, notify
from participation.serving import gunicorn_command

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def queue_message(now):
    facts = {"number": "1", "department": "x"}
    notify(
        "letter_answered", to=Contact("sms", "13800000000"), facts=facts, subject_kind="letter", subject_id=1, now=now
    )


@pytest.fixture
def only(app, monkeypatch):
    """`only(a=f, b=g)`: the runner knows these jobs and no others, at the clock of the test."""
    monkeypatch.setattr(jobs, "_registered", {})

    def register(*listed):
        monkeypatch.setattr(
            jobs, "all_jobs", lambda: sorted(jobs._registered.values(), key=lambda job: (job.order, job.name))
        )
        for name, function, order, *every in listed:
            jobs.register(name, function, order, *every)

    with clock.played(NOW):
        yield register


def test_the_platform_knows_its_jobs_in_order(app):
    known = [(job.order, job.name) for job in jobs.all_jobs()]
    assert known == sorted(known)
    ours = [(80, "evidence.seal"), (90, "notices.deliver"), (95, "files.drop_staged"), (96, "notices.forget")]
    assert [job for job in known if job in ours] == ours


def test_jobs_run_in_order_with_the_instant_they_are_given(only):
    seen = []

    def note(name, done):
        return lambda *, now: seen.append((name, now)) or done

    only(("b", note("b", 2), 20), ("c", note("c", None), 30), ("a", note("a", 1), 10))
    assert run_due(NOW) == [Outcome("a", 1), Outcome("b", 2), Outcome("c", 0)]
    assert seen == [("a", NOW), ("b", NOW), ("c", NOW)]


def test_a_broken_job_is_rolled_back_and_named_and_the_others_run(only, caplog):
    def broken(*, now):
        queue_message(now)
        raise ValueError("138 0000 0000")

    only(("a", broken, 10), ("b", lambda *, now: 3, 20))
    assert run_due(NOW) == [Outcome("a", 0, "ValueError"), Outcome("b", 3)]
    assert db.session.scalars(select(Notice)).all() == []
    place = f"participation/jobs.py:{_line_of_run()}"
    assert [record.getMessage() for record in caplog.records] == [f"job_failed job=a error=ValueError at={place}"]


def _line_of_run() -> int:
    lines = (HERE / "participation" / "jobs.py").read_text("utf-8").splitlines()
    return next(at for at, line in enumerate(lines, start=1) if "done = job.run(now=now)" in line)


def test_while_one_runner_holds_the_lease_another_does_nothing(only):
    only(("a", lambda *, now: 1, 10))
    assert run_due(NOW, holder="one") == [Outcome("a", 1)]
    assert run_due(NOW, holder="two") is None
    assert run_due(NOW + timedelta(seconds=14), holder="two") is None
    assert run_due(NOW + timedelta(seconds=10), holder="one") == [Outcome("a", 1)]
    assert run_due(NOW + timedelta(seconds=24), holder="two") is None
    assert run_due(NOW + timedelta(seconds=25), holder="two") == [Outcome("a", 1)]


def test_what_cannot_wait_runs_between_the_steps_of_a_long_job(only, monkeypatch):
    seen = []
    monkeypatch.setattr(jobs, "BETWEEN", 0)

    def long(*, now):
        for step in range(3):
            seen.append(step)
            breathe()

    def urgent(*, now):
        seen.append("sealed")

    only(("long", long, 10), ("evidence.seal", urgent, 80), ("another", lambda *, now: seen.append("another"), 90))
    run_due(NOW)
    assert seen == [0, "sealed", 1, "sealed", 2, "sealed", "sealed", "another"]
    seen.clear()
    long(now=NOW)
    assert seen == [0, 1, 2]


def test_a_lease_is_renewed_while_a_job_takes_its_time(only, monkeypatch):
    """The clock stands still for the runner that waits: only the renewing moves the end of the lease."""
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=0.3))

    def long(*, now):
        db.session.merge(JobLease(name="runner", holder="me", until=NOW))
        db.session.commit()
        assert _until(lambda: _until_of("runner") > NOW, 5)

    only(("long", long, 10))
    assert run_due(NOW, holder="me") == [Outcome("long", 0)]


def _until_of(name: str) -> datetime:
    until = db.session.scalars(select(JobLease.until).where(JobLease.name == name)).one()
    # SQLite has one writer, and that is the renewing's turn.
    db.session.rollback()
    return until


def test_a_released_lease_is_free_at_once(only):
    only(("a", lambda *, now: 1, 10))
    run_due(NOW, holder="one")
    jobs.release("two")
    assert run_due(NOW, holder="two") is None
    jobs.release("one")
    assert run_due(NOW, holder="two") == [Outcome("a", 1)]


def test_a_single_run_gives_the_lease_back(only):
    only(("a", lambda *, now: 1, 10))
    assert run_due(NOW) == [Outcome("a", 1)]
    assert run_due(NOW, holder="two") == [Outcome("a", 1)]


def test_a_job_with_a_pause_waits_for_it_even_across_runners(only):
    only(("a", lambda *, now: 1, 10, timedelta(hours=1)))
    expected = {0: 1, 1: 0, 59: 0, 60: 1, 61: 0, 119: 0, 120: 1}
    assert {at: len(run_due(NOW + timedelta(minutes=at)) or []) for at in expected} == expected


def test_a_job_with_a_pause_that_failed_is_tried_again_at_once(only):
    answers = [ValueError(), None]

    def once_broken(*, now):
        error = answers.pop(0)
        if error:
            raise error
        return 1

    only(("a", once_broken, 10, timedelta(hours=1)))
    assert [run_due(NOW), run_due(NOW)] == [[Outcome("a", 0, "ValueError")], [Outcome("a", 1)]]


def test_running_everything_twice_sends_nothing_twice(world):
    queue_message(NOW)
    db.session.commit()
    with clock.played(NOW):
        first = {outcome.name: (outcome.done, outcome.error) for outcome in run_due(NOW)}
        second = {outcome.name: (outcome.done, outcome.error) for outcome in run_due(NOW)}
    assert (first["notices.deliver"], second["notices.deliver"]) == ((1, ""), (0, ""))
    assert [name for name, (_done, error) in (first | second).items() if error] == []


def test_the_command_runs_once_and_prints_each_job(app, world):
    answer = app.test_cli_runner().invoke(args=["jobs", "run"])
    assert answer.exit_code == 0, answer.output
    assert "notices.deliver: 0" in answer.output.splitlines()
    db.session.merge(JobLease(name="runner", holder="other", until=clock.now() + timedelta(minutes=1)))
    db.session.commit()
    answer = app.test_cli_runner().invoke(args=["jobs", "run"])
    assert (answer.exit_code, answer.output) == (1, "Error: Another runner is at work.\n")


def test_the_site_is_one_process_with_eight_threads_on_this_machine_only():
    assert " ".join(gunicorn_command(5000)[1:]) == (
        "-m gunicorn run:app --worker-class gthread --workers 1 --threads 8 --no-control-socket"
        " --bind 127.0.0.1:5000 --graceful-timeout 10"
    )


SERVE = """
import sys
from config import from_environment
from participation import create_app
from participation.extensions import db
from participation.serving import serve
app = create_app(from_environment())
with app.app_context():
    db.create_all()
sys.exit(serve(app))
"""


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/demo/inbox", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _until(true, seconds=25.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.2)
    return False


@pytest.fixture
def served(tmp_path):
    port = 20_000 + os.getpid() % 20_000
    told = {**os.environ, "INSTANCE_DIR": str(tmp_path), "DATABASE_URL": "", "PORT": str(port), "PYTHONPATH": str(HERE)}
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE], cwd=HERE, env=told, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    yield process, port
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _site_of(process: subprocess.Popen) -> int:
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return next(int(pid) for pid, parent in map(str.split, listed.splitlines()) if int(parent) == process.pid)


def test_site_and_runner_start_together_and_stop_together(served):
    process, port = served
    assert _until(lambda: _answers(port))
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    assert _answers(port) is False


def test_control_c_reaches_both_and_is_no_error(served):
    process, port = served
    assert _until(lambda: _answers(port))
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=20) == 0


def test_when_the_site_dies_the_runner_ends_with_an_error(served):
    process, port = served
    assert _until(lambda: _answers(port))
    os.kill(_site_of(process), signal.SIGKILL)
    assert process.wait(timeout=20) != 0
