"""The runner dies at every step it can die at, and is started again: nothing is sent twice, nothing lost.

A step is a commit: the runner is stopped just before it and just after it. What the outside got is
compared with a night in which nothing happened.
"""

import contextlib
import os
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import event, select, text

from participation import clock
from participation.extensions import db
from participation.jobs import JobLease, run_due
from participation.mailbox import service as mailbox
from participation.notices.models import Notice
from participation.notices.service import Contact, notify
from tests.conftest import _content, _file, _put
from tests.mailbox import letters
from tests.notices.servers import Received, sms_gateway

pytestmark = pytest.mark.long

NIGHT = "2026-12-01T03:00"
EVERY = 1 if os.environ.get("EVERY_STEP") else 11
"""`make prove-jobs` tries every step, which takes minutes; otherwise each eleventh."""


class Killed(BaseException):
    """What no handler of ours catches."""


@contextmanager
def killed_at(step: int, *, after: bool):
    """The `step`-th commit does not happen, or is the last thing that happens: no statement comes after."""
    seen, dead = 0, False

    def count(_session) -> None:
        nonlocal seen, dead
        seen += 1
        dead = seen == step
        if dead and not after:
            raise Killed

    def speak(*_statement) -> None:
        if dead:
            raise Killed

    session, engine = db.session(), db.engine
    event.listen(session, "after_commit" if after else "before_commit", count)
    event.listen(engine, "before_cursor_execute", speak)
    try:
        yield
    finally:
        event.remove(session, "after_commit" if after else "before_commit", count)
        event.remove(engine, "before_cursor_execute", speak)


def evening(world) -> None:
    """Four letters in the house, two of them late by the night, and messages that wait."""
    now = clock.now()
    for number in range(4):
        letter = letters.received(now, title=f"第 {number} 封信")
        if number < 3:
            mailbox.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=now)
    facts = {"number": "1", "department": "x"}
    for number in range(3):
        notify(
            "letter_answered",
            to=Contact("sms", f"1380000{number:04}"),
            facts=facts,
            subject_kind="letter",
            subject_id=number,
            now=now,
        )
    db.session.commit()


def outcome() -> dict[str, object]:
    db.session.expire_all()
    told = Counter(
        (notice.verb, notice.to_department_id, notice.to_role, notice.person_id, notice.address, notice.state)
        for notice in db.session.scalars(select(Notice))
    )
    sealed = db.session.scalar(text("SELECT count(*) FROM evidence_seal"))
    entries = db.session.scalar(text("SELECT count(*) FROM evidence_entry"))
    verbs = Counter(db.session.scalars(text("SELECT verb FROM evidence_entry")))
    supervised = db.session.scalar(text("SELECT count(*) FROM letter_supervision"))
    return {"told": told, "all sealed": sealed == entries, "verbs": verbs, "supervised": supervised}


def night() -> None:
    """The runner works until nothing is left to do."""
    for _turn in range(3):
        assert run_due(clock.now()) is not None


def start_again() -> None:
    """Another process: nothing in memory, and the lease of the dead one has run out."""
    db.session.rollback()
    db.session.remove()
    db.session.execute(db.update(JobLease).values(until=clock.now() - timedelta(seconds=1)))
    db.session.commit()


def steps_of_a_night(app) -> int:
    seen = []
    session = db.session()

    def count(_session) -> None:
        seen.append(1)

    event.listen(session, "before_commit", count)
    run_due(clock.now())
    event.remove(session, "before_commit", count)
    return len(seen)


@contextmanager
def gateway(app, received):
    kept = app.extensions["settings"]
    with sms_gateway(received) as place:
        app.extensions["settings"] = replace(kept, sms_gateway=f"http://{place}/")
        try:
            yield
        finally:
            app.extensions["settings"] = kept


def reached(received) -> Counter:
    """How many different messages each number got: a repeated one carries the id of the first."""
    return Counter(to for to, _key in {(body["to"], body["id"]) for _path, _auth, body in received.items})


def test_a_runner_killed_at_any_step_loses_nothing_and_sends_nothing_twice(app, world, played):
    with played("2026-11-23T09:00"):
        evening(world)
        file = _file()
        kept = _content(file)
    with played(NIGHT):
        expected, heard = Received(), None
        with gateway(app, expected):
            steps = steps_of_a_night(app)
            night()
        heard, quiet = reached(expected), outcome()
        assert quiet["all sealed"] is True
        assert [heard[f"1380000{number:04}"] for number in range(3)] == [1, 1, 1]
        for step in range(1, steps + 1, EVERY):
            for after in (False, True):
                _put(file, kept)
                received = Received()
                with gateway(app, received):
                    with contextlib.suppress(Killed), killed_at(step, after=after):
                        run_due(clock.now())
                    start_again()
                    night()
                    later()
                assert (reached(received), outcome()) == (heard, quiet), f"step {step}, after={after}"


def later() -> None:
    """A message that was claimed by the dead runner waits for its claim to run out."""
    with clock.played((clock.now() + timedelta(minutes=2)).astimezone(UTC)):
        night()
