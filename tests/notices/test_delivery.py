"""Delivery: by a real mail server and a real gateway on this machine, again after a failure, and
never twice."""

from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from types import SimpleNamespace

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from participation.extensions import db
from participation.notices import jobs
from participation.notices.delivery import NoAdapter, adapter_for, message_of
from participation.notices.models import Notice
from participation.notices.service import Contact, notify
from tests.installed import PRODUCTION
from tests.notices.servers import Received, mail_server, sms_gateway

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ANSWERED = (
    "【周村区】您的 2026-0312 号来信，区住建局已经答复。请在公众参与平台点“查我的信”，凭编号和查询码看答复、作评价。"
    "没有答到的，30 天内可以要求再答一次。"
)


@pytest.fixture
def configured(app):
    """`configured(smtp_url=...)` changes this installation's settings for one test."""
    kept = app.extensions["settings"]

    def change(**values):
        app.extensions["settings"] = replace(kept, **values)

    yield change
    app.extensions["settings"] = kept


def queue(channel="sms", address="13800000000", now=NOW, **changes):
    facts = {"number": "2026-0312", "department": "区住建局", "code": "204816", "minutes": 10}
    asked = {"facts": facts, "subject_kind": "letter", "subject_id": 7, "now": now} | changes
    notify(asked.pop("verb", "letter_answered"), to=Contact(channel, address), **asked)
    db.session.commit()
    return newest()


def newest():
    db.session.expire_all()
    return db.session.scalar(select(Notice).order_by(Notice.id.desc()).limit(1))


def test_in_the_demonstration_a_message_is_sent_to_nobody_and_marked(app):
    queue()
    assert jobs.deliver_due(now=NOW) == 1
    row = newest()
    assert (row.state, row.sent_at, row.attempts, row.next_attempt_at) == ("sent", NOW, 1, None)


def test_a_code_goes_out_before_the_crowd_of_receipts_that_came_earlier(app, monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    for _ in range(3):
        queue()
    queue(verb="contact_code", now=NOW + MINUTE)
    assert jobs.deliver_due(now=NOW + MINUTE) == 2
    sent = db.session.scalars(select(Notice.verb).where(Notice.state == "sent").order_by(Notice.id)).all()
    assert sent == ["letter_answered", "contact_code"]


def test_a_text_message_reaches_the_gateway_once(configured):
    received = Received()
    with sms_gateway(received) as place:
        configured(sms_gateway=f"http://user:p%40ss@{place}/send?v=1")
        row = queue()
        assert [jobs.deliver_due(now=NOW) for _turn in range(3)] == [1, 0, 0]
    assert received.items == [
        (
            "/send?v=1",
            "Basic dXNlcjpwQHNz",
            {
                "id": row.dedupe,
                "to": "13800000000",
                "text": ANSWERED,
            },
        )
    ]


def test_an_e_mail_reaches_the_mail_server_once(configured):
    received = Received()
    with mail_server(received) as place:
        configured(smtp_url=f"smtp://{place}", mail_from="noreply@zhoucun.example")
        row = queue("email", "zhu@example.com")
        assert [jobs.deliver_due(now=NOW) for _turn in range(2)] == [1, 0]
    (mail,) = received.items
    assert str(make_header(decode_header(mail["Subject"]))) == "来信已答复"
    assert (mail["To"], mail["From"], mail["Auto-Submitted"]) == (
        "zhu@example.com",
        "noreply@zhoucun.example",
        "auto-generated",
    )
    assert mail["Message-ID"] == f"<{row.dedupe}@zhoucun.example>"
    text = mail.get_payload(decode=True).decode("utf-8").strip()
    assert text == ANSWERED


def test_a_refusal_is_tried_again_after_one_five_and_thirty_minutes(configured):
    received = Received()
    received.refusals = 3
    with sms_gateway(received) as place:
        configured(sms_gateway=f"http://{place}/")
        queue()
        sent = {minute: jobs.deliver_due(now=NOW + minute * MINUTE) for minute in (0, 0.5, 1, 5, 6, 35, 36, 37)}
    assert sent == {0: 0, 0.5: 0, 1: 0, 5: 0, 6: 0, 35: 0, 36: 1, 37: 0}
    assert (newest().attempts, newest().state, newest().last_error) == (4, "sent", "")
    assert len(received.items) == 1


def test_after_nine_failed_attempts_it_has_failed_and_says_so(configured):
    configured(**PRODUCTION)
    queue()
    now, instants = NOW, []
    for _turn in range(20):
        attempts = newest().attempts
        jobs.deliver_due(now=now)
        if newest().attempts > attempts:
            instants.append(int((now - NOW) / MINUTE))
        now = newest().next_attempt_at or now + MINUTE
    row = newest()
    assert instants == [0, 1, 6, 36, 96, 216, 456, 936, 1656]
    assert (row.state, row.attempts, row.last_error, row.next_attempt_at) == ("failed", 9, "NoAdapter", None)


def test_one_broken_address_does_not_hold_up_the_others(configured):
    received = Received()
    received.refusals = 1
    with mail_server(received) as place:
        configured(smtp_url=f"smtp://{place}")
        for number in range(3):
            queue("email", f"a{number}@example.com", now=NOW + timedelta(seconds=number))
        assert jobs.deliver_due(now=NOW + MINUTE) == 2
    assert [mail["To"] for mail in received.items] == ["a1@example.com", "a2@example.com"]


def test_killed_while_sending_nothing_is_lost_and_the_key_stays(configured):
    queue()
    (first,) = jobs._claim(now=NOW, most=50)
    db.session.remove()  # the process is gone; its claim was committed
    assert first.channel == "sms"
    assert jobs.deliver_due(now=NOW) == 0
    assert jobs._claim(now=NOW, most=50) == []
    (second,) = jobs._claim(now=NOW + MINUTE, most=50)
    assert message_of(second) == message_of(first)


def test_a_slow_gateway_gets_its_time_and_the_rest_is_given_back(configured, monkeypatch):
    """Sealing waits for the same runner, and a claim must not run out under it."""
    received, seconds = Received(), iter(range(0, 1000, 2))
    monkeypatch.setattr(jobs, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    with sms_gateway(received) as place:
        configured(sms_gateway=f"http://{place}/")
        for number in range(4):
            queue(address=f"1380000000{number}")
        assert jobs.deliver_due(now=NOW) == 1
        assert db.session.scalars(select(Notice.attempts).order_by(Notice.id)).all() == [1, 0, 0, 0]
        monkeypatch.undo()
        assert jobs.deliver_due(now=NOW) == 3
    assert [body["to"] for *_rest, body in received.items] == [f"1380000000{number}" for number in range(4)]


def test_what_is_not_due_yet_waits(app):
    row = queue()
    row.next_attempt_at = NOW + MINUTE
    db.session.commit()
    assert jobs.deliver_due(now=NOW) == 0
    assert jobs.deliver_due(now=NOW + MINUTE) == 1


def test_the_log_names_ids_and_never_the_address(configured, caplog):
    caplog.set_level("INFO")
    configured(sms_gateway="http://127.0.0.1:1/")
    row = queue()
    jobs.deliver_due(now=NOW)
    assert [record.getMessage() for record in caplog.records] == [
        f"notice_not_delivered notice={row.id} error=URLError"
    ]


def test_production_without_a_gateway_has_no_adapter_and_the_demonstration_has(app):
    demo = app.extensions["settings"]
    production = replace(demo, **PRODUCTION)
    assert adapter_for("sms", demo).__name__ == "by_demo"
    assert adapter_for("email", replace(production, smtp_url="smtp://x")).__name__ == "by_smtp"
    with pytest.raises(NoAdapter):
        adapter_for("sms", production)


def test_text_and_address_are_emptied_after_the_days_of_the_rule(app):
    queue()
    code = queue(verb="verification_code", address="13900000000")
    waiting = queue(address="13700000000", now=NOW + timedelta(days=40))
    jobs.deliver_due(now=NOW)
    assert jobs.forget_delivered(now=NOW + timedelta(days=1)) == 0
    assert jobs.forget_delivered(now=NOW + timedelta(days=1, seconds=1)) == 1
    assert (db.session.get(Notice, code.id).address, db.session.get(Notice, code.id).body) == ("", "")
    assert jobs.forget_delivered(now=NOW + timedelta(days=30, seconds=1)) == 1
    assert jobs.forget_delivered(now=NOW + timedelta(days=400)) == 0
    assert db.session.get(Notice, waiting.id).address == "13700000000"
