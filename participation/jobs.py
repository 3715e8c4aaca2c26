"""The due work of all features, in order. Every job does whatever is due by `now` and nothing
twice, so a missed night loses nothing; one runner at a time, by a lease in the database that is renewed
while it works. A job that takes its time lets those in between that cannot wait (`breathing`).

    flask --app run jobs run           once
    flask --app run jobs work          for ever
    python run.py                      site and runner together: see serving.py
"""

import importlib
import importlib.util
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, current_app
from sqlalchemy import String, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from participation import clock
from participation.breathing import letting_in
from participation.evidence.sealing import seal
from participation.extensions import Instant, db
from participation.failures import place

log = logging.getLogger(__name__)

SOURCES = (
    "evidence",
    "duties",
    "notices",
    "files",
    "accounts",
    "consultations",
    "decisions",
    "mailbox",
    "oversight",
    "assurance",
    "search",
    "api",
    "privacy",
)
"""Features that may have a `jobs` module: `JOBS = ((name, order, function[, every]), ...)`."""

LEASE = timedelta(seconds=15)
"""How long after its last sign of life another takes the place of a runner that was killed."""
URGENT = ("consultations.close", "evidence.seal", "notices.deliver")
BETWEEN = 3.0
"""Seconds that these wait at least for their next turn within a long job."""
_RUNNER = "runner"
BACKUP = "backup.verified"
"""Its row says at what instant the newest verified backup was made."""


class JobLease(db.Model):  # type: ignore[name-defined,misc]
    """Row `runner`: which process runs the jobs, and until when nobody else may. A row for each
    job: when it last ran to its end."""

    __tablename__ = "job_lease"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    holder: Mapped[str] = mapped_column(String(32), default="")
    until: Mapped[datetime | None] = mapped_column(Instant)
    ran_at: Mapped[datetime | None] = mapped_column(Instant)


@dataclass(frozen=True)
class Job:
    """`run(now=...)` commits one transaction for each item and returns how many it did. With
    `every` it is called at most once in that time."""

    name: str
    order: int
    run: Callable[..., int | None]
    every: timedelta | None = None


@dataclass(frozen=True)
class Outcome:
    name: str
    done: int = 0
    error: str = ""


_registered: dict[str, Job] = {}


def register(name: str, function: Callable[..., int | None], order: int, every: timedelta | None = None) -> None:
    """Adds a job; the same name again replaces it."""
    _registered[name] = Job(name, order, function, every)


def all_jobs() -> list[Job]:
    """Every job, in the order in which they run."""
    _registered.setdefault("evidence.seal", Job("evidence.seal", 80, seal))
    for feature in SOURCES:
        full = f"participation.{feature}.jobs"
        if importlib.util.find_spec(full) is None:
            continue
        for name, order, function, *every in importlib.import_module(full).JOBS:
            _registered.setdefault(name, Job(name, order, function, *every))
    return sorted(_registered.values(), key=lambda job: (job.order, job.name))


def run_due(now: datetime, *, holder: str | None = None) -> list[Outcome] | None:
    """Runs every job once for what is due by `now`. None when another runner holds the lease."""
    me = holder or secrets.token_hex(8)
    if not _take_lease(me, now=now):
        return None
    outcomes = []
    try:
        with _renewed(me), letting_in(_urgent()):
            for job in all_jobs():
                if not _is_its_turn(job, now=now):
                    continue
                outcomes.append(_run(job, now=now))
                _take_lease(me, now=max(now, clock.now()))
    finally:
        db.session.rollback()
        if holder is None:
            release(me)
    return outcomes


def _urgent() -> Callable[[], None]:
    """What is done between the steps of a long job, not oftener than need be."""
    ran = time.monotonic()

    def run() -> None:
        nonlocal ran
        if time.monotonic() - ran < BETWEEN:
            return
        for job in all_jobs():
            if job.name in URGENT:
                _run(job, now=clock.now())
        ran = time.monotonic()

    return run


@contextmanager
def _renewed(holder: str) -> Iterator[None]:
    """Each job may take its time; nobody takes over while we still run."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    over = threading.Event()
    # The context carries the clock that is being played.
    renewing = threading.Thread(target=copy_context().run, args=(_renew, app, holder, over), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        over.set()
        renewing.join()


def _renew(app: Flask, holder: str, over: threading.Event) -> None:
    while not over.wait(LEASE.total_seconds() / 3):
        with app.app_context():
            try:
                _take_lease(holder, now=clock.now())
            except Exception as error:
                # The database may be away for a moment, or SQLite's one writer is the job itself.
                db.session.rollback()
                log.warning("lease_not_renewed error=%s at=%s", type(error).__name__, place(error))


def release(holder: str) -> None:
    """Gives the lease back, so that the next runner need not wait for it to run out."""
    db.session.execute(
        update(JobLease).where(JobLease.name == _RUNNER, JobLease.holder == holder).values(holder="", until=None)
    )
    db.session.commit()


def _run(job: Job, *, now: datetime) -> Outcome:
    try:
        done = job.run(now=now) or 0
        db.session.commit()
        _remember(job, now=now)
    except Exception as error:
        # One broken job must not stop the others. No traceback: its values may be personal.
        db.session.rollback()
        log.error("job_failed job=%s error=%s at=%s", job.name, type(error).__name__, place(error))
        return Outcome(job.name, error=type(error).__name__)
    if done:
        log.info("job_done job=%s items=%d", job.name, done)
    return Outcome(job.name, done=done)


def _take_lease(holder: str, *, now: datetime) -> bool:
    free = or_(JobLease.until.is_(None), JobLease.until <= now, JobLease.holder == holder)
    values = {"holder": holder, "until": now + LEASE}
    taken = db.session.execute(update(JobLease).where(JobLease.name == _RUNNER, free).values(**values))
    count = taken.rowcount  # type: ignore[attr-defined]
    if not count:
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        made = insert(JobLease).values(name=_RUNNER, **values).on_conflict_do_nothing().returning(JobLease.name)
        count = 0 if db.session.scalar(made) is None else 1
    db.session.commit()
    return bool(count)


def _is_its_turn(job: Job, *, now: datetime) -> bool:
    if job.every is None:
        return True
    ran_at = db.session.scalar(select(JobLease.ran_at).where(JobLease.name == job.name))
    db.session.commit()
    return ran_at is None or now - ran_at >= job.every


def _remember(job: Job, *, now: datetime) -> None:
    if job.every is not None:
        remember(job.name, now=now)


def remember(name: str, *, now: datetime) -> None:
    """What has this name ended well at this instant; commits."""
    db.session.merge(JobLease(name=name, holder="", until=None, ran_at=now))
    db.session.commit()
