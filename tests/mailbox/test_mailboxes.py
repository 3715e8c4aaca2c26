"""Mailboxes are rows: the district's own, and one for a department, made by a command."""

from itertools import count

import pytest

from participation import clock
from participation.access import ANYONE
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Mailbox
from participation.mailbox.queries.mailboxes import mailbox_named
from tests.mailbox import letters

_made = count(10**9)


def run(app, *words):
    return app.test_cli_runner().invoke(args=["mailbox", *words])


def test_the_district_s_mailboxes_are_made_once(app, world):
    assert run(app, "seed").output.startswith("mayor (区长信箱), interaction (网站互动)")
    assert run(app, "seed").output == "Nothing to do: they exist.\n"
    assert db.session.query(Mailbox).count() == 3


def test_a_department_s_own_mailbox_goes_straight_to_it(app, world, played):
    words = (
        "create",
        "housing",
        "ZJ",
        "住建局信箱",
        "--owner",
        "D02",
        "--deputy",
        "D03",
        "--dispatch",
        "0",
        "--limit",
        "3",
    )
    assert run(app, *words).exit_code == 0
    with played("2026-11-23T09:00"):
        letters.mailboxes(clock.now())
        box = mailbox_named("housing")
        letter = _received(box, clock.now())
        about = _received(box, clock.now(), about_department_id=world.department["housing"])
    assert (letter.number, letter.stage, letter.department_id) == (
        "ZJ-2026-1123-001",
        "assigned",
        box.owner_department_id,
    )
    assert str(service.answer_duty(letter).due_on) == "2026-11-26"
    # A complaint about the owner goes to the government office first.
    assert (about.stage, about.department_id) == ("received", None)


def _received(box, now, **changes):
    letter = service.receive(
        box,
        kind="consult",
        title="问",
        text="问一件事",
        author_name="李秀英",
        contact=None,
        submission_digest=f"{next(_made):064x}",
        secret_digest="",
        actor=ANYONE,
        now=now,
        **changes,
    )
    db.session.commit()
    return letter


@pytest.mark.parametrize(
    "words",
    [
        ("create", "Bad Slug", "ZJ", "信箱", "--owner", "D02", "--deputy", "D03"),
        ("create", "good", "YJ", "信箱", "--owner", "D02", "--deputy", "D03"),
        ("create", "good", "ZJ", "信箱", "--owner", "NONE", "--deputy", "D03"),
        ("create", "good", "ZJ", "信箱", "--owner", "D02", "--deputy", "D03", "--limit", "0"),
    ],
)
def test_a_wrong_mailbox_is_refused(app, world, words):
    assert run(app, *words).exit_code != 0
    assert db.session.query(Mailbox).count() == 0
