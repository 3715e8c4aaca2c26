"""One contact, and one network, send only so much in an hour (T1): 429 says when, and nothing is lost."""

import re

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from participation import clock
from participation.accounts.models import Allowance
from participation.consultations.models import Comment
from participation.extensions import db
from participation.mailbox.models import Letter
from tests.browse import hidden_fields
from tests.consultations.periods import opened
from tests.contracts.test_submitting_queries import COMMENT, LETTER
from tests.mailbox import letters

NOW = "2026-11-10T09:10"


@pytest.fixture
def allowed(app):
    kept = app.extensions["settings"]

    def change(**values):
        app.extensions["settings"] = replace(kept, **values)

    yield change
    app.extensions["settings"] = kept


def sent(client, path, fields):
    """The answer to the last step."""
    form = client.get(path)
    kept = client.post(path, data=fields | hidden_fields(form.text))
    assert kept.status_code == 303
    confirming = client.get(kept.location)
    code = re.search(r"\b\d{6}\b", confirming.text)
    given = {"code": code[0]} if 'name="code"' in confirming.text and code else {}
    return kept.location, client.post(kept.location, data=hidden_fields(confirming.text) | given)


def begun(world, kind):
    letters.mailboxes(clock.now())
    path = "/mailbox/mayor/write" if kind == "letter" else f"/consultations/{opened(world).id}/comment"
    db.session.commit()
    return path, LETTER if kind == "letter" else COMMENT, Letter if kind == "letter" else Comment


@pytest.mark.parametrize("kind", ["letter", "comment"])
def test_what_is_too_much_waits_and_is_sent_later_without_being_written_again(client, world, played, allowed, kind):
    allowed(submissions_of_contact=2)
    with played(NOW):
        path, fields, model = begun(world, kind)
        assert [sent(client, path, fields)[1].status_code for _ in range(2)] == [303, 303]
        place, refused = sent(client, path, fields)
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, str(50 * 60))
        assert "51 分钟后" in refused.text
        assert fields["text"] in refused.text
        assert db.session.scalar(select(func.count()).select_from(model)) == 2
        assert set(db.session.scalars(select(Allowance.used))) == {2}
    with played("2026-11-10T10:00"):
        again = client.post(place, data=hidden_fields(client.get(place).text))
        assert again.status_code == 303
        assert "receipt" in again.location


def test_a_network_has_a_limit_of_its_own_and_other_networks_do_not_share_it(app, world, played, allowed):
    allowed(submissions_of_network=1)
    with played(NOW):
        path, fields, _model = begun(world, "comment")

        def status(number, network):
            client = app.test_client()
            client.environ_base["REMOTE_ADDR"] = network
            return sent(client, path, fields | {"contact": f"1390000{number:04}"})[1].status_code

        assert status(1, "192.0.2.1") == 303
        assert status(2, "192.0.2.1") == 429
        assert status(3, "198.51.100.1") == 303
