"""Mail and SMS gateways are gone for a day: every message arrives once they are back, none of them twice. Gone for
three days, it has failed, and the officer and the auditor see that."""

from collections import Counter
from datetime import datetime, timedelta

from msgspec.structs import replace
from sqlalchemy import func, select

from participation import clock
from participation.extensions import db
from participation.notices import jobs
from participation.notices.models import Notice
from participation.notices.queries import failed_visible_to
from participation.notices.service import Contact, notify
from tests.notices.servers import Received, mail_server, sms_gateway
from tests.resilience.counting import Outcome
from tests.resilience.officers import _actor
from tests.resilience.site import Site, free_port

NAME = "mail and SMS gateways gone for a day"
DATABASES = ("SQLite", "PostgreSQL")
TWINS = ("sent_unheard", "claimed_never")
TWIN_SHARE = 0.05
MESSAGES = 1_000


def full(site: Site, *, share: float, minutes: float | None = None) -> Outcome:
    return run(site, messages=round(MESSAGES * share))


def run(site: Site, *, messages: int) -> Outcome:
    """The clock is an argument: a day of attempts takes seconds."""
    site.prepare()
    outcome, app, kept = Outcome(), site.app(), jobs._settle
    if site.fault == "sent_unheard":
        jobs._settle = lambda sent, lost, back, *, now: kept([*sent, *(row.id for row, _ in lost)], [], back, now=now)
    elif site.fault == "claimed_never":
        jobs._settle = lambda _sent, lost, back, *, now: kept([], lost, back, now=now)
    try:
        with app.app_context():
            _day(app, messages, outcome)
            _three_days(app, outcome)
            db.session.remove()
            db.engine.dispose()
    finally:
        jobs._settle = kept
    return outcome


def _write(first: int, count: int, now: datetime) -> None:
    department = _actor("officer").posts[0].department_id
    for number in range(first, first + count):
        to = Contact("sms", f"138{number:08d}") if number % 2 else Contact("email", f"w{number}@example.cn")
        notify(
            "letter_answered", to=to, facts={"number": str(number), "department": "x"}, subject_kind="letter",
            subject_id=number, department_id=department, now=now,
        )  # fmt: skip
    db.session.commit()


def _pass(now: datetime, hours: float) -> datetime:
    """The runner looks every ten minutes for so long; each look empties what is due."""
    until = now + timedelta(hours=hours)
    while now < until:
        while jobs.deliver_due(now=now):
            pass
        now += timedelta(minutes=10)
    return now


def _at(app, *, sms: str, mail: str) -> None:  # type: ignore[no-untyped-def]
    kept = app.extensions["settings"]
    app.extensions["settings"] = replace(kept, sms_gateway=f"http://{sms}/", smtp_url=f"smtp://{mail}")


def _day(app, messages: int, outcome: Outcome) -> None:  # type: ignore[no-untyped-def]
    now = clock.now() - timedelta(days=9)
    gone = f"127.0.0.1:{free_port()}"
    _at(app, sms=gone, mail=gone)
    _write(1, messages // 2, now)
    now = _pass(now, 12)
    _write(messages // 2 + 1, messages - messages // 2, now)
    now = _pass(now, 12)
    outcome.counts["waiting after the day"] = _in("queued")
    texts, mails = Received(), Received()
    with sms_gateway(texts) as sms, mail_server(mails) as mail:
        _at(app, sms=sms, mail=mail)
        _pass(now, 30)
    heard = Counter(body["to"] for _path, _who, body in texts.items) + Counter(found["To"] for found in mails.items)
    outcome.counts["messages"] = messages
    outcome.expect("arrived", len(heard), messages, "arrived")
    outcome.expect("arrived twice", sum(times > 1 for times in heard.values()), 0, "arrived more than once")
    outcome.expect("told as sent", _in("sent"), messages, "stand as sent")


def _three_days(app, outcome: Outcome) -> None:  # type: ignore[no-untyped-def]
    gone = f"127.0.0.1:{free_port()}"
    _at(app, sms=gone, mail=gone)
    now = clock.now() - timedelta(days=4)
    _write(10_000_000, 10, now)
    _pass(now, 72)
    outcome.expect("failed after three days", _in("failed"), 10, "stand as failed")
    for login in ("officer", "auditor"):
        seen = len(failed_visible_to(_actor(login)))
        outcome.expect(f"failed, seen by the {login}", seen, 10, f"failed messages the {login} sees")


def _in(state: str) -> int:
    return db.session.scalar(select(func.count()).where(Notice.state == state, Notice.channel != "in_app")) or 0
