"""Asks pages in this process and times them: routing, queries and template, without network."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from participation import clock
from participation.accounts.models import Department
from participation.demo.people import PASSWORD
from participation.duties.models import Duty
from participation.extensions import db
from participation.jobs import all_jobs
from participation.mailbox.models import Letter
from tests.benchmarks.filling import BUSY


@dataclass(frozen=True)
class Result:
    """Milliseconds. `queries` of one request."""

    name: str
    median: float
    slowest: float
    queries: int


def measure(app: Flask, *, now: datetime, repeats: int) -> list[Result]:
    with app.app_context(), clock.played(now):
        for job in all_jobs():
            if job.name == "mailbox.figures":
                job.run(now=now)
                db.session.commit()
        pages = _pages(app)
        return [_time(name, ask, path, repeats) for name, ask, path in pages]


def _pages(app: Flask) -> list[tuple[str, FlaskClient, str]]:
    unit = db.session.scalar(select(Department.id).where(Department.code == BUSY))
    public = db.session.scalar(select(Letter.id).where(Letter.published_at.is_not(None)).order_by(Letter.id).limit(1))
    held = db.session.scalar(select(Letter.id).where(Letter.department_id == unit, Letter.stage == "assigned").limit(1))
    waiting = db.session.scalar(select(Letter.id).where(Letter.stage == "received").limit(1))
    topic = db.session.scalar(select(Letter.topic).where(Letter.id == public))
    late = db.session.scalar(select(Duty.id).where(Duty.met_at.is_(None)).order_by(Duty.due_at).limit(1))
    db.session.remove()
    reader = app.test_client()
    staff = {name: _signed_in(app, name) for name in ("fuzeren", "banshiyuan", "zhengfuban", "shenji")}
    deep = _deep(reader, "/letters", pages=30)
    return [
        ("home", reader, "/"),
        ("public list", reader, "/letters"),
        ("public list, far down by cursor", reader, deep),
        ("public list, a page of 2022", reader, "/letters?after=1650000000000000-200000"),
        ("public list, topic", reader, f"/letters?topic={topic}"),
        ("public list, busy unit", reader, f"/letters?department={unit}"),
        ("public list, month", reader, "/letters?month=2024-06"),
        ("public list, late ones", reader, "/letters?late=1"),
        ("public list, all filters", reader, f"/letters?topic={topic}&department={unit}&month=2024-06&late=1"),
        ("public list, two characters", reader, "/letters?q=路灯"),
        ("public letter", reader, f"/letters/{public}"),
        ("search, two characters", reader, "/search?q=路灯"),
        ("figures, latest month", reader, "/letters/figures"),
        ("figures, monthly report", reader, "/letters/figures/2026-10"),
        ("board", reader, "/board"),
        ("board, a unit", reader, f"/board/departments/{unit}"),
        ("desk of the busy unit", staff["banshiyuan"], "/desk"),
        ("desk, a letter", staff["banshiyuan"], f"/desk/letters/{held}"),
        ("approvals", staff["fuzeren"], "/approvals"),
        ("dispatch queue", staff["zhengfuban"], "/dispatch"),
        ("dispatch, a letter", staff["zhengfuban"], f"/dispatch/{waiting}"),
        ("ledger", staff["shenji"], "/ledger"),
        ("ledger, everything", staff["shenji"], "/ledger?state=all"),
        ("ledger, busy unit", staff["shenji"], f"/ledger?department={unit}"),
        ("ledger, one duty", staff["shenji"], f"/ledger/{late}"),
    ]


def _signed_in(app: Flask, login: str) -> FlaskClient:
    client = app.test_client()
    client.submit("/sign-in", {"login": login, "password": PASSWORD})
    return client


def _deep(client: FlaskClient, path: str, *, pages: int) -> str:
    import re

    for _ in range(pages):
        found = re.search(r'href="(/letters\?[^"]*after=[^"]+)"', client.get(path).text)
        if found is None:
            return path
        path = found[1].replace("&amp;", "&")
    return path


def _time(name: str, client: FlaskClient, path: str, repeats: int) -> Result:
    try:
        answer = client.get(path)
    except Exception as error:
        print(f"  {name}: {path} failed: {type(error).__name__}", flush=True)
        return Result(name, float("inf"), float("inf"), 0)
    if answer.status_code != 200:
        print(f"  {name}: {path} answered {answer.status_code}", flush=True)
    statements: list[str] = []
    times = []
    for _ in range(repeats):
        statements.clear()
        stop = _listen(statements)
        begun = time.perf_counter()
        client.get(path).get_data()
        times.append((time.perf_counter() - begun) * 1000)
        stop()
        if times[-1] > 5000:
            break  # three minutes for one page would say no more
    found = Result(name, median(times), max(times), len(statements))
    print(f"  {name}: {found.median:.0f} ms", flush=True)
    return found


def _listen(found: list[str]) -> Callable[[], None]:
    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    return lambda: event.remove(db.engine, "before_cursor_execute", note)
