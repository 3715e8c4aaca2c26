"""The government office hands letters over, moves them, rules on returns, and refuses with a ground."""

import pytest

from participation import clock
from participation.duties import queries as duty_queries
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Answer, Letter
from tests.browse import words
from tests.mailbox import letters


@pytest.fixture
def letter(world, played) -> int:
    """Received on Friday 20 November 2026: to be handed over by Monday, answered by Friday."""
    with played("2026-11-20T10:00"):
        return letters.received(clock.now()).id


def assign(client, letter_id, unit, **changes):
    data = {"department": str(unit), "topic": "城市管理", "reason": ""} | changes
    return client.submit(f"/dispatch/{letter_id}", data, to=f"/dispatch/{letter_id}/assign")


def test_the_queue_says_how_many_wait_and_which_are_due_today(client, world, played, letter):
    with played("2026-11-23T09:00"):
        page = words(world.sign_in(client, "office").get("/dispatch").text)
    assert "1 封信等着交办，1 封今天到点" in page
    assert "黄牌，今天到点" in page


def test_a_letter_is_handed_over_and_leaves_the_queue(client, world, played, letter):
    with played("2026-11-23T23:59:59"):
        world.sign_in(client, "office")
        assert assign(client, letter, world.department["housing"]).status_code == 303
        assert "来信都交办了" in words(client.get("/dispatch").text)
    stored = db.session.get(Letter, letter)
    assert (stored.stage, stored.department_id, stored.topic) == ("assigned", world.department["housing"], "城市管理")
    assert duty_queries.duty_for("letter", letter, "letter_dispatch").met_late is False


def test_moving_a_letter_needs_a_reason(client, world, played, letter):
    with played("2026-11-23T09:00"):
        world.sign_in(client, "office")
        assign(client, letter, world.department["housing"])
        refused = assign(client, letter, world.department["utilities"])
        assert refused.status_code == 422
        assert "请写明为什么改由别的单位办" in words(refused.text)
        assert assign(client, letter, world.department["utilities"], reason="换热站归它管").status_code == 303
    stored = db.session.get(Letter, letter)
    assert stored.department_id == world.department["utilities"]
    assert str(service.answer_duty(stored).due_on) == "2026-11-27"


def test_a_draft_stays_with_the_unit_that_wrote_it(client, app, world, played, letter):
    with played("2026-11-23T09:00"):
        stored = db.session.get(Letter, letter)
        service.assign(stored, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        service.save_draft(
            stored, text="住建局的稿", contact="", version=None, actor=world.actor("officer"), now=clock.now()
        )
        db.session.commit()
        assign(world.sign_in(client, "office"), letter, world.department["utilities"], reason="换热站归它管")
        page = world.sign_in(app.test_client(), "utilities").get(f"/desk/{letter}")
    assert page.status_code == 200
    assert "住建局的稿" not in page.text


def test_a_refusal_names_ground_and_door_and_reaches_the_writer(client, app, world, played, letter):
    with played("2026-11-23T09:00"):
        world.sign_in(client, "office")
        to = f"/dispatch/{letter}/refuse"
        empty = client.submit(f"/dispatch/{letter}", {"text": "", "proper_channel": ""}, to=to)
        assert empty.status_code == 422
        data = {"ground": "litigation", "text": "您反映的事情法院已经受理，由法院判决。", "proper_channel": ""}
        assert client.submit(f"/dispatch/{letter}", data, to=to).status_code == 303
        writer = app.test_client()
        number = db.session.get(Letter, letter).number
        writer.submit("/track", {"number": number, "secret": letters.SECRET})
        page = words(writer.get("/track/letter").text)
    assert "不予受理：已经进入诉讼、仲裁或者行政复议" in page
    assert "由受理的法院、仲裁机构或者复议机关办理" in page
    assert db.session.query(Answer).one().kind == "refusal"


def test_the_office_works_on_a_letter_that_it_keeps_itself(client, world, played, letter):
    with played("2026-11-23T09:00"):
        world.sign_in(client, "office")
        assert assign(client, letter, world.department["office"]).status_code == 303
    duty = service.answer_duty(db.session.get(Letter, letter))
    assert (duty.department_id, duty.is_open) == (world.department["office"], True)


@pytest.mark.parametrize("login", ["officer", "head", "auditor", "administrator"])
def test_nobody_else_dispatches(client, world, played, letter, login):
    with played("2026-11-23T09:00"):
        world.sign_in(client, login)
        assert client.get("/dispatch").status_code == 403
        token = client.token("/password")
        data = {"csrf_token": token, "department": str(world.department["housing"])}
        assert client.post(f"/dispatch/{letter}/assign", data=data).status_code == 403
    assert db.session.get(Letter, letter).stage == "received"
