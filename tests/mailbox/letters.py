"""Letters for tests, made as people make them: through the pages, or through the services."""

import re
from datetime import datetime

from flask.testing import FlaskClient

from participation.access import ANYONE, SYSTEM
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter
from participation.mailbox.queries.mailboxes import mailbox_named
from participation.mailbox.rules import ContactAddress
from participation.web.secrets import digest_secret
from tests.browse import hidden_fields

SECRET = "7KQM-4XHG-92TB-C3WZ"
TEXT = "院门口到菜市场这段路有六盏路灯，从 9 月 20 日前后开始全都不亮。\n请问这段路灯归谁管？国庆节前能不能修好？"
FORM = {
    "text": TEXT,
    "title": "永安街 23 号院夜里路灯不亮",
    "place": "永安街 23 号院",
    "kind": "complain",
    "topic": "城市管理",
    "consent": "yes",
    "about": "",
    "name": "李秀英",
    "contact": "13800001234",
}

_made = iter(range(10**9))


def mailboxes(now: datetime) -> None:
    service.seed_mailboxes(actor=SYSTEM, now=now)
    db.session.commit()


def received(now: datetime, **changes: object) -> Letter:
    """A committed letter in the mayor's mailbox, by the service."""
    if mailbox_named("mayor") is None:
        mailboxes(now)
    box = mailbox_named("mayor")
    assert box is not None
    values: dict[str, object] = {
        "kind": "complain",
        "title": FORM["title"],
        "text": TEXT,
        "author_name": "李秀英",
        "contact": ContactAddress("sms", "13800001234"),
        "consent_public": True,
        "submission_digest": f"{next(_made):064x}",
        "secret_digest": digest_secret(SECRET),
        "actor": ANYONE,
        "now": now,
    }
    letter = service.receive(box, **values | changes)  # type: ignore[arg-type]
    db.session.commit()
    return letter


def write(client: FlaskClient, **changes: str):
    """Fills the form in and follows it to the page that asks for the code."""
    answer = client.submit("/mailbox/mayor/write", FORM | changes)
    return answer


def send(client: FlaskClient, confirm_path: str):
    """Reads the code off the demonstration's page and sends."""
    shown = client.get(confirm_path)
    assert shown.status_code == 200
    return client.post(confirm_path, data=hidden_fields(shown.text) | {"code": code_on(shown.text)})


def code_on(page: str) -> str:
    """The code that a demonstration shows on the page; empty when there is none."""
    code = re.search(r"\b(\d{6})\b", re.sub(r"<[^>]+>", " ", page))
    return code.group(1) if code else ""
