"""713号 art. 35: anybody may comment on a decision in force; the unit that carries it out answers."""

from datetime import date

import pytest

from participation.decisions import matters, service
from participation.decisions.models import Decision
from participation.duties import queries as duties
from participation.duties.matters import written_about
from participation.extensions import db
from participation.mailbox.models import Letter
from participation.mailbox.queries.mailboxes import mailbox_named, mailboxes
from tests.decisions import aftermath
from tests.decisions.district import at, go_to, published_item
from tests.mailbox import letters
from tests.world import World


def begun(world: World) -> int:
    letters.mailboxes(at("2026-01-05T09:00"))
    decision = published_item(world)
    go_to(world, decision, "deliberation")
    aftermath.publish_all(world, decision)
    aftermath.begin(world, decision)
    return decision.id


@pytest.fixture
def executing(kept) -> Decision:
    return db.session.get_one(Decision, kept(begun))


def received(decision: Decision, **changes: object) -> Letter:
    box = {"about_kind": "decision", "about_id": decision.id}
    return letters.received(at("2026-11-23T10:00"), **(box | changes))


def test_the_mailbox_stands_on_no_list(world, executing):
    assert mailbox_named("decisions").limit_workdays == 5
    assert "decisions" not in {box.slug for box in mailboxes()}


def test_a_comment_is_with_the_executing_unit_at_once(world, executing):
    letter = received(executing)
    assert (letter.stage, letter.department_id) == ("assigned", world.department["utilities"])
    duty = duties.duty_for("letter", letter.id, "letter_answer")
    assert (duty.department_id, duty.due_on) == (world.department["utilities"], date(2026, 11, 30))


def test_a_complaint_about_the_executing_unit_does_not_go_to_it(world, executing):
    letter = received(executing, about_department_id=world.department["utilities"])
    assert letter.department_id != world.department["utilities"]
    assert written_about("decision", [executing.id])[executing.id].received == 0


def test_letters_are_counted_for_their_decision(world, executing):
    received(executing)
    received(executing)
    letters.received(at("2026-11-23T10:00"))
    found = written_about("decision", [executing.id])[executing.id]
    assert (found.received, found.answered, found.shown) == (2, 0, ())


def test_only_what_is_in_force_takes_letters(world):
    decision = published_item(world)
    assert matters.find(decision.id) is None
    go_to(world, decision, "deliberation")
    aftermath.publish_all(world, decision)
    found = matters.find(decision.id)
    assert (found.title, found.department_id) == (decision.title, world.department["housing"])
    aftermath.begin(world, decision)
    service.suspend(decision, reason="情况紧急", actor=world.actor("office"), now=at("2026-10-25T09:00"))
    db.session.commit()
    assert matters.find(decision.id).department_id == world.department["utilities"]


def test_the_form_is_found_only_from_a_decision(client, world, executing):
    assert client.get("/mailbox/decisions/write").status_code == 404
    assert client.get("/mailbox/decisions/write?about=decision-999").status_code == 404
    assert client.get("/mailbox/decisions/write?about=letter-1").status_code == 404
    page = client.get(f"/mailbox/decisions/write?about=decision-{executing.id}")
    assert page.status_code == 200
    assert executing.title in page.text


def test_writing_from_the_decision_to_the_receipt(client, world, executing):
    path = f"/mailbox/decisions/write?about=decision-{executing.id}"
    sent = client.submit(path, letters.FORM)
    assert sent.status_code == 303, sent.text
    shown = client.get(sent.location)
    assert executing.title in shown.text
    done = letters.send(client, sent.location)
    assert done.status_code == 303
    letter = db.session.query(Letter).one()
    assert (letter.about_kind, letter.about_id, letter.department_id) == (
        "decision",
        executing.id,
        world.department["utilities"],
    )
    assert letter.number.startswith("JC-")
