"""Figures in Prometheus' format: requests by view and status, and what stands in the database.

Requests are counted by each process; with several of them, `PROMETHEUS_MULTIPROC_DIR` names the folder in
which they add up. Everything else is read when it is asked for.
"""

import os
from collections.abc import Iterable
from datetime import datetime

from flask import Flask, Response, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from participation import clock
from participation.duties.models import Duty
from participation.evidence import doubt
from participation.evidence.models import EvidenceEntry, EvidenceSeal
from participation.extensions import db
from participation.jobs import JobLease, all_jobs
from participation.notices.models import Notice
from participation.watching import readiness
from participation.watching.logs import elapsed

_PROCESS = CollectorRegistry()
_REQUESTS = Counter("participation_requests", "Answered requests", ["method", "endpoint", "status"], registry=_PROCESS)
_SECONDS = Histogram(
    "participation_request_seconds",
    "Time from the first line of a request to its answer",
    ["endpoint"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=_PROCESS,
)


def init_app(app: Flask) -> None:
    app.after_request(_count)


def _count(response: Response) -> Response:
    # An address that no view has is one line, not a line for each that somebody tries.
    endpoint = request.endpoint or "none"
    if endpoint != "static":
        _REQUESTS.labels(request.method, endpoint, str(response.status_code)).inc()
        _SECONDS.labels(endpoint).observe(elapsed())
    return response


def text() -> bytes:
    """Everything, for one scrape."""
    registry = _PROCESS
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)
    stored = CollectorRegistry()
    stored.register(_Stored(clock.now()))
    return bytes(generate_latest(registry)) + bytes(generate_latest(stored))


class _Stored(Collector):
    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterable[GaugeMetricFamily]:
        yield from _evidence(self.now)
        yield from _outbox()
        yield _overdue(self.now)
        yield from _jobs(self.now)
        yield from _backup(self.now)


def _one(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"participation_{name}", meaning, value=value)


def _evidence(now: datetime) -> Iterable[GaugeMetricFamily]:
    entries = db.session.scalar(select(func.max(EvidenceEntry.id))) or 0
    leaves = db.session.scalar(select(func.max(EvidenceSeal.leaf_index)))
    yield _one("evidence_entries", "Number of the newest entry", entries)
    yield _one("evidence_sealed", "Entries in the tree", 0 if leaves is None else leaves + 1)
    waiting = readiness.unsealed_since(now=now).total_seconds()
    yield _one("evidence_unsealed_seconds", "How long the oldest entry has waited for its seal", waiting)
    yield _one("evidence_clock_in_doubt", "Entries whose time is in doubt", doubt.health().open_entries)


def _outbox() -> Iterable[GaugeMetricFamily]:
    family = GaugeMetricFamily("participation_messages", "Messages that wait or failed", labels=["channel", "state"])
    counted = select(Notice.channel, Notice.state, func.count()).where(Notice.state.in_(("queued", "failed")))
    for channel, state, number in db.session.execute(counted.group_by(Notice.channel, Notice.state)):
        family.add_metric([channel, state], number)
    yield family


def _overdue(now: datetime) -> GaugeMetricFamily:
    family = GaugeMetricFamily("participation_duties_overdue", "Duties past their day", labels=["kind"])
    late = (Duty.met_at.is_(None), Duty.cancelled_at.is_(None), Duty.measure == "by", Duty.due_at <= now)
    for kind, number in db.session.execute(select(Duty.kind, func.count()).where(*late).group_by(Duty.kind)):
        family.add_metric([kind], number)
    return family


def _jobs(now: datetime) -> Iterable[GaugeMetricFamily]:
    yield _one("runner_lives", "1 while a runner holds the lease", float(readiness.runner_lives(now=now)))
    family = GaugeMetricFamily("participation_job_seconds_ago", "When a job with a pause last ended", labels=["job"])
    known = {job.name for job in all_jobs() if job.every is not None}
    for name, ran_at in db.session.execute(select(JobLease.name, JobLease.ran_at).where(JobLease.name.in_(known))):
        if ran_at is not None:
            family.add_metric([name], (now - ran_at).total_seconds())
    yield family


def _backup(now: datetime) -> Iterable[GaugeMetricFamily]:
    age = readiness.backup_age(now=now)
    if age is not None:
        yield _one("backup_seconds_ago", "Age of the newest verified backup", age.total_seconds())
