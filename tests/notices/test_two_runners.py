"""Two processes deliver at once, as when a lease ran out under a slow one: nobody hears twice."""

import threading
from collections import Counter
from datetime import UTC, datetime

from msgspec.structs import replace
from sqlalchemy import func, select

from participation.extensions import db
from participation.notices import jobs
from participation.notices.models import Notice
from participation.notices.service import Contact, notify
from tests.notices.servers import Received, sms_gateway

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MESSAGES = 20


def test_each_message_is_sent_once_by_whichever_runner_claims_it(app):
    facts = {"number": "1", "department": "x"}
    for number in range(MESSAGES):
        to = Contact("sms", f"1380000{number:04}")
        notify("letter_answered", to=to, facts=facts, subject_kind="letter", subject_id=number, now=NOW)
    db.session.commit()
    received, kept = Received(), app.extensions["settings"]
    done: list[int] = []

    def runner():
        with app.app_context():
            done.append(jobs.deliver_due(now=NOW))

    with sms_gateway(received) as place:
        app.extensions["settings"] = replace(kept, sms_gateway=f"http://{place}/")
        threads = [threading.Thread(target=runner) for _turn in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        app.extensions["settings"] = kept
    assert Counter(body["to"] for _path, _authorization, body in received.items) == {
        f"1380000{number:04}": 1 for number in range(MESSAGES)
    }
    assert sum(done) == MESSAGES
    assert db.session.scalar(select(func.count()).where(Notice.state == "sent")) == MESSAGES
