"""信访工作条例 art. 30, found out late: the unit that had the letter loses it and every trace of it."""

import pytest

from participation import clock
from participation.duties import queries as duty_queries
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter
from participation.mailbox.queries import desk
from participation.mailbox.queries.letters import answer_of, letter_for
from participation.notices import queries as notices
from tests.mailbox import letters
from tests.mailbox.test_restricted import get_pages
from tests.reading import said

WORD = "索要手续费"


@pytest.fixture
def letter(world, played) -> int:
    """With the housing bureau, which has drafted and submitted an answer, and helped by the town."""
    with played("2026-11-23T09:50"):
        letter = letters.received(clock.now(), title=f"某局经办人{WORD}", text=f"{WORD} 800 元")
        now, office = clock.now(), world.actor("office")
        service.assign(letter, department_id=world.department["housing"], actor=office, now=now)
        service.join(letter, department_id=world.department["town"], task=f"查{WORD}", actor=office, now=now)
        service.submit(letter, text=f"没有{WORD}", contact="", version=None, actor=world.actor("officer"), now=now)
        db.session.commit()
    assert letter.id == 1
    return letter.id


def restrict(world, played, letter_id: int, unit: str, at: str = "2026-11-24T09:00") -> Letter:
    stored = db.session.get(Letter, letter_id)
    with played(at):
        service.restrict(
            stored,
            about_department_id=world.department[unit],
            reason="信里说的就是它的经办人",
            actor=world.actor("office"),
            now=clock.now(),
        )
        db.session.commit()
    return stored


def test_the_letter_leaves_the_unit_at_once_and_its_date_stays(world, played, letter):
    before = service.answer_duty(db.session.get(Letter, letter)).due_at
    stored = restrict(world, played, letter, "housing")
    duty = service.answer_duty(stored)
    assert (stored.stage, stored.department_id, stored.returns) == ("returned", None, 0)
    assert (duty.department_id, duty.due_at, duty.restricted_from) == (
        world.department["office"], before, world.department["housing"],
    )  # fmt: skip


@pytest.mark.parametrize("login", ["officer", "head"])
def test_no_page_that_the_unit_can_open_names_it_any_more(app, client, world, played, letter, login):
    with played("2026-11-23T12:00"):
        world.sign_in(client, login)
        assert WORD in client.get("/desk/letters/1").text
    restrict(world, played, letter, "housing")
    with played("2026-12-03T09:00"):
        world.sign_in(client, login)
        assert [path for path in get_pages(app) if WORD in said(client.get(path).data)] == []
        assert client.get("/desk/letters/1").status_code == 404


def test_all_of_the_unit_s_notices_about_it_disappear(world, played, letter):
    head = world.actor("head")
    assert [WORD in notice.title for notice, _read in notices.inbox(head)] == [True]
    restrict(world, played, letter, "housing")
    assert notices.inbox(head) == []
    assert notices.unread_count(world.actor("officer")) == 0
    with played("2026-12-03T09:00"):
        service.cards_due(now=clock.now())
        db.session.commit()
    assert notices.inbox(head) == []


def test_the_draft_of_the_unit_concerned_is_nobody_s_answer(world, played, letter):
    stored = restrict(world, played, letter, "housing")
    with played("2026-11-24T10:00"):
        service.assign(
            stored, department_id=world.department["utilities"], actor=world.actor("office"), now=clock.now()
        )
        db.session.commit()
    assert answer_of(stored) is None
    assert not stored.ruled  # taken from the unit through nobody's fault


def test_a_unit_that_only_helps_loses_it_and_the_lead_goes_on(world, played, letter):
    stored = restrict(world, played, letter, "town")
    assert (stored.stage, stored.department_id) == ("submitted", world.department["housing"])
    assert letter_for(letter, world.actor("town")) is None
    assert letter_for(letter, world.actor("officer")) is stored


def test_a_letter_about_the_office_goes_to_the_deputy_unit_from_wherever_it_is(app, world, played, letter):
    stored = restrict(world, played, letter, "office")
    deputy = stored.mailbox.deputy_department_id
    assert (stored.stage, stored.department_id) == (
        ("submitted", deputy) if deputy == world.department["housing"] else ("assigned", deputy)
    )
    assert service.answer_duty(stored).department_id == deputy
    with played("2026-11-24T10:00"):
        office = world.sign_in(app.test_client(), "office")
        assert office.get("/dispatch/1").status_code == 404
        assert WORD not in office.get("/dispatch").text
    assert desk.count(world.actor("office"), ("assigned", "submitted", "returned", "received")) == 0


def test_a_letter_about_the_office_that_waits_there_is_handed_over_with_it(world, played):
    with played("2026-11-23T10:00"):
        waiting = letters.received(clock.now())
    stored = restrict(world, played, waiting.id, "office")
    assert (stored.stage, stored.department_id) == ("assigned", stored.mailbox.deputy_department_id)
    dispatch = duty_queries.duty_for("letter", waiting.id, "letter_dispatch")
    assert (dispatch.is_open, dispatch.restricted_from) == (False, world.department["office"])


def test_letters_merged_into_it_are_hidden_with_it(world, played, letter):
    with played("2026-11-23T11:00"):
        stored = db.session.get(Letter, letter)
        service.send_back(stored, reason="再查", actor=world.actor("head"), now=clock.now())
        second = letters.received(clock.now(), title=f"还是{WORD}")
        service.merge(second, lead=stored, actor=world.actor("office"), now=clock.now())
        db.session.commit()
    restrict(world, played, letter, "housing")
    assert (second.stage, second.about_department_id) == ("returned", world.department["housing"])
    assert letter_for(second.id, world.actor("officer")) is None


def test_a_closed_letter_and_one_restricted_before_are_not_restricted(world, played, letter):
    restrict(world, played, letter, "housing")
    with pytest.raises(Refused) as again:
        restrict(world, played, letter, "town")
    assert again.value.code == "wrong_time"
    db.session.rollback()
    with played("2026-11-23T10:00"):
        other = letters.received(clock.now())
        service.refuse(
            other,
            ground="repeat",
            text="同一件事。",
            proper_channel="上次",
            actor=world.actor("office"),
            now=clock.now(),
        )
        db.session.commit()
    with pytest.raises(Refused):
        restrict(world, played, other.id, "housing")


def test_the_page_restricts_at_any_open_stage_and_the_timeline_keeps_the_reason_inside(
    app, client, world, played, letter
):
    with played("2026-11-24T09:00"):
        world.sign_in(client, "office")
        data = {"about": str(world.department["housing"]), "why": "信里点了它的经办人"}
        assert client.submit("/dispatch/1", data, to="/dispatch/1/restrict").status_code == 303
        assert "信里点了它的经办人" in client.get("/dispatch/1").text
        writer = app.test_client()
        number = db.session.get(Letter, letter).number
        writer.submit("/track", {"number": number, "secret": letters.SECRET})
        page = writer.get("/track/letter").text
    assert "收回" in page
    assert "信里点了它的经办人" not in page
