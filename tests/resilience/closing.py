"""A13: people submit across the instant at which a period ends. What reads the clock before it counts; what
reads it at that instant or after is refused and told so, with its text.

In the middle the trial itself holds the lock that a closer holds, across the instant: whoever waits for it
reads the clock afterwards and is late, however early the request came.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import create_engine, func, select, text

from participation import clock
from participation.consultations import service as consultations
from participation.consultations.models import Comment, Consultation
from participation.evidence import service as evidence
from participation.evidence.models import EvidenceEntry
from participation.extensions import db
from tests.consultations import periods
from tests.resilience.counting import Outcome, token
from tests.resilience.prepared import Answered, Ready, moment, one, prepare
from tests.resilience.site import Site, looking, running
from tests.world import DEPARTMENTS, World

NAME = "1,000 submissions across the closing instant"
DATABASES = ("SQLite", "PostgreSQL")
TWINS = ("clock_before_lock",)
TWIN_SHARE = 0.1
SUBMISSIONS, RUNS = 1_000, 10
BEFORE, AFTER = 1.2, 0.4
"""Seconds before the instant at which the trial asks for the lock, and after it when it lets go."""


def full(site: Site, *, share: float, minutes: float | None = None) -> Outcome:
    return run(site, submissions=round(SUBMISSIONS * share), runs=max(1, round(RUNS * share)), minutes=minutes)


def run(site: Site, *, submissions: int, runs: int, people: int = 24, minutes: float | None = None) -> Outcome:
    outcome = Outcome(counts={"runs": 0, "accepted": 0, "refused": 0, "waiting at the instant": 0})
    ahead = site.folder / "ahead"
    ahead.write_text("0")
    site.environment = {"AHEAD": str(ahead)}
    site.jobs = False
    rate, deadline = 20.0, time.monotonic() + (minutes or 10_000) * 60
    with running(site):
        for number in range(runs):
            if time.monotonic() > deadline:
                break
            rate = _run(site, number, submissions, people, rate, outcome)
    return outcome


def _run(site: Site, number: int, submissions: int, people: int, rate: float, outcome: Outcome) -> float:
    with site.app().app_context():
        about, closes_at = _open(site, number)
    # Ends when about half of the forms are sent.
    lead = max(submissions / rate / 2, 2.5)
    shift = closes_at - datetime.fromtimestamp(moment(), closes_at.tzinfo) - timedelta(seconds=lead + 5)
    forms = prepare(site, range(1, submissions + 1), consultation=about, letters=False, ahead=shift)
    instant = moment() + lead
    shift = closes_at - datetime.fromtimestamp(instant, closes_at.tzinfo)
    (site.folder / "ahead").write_text(str(shift.total_seconds()))
    held: list[tuple[float, int, float]] = []
    holder = threading.Thread(target=_hold, args=(site, about, instant, held))
    holder.start()
    began = time.monotonic()

    def send(place: int) -> tuple[Ready, Answered]:
        # Evenly over both sides of the instant, however quick the machine is.
        time.sleep(max(0.0, began + place * 2 * lead / submissions - time.monotonic()))
        return forms[place], one(site, forms[place].request)

    with ThreadPoolExecutor(people) as pool:
        answers = list(pool.map(send, range(submissions)))
    took = time.monotonic() - began
    holder.join()
    with site.app().app_context(), clock.wrong(here=shift, there=shift):
        consultations.close_due(about, now=max(clock.now(), closes_at))
        db.session.commit()
    _judge(site, about, closes_at, instant, answers, held[0], outcome)
    return submissions / took


def _open(site: Site, number: int) -> tuple[int, datetime]:
    """Another consultation, which ends a day after the one before."""
    world = World.__new__(World)
    accounts = {row.login: row.id for row in db.session.execute(text("SELECT login, id FROM person"))}
    codes = {row.code: row.id for row in db.session.execute(text("SELECT code, id FROM department"))}
    world.app, world.person = site.app(), accounts
    world.department = {key: codes[f"D{index:02}"] for index, key in enumerate(DEPARTMENTS, start=1)}
    began = clock.local(clock.now() - timedelta(days=10))
    ends_on = began.date() + timedelta(days=45 + number)
    made = periods.opened(
        world,
        now=began.replace(tzinfo=None).isoformat(),
        ends_on=ends_on,
        promised_feedback_on=ends_on + timedelta(days=30),
    )
    found = made.id, made.closes_at
    db.session.rollback()
    db.session.remove()
    assert found[1] is not None
    return found  # type: ignore[return-value]


def _hold(site: Site, about: int, instant: float, held: list[tuple[float, int, float]]) -> None:
    time.sleep(max(0.0, instant - BEFORE - moment()))
    with _lock(site, about) as count:
        got = moment()
        found = count()
        time.sleep(max(0.0, instant + AFTER - moment()))
        held.append((got, found, moment()))


@contextmanager
def _lock(site: Site, about: int) -> Iterator[object]:
    """The lock of `close_due`; yields what counts the comments that are stored."""
    counted = f"SELECT count(*) FROM comment WHERE consultation_id = {about}"
    if not site.database:
        connection = sqlite3.connect(site.folder / "participation.db", timeout=60, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        yield lambda: connection.execute(counted).fetchone()[0]
        connection.execute("ROLLBACK")
        connection.close()
        return
    engine = create_engine(site.database)
    with engine.connect() as session:
        session.execute(text("SELECT id FROM consultation WHERE id = :id FOR UPDATE"), {"id": about})
        yield lambda: session.scalar(text(counted))
        session.rollback()
    engine.dispose()


def _judge(
    site: Site,
    about: int,
    closes_at: datetime,
    instant: float,
    answers: list[tuple[Ready, Answered]],
    held: tuple[float, int, float],
    outcome: Outcome,
) -> None:
    accepted = [(form, found) for form, found in answers if found.status == 303]
    refused = [(form, found) for form, found in answers if found.status == 409]
    waiting = sum(found.began < instant < found.ended for _form, found in answers)
    for name, value in (("accepted", accepted), ("refused", refused)):
        outcome.counts[name] = int(str(outcome.counts[name])) + len(value)
    outcome.counts["runs"] = int(str(outcome.counts["runs"])) + 1
    outcome.counts["waiting at the instant"] = int(str(outcome.counts["waiting at the instant"])) + waiting
    others = len(answers) - len(accepted) - len(refused)
    wrong = {
        "answers that are neither a receipt nor a refusal": others,
        "accepted though sent after the instant": sum(found.began >= instant for _form, found in accepted),
        "refused though answered before the instant": sum(found.ended < instant for _form, found in refused),
        "refused without their text": sum(
            token(form.number) not in found.body.decode("utf-8", "replace") for form, found in refused
        ),
    }
    with looking(site):
        rows = db.session.execute(select(Comment.received_at).where(Comment.consultation_id == about)).scalars().all()
        entry = evidence.entry_for("consultation", about, "consultation.closed")
        stored = db.session.get_one(Consultation, about)
        received = select(func.count()).where(EvidenceEntry.verb == "comment.received")
        entries = db.session.scalar(
            received.where(EvidenceEntry.payload.contains(f'"consultation":{about},'))
            if entry is not None
            else received
        )
        wrong |= {
            "stored though received at or after the instant": sum(when >= closes_at for when in rows),
            "rows beyond the receipts": abs(len(rows) - len(accepted)),
            "entries beyond the rows": abs((entries or 0) - len(rows)),
            "the end does not say how many came": int(
                entry is None or f'"received":{len(rows)}' not in entry.payload or stored.stage != "sorting"
            ),
        }
    got, counted, released = held
    if got < instant < released:
        wrong["stored by who waited for the lock across the instant"] = len(rows) - counted
    else:
        outcome.counts["runs whose lock came late"] = int(str(outcome.counts.get("runs whose lock came late", 0))) + 1
    wrong["the page says another number"] = int(not _page_says(site, about, len(rows)))
    outcome.wrong += [f"{said}: {times}" for said, times in wrong.items() if times]


def _page_says(site: Site, about: int, rows: int) -> bool:
    visitor = site.visitor(999_999)
    page = visitor.get(f"/consultations/{about}?lang=en").text
    visitor.close()
    return str(rows) in page
