"""How often sending a comment or a letter asks the database: at 250 a second every question counts.

Each sending costs two commits: the form that is kept, and the submission with duty, notice and evidence.
"""

import re

import pytest

from participation import clock
from participation.extensions import db
from tests.browse import hidden_fields
from tests.consultations.periods import opened
from tests.mailbox import letters

NOW = "2026-11-10T09:00"
LETTER = {
    "text": "院门口的路灯夜里不亮，请修一修。", "title": "路灯不亮", "place": "丝绸路", "kind": "ask_help", "topic": "",
    "about": "", "about_person": "", "consent": "yes", "name": "王芳", "contact": "13900001234",
}  # fmt: skip
COMMENT = {"clause": "", "text": "停车时段改为晚九时。", "consent": "yes", "name": "王芳", "contact": "13900001234"}
MOST = {"letter": (5, 7, 7, 22), "comment": (4, 7, 4, 11)}
"""Form, the form sent, the preview, the submission. PostgreSQL's clock is not among them: time is played."""


def sent(client, path, fields, queries):
    """One submission from form to receipt. Returns how many statements each step took."""
    took = []
    with queries() as found:
        form = client.get(path)
    took.append(len(found))
    with queries() as found:
        kept = client.post(path, data=fields | hidden_fields(form.text))
    assert kept.status_code == 303
    took.append(len(found))
    with queries() as found:
        confirming = client.get(kept.location)
    took.append(len(found))
    code = re.search(r"\b\d{6}\b", confirming.text)
    given = {"code": code[0]} if 'name="code"' in confirming.text and code else {}
    with queries() as found:
        done = client.post(kept.location, data=hidden_fields(confirming.text) | given)
    assert done.status_code == 303
    assert "receipt" in done.location
    took.append(len(found))
    return took


@pytest.mark.parametrize("kind", MOST)
def test_a_submission_asks_no_more_than_it_must(client, world, played, queries, kind):
    with played(NOW):
        letters.mailboxes(clock.now())
        path = "/mailbox/mayor/write" if kind == "letter" else f"/consultations/{opened(world).id}/comment"
        db.session.commit()
        fields = LETTER if kind == "letter" else COMMENT
        sent(client, path, fields, queries)  # proves the contact
        for _ in range(2):
            took = sent(client, path, fields, queries)
            assert all(each <= most for each, most in zip(took, MOST[kind], strict=True)), took
