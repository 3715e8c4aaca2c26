"""At most three units, loops and second returns need a ruling, two workdays to return, and never a
second count: who held the letter when it became late is named."""

import pytest

from participation import clock
from participation.duties import queries as duty_queries
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter
from participation.mailbox.queries.letters import events_of
from tests.browse import words
from tests.mailbox import letters

OTHERS = ("housing", "utilities", "town", "inspection")


@pytest.fixture
def letter(world, played) -> int:
    """Received on Monday 23 November 2026, due on the 30th."""
    with played("2026-11-23T09:00"):
        return letters.received(clock.now()).id


def give(world, played, letter_id: int, unit: str, at: str, reason: str = "归它管", basis: str = "") -> Letter:
    stored = db.session.get(Letter, letter_id)
    act = service.transfer if stored.stage == "assigned" else service.assign
    with played(at):
        act(
            stored,
            department_id=world.department[unit],
            reason=reason,
            basis=basis,
            actor=world.actor("office"),
            now=clock.now(),
        )
        db.session.commit()
    return stored


def give_back(world, played, letter_id: int, login: str, at: str) -> None:
    with played(at):
        service.give_back(
            db.session.get(Letter, letter_id),
            reason="不归我们",
            basis="三定方案",
            actor=world.actor(login),
            now=clock.now(),
        )
        db.session.commit()


def test_a_fourth_unit_needs_a_ruling_with_reason_and_basis(world, played, letter):
    for hour, unit in enumerate(("housing", "utilities", "town"), start=10):
        give(world, played, letter, unit, f"2026-11-23T{hour}:00")
    for reason, basis, field in (("归它管", "", "basis"),):
        with pytest.raises(Refused) as refused:
            give(world, played, letter, "inspection", "2026-11-23T14:00", reason, basis)
        assert (refused.value.code, refused.value.field) == ("invalid", field)
        db.session.rollback()
    stored = give(world, played, letter, "inspection", "2026-11-23T14:00", "归它管", "区编办文件")
    assert stored.ruled
    assert events_of(letter)[-1].verb == "ruled"


def test_a_letter_does_not_go_round_in_a_circle(world, played, letter):
    give(world, played, letter, "housing", "2026-11-23T10:00")
    give(world, played, letter, "utilities", "2026-11-23T11:00")
    with pytest.raises(Refused) as refused:
        give(world, played, letter, "housing", "2026-11-23T12:00")
    assert refused.value.message.startswith("This unit had the letter before")
    db.session.rollback()
    stored = give(world, played, letter, "housing", "2026-11-23T12:00", basis="区编办文件")
    with pytest.raises(Refused) as again:
        give_back(world, played, letter, "officer", "2026-11-23T13:00")
    assert (again.value.code, stored.stage) == ("wrong_time", "assigned")


def test_the_office_itself_is_no_unit_of_the_three(world, played, letter):
    for hour, unit in enumerate(("housing", "office", "utilities", "office", "town"), start=10):
        stored = give(world, played, letter, unit, f"2026-11-23T{hour}:00")
    assert not stored.ruled


@pytest.mark.parametrize(
    ("at", "allowed"),
    [("2026-11-25T23:59:59", True), ("2026-11-26T00:00:00", False), ("2026-11-26T00:00:01", False)],
)
def test_two_workdays_to_return_end_at_midnight(world, played, letter, at, allowed):
    give(world, played, letter, "housing", "2026-11-23T23:59:59")
    if allowed:
        give_back(world, played, letter, "officer", at)
        assert db.session.get(Letter, letter).stage == "returned"
    else:
        with pytest.raises(Refused) as refused:
            give_back(world, played, letter, "officer", at)
        assert refused.value.basis == "山东省政务服务热线管理办法（2020）"


@pytest.mark.parametrize(("at", "allowed"), [("2026-10-08T23:59:59", True), ("2026-10-09T00:00:00", False)])
def test_the_two_workdays_skip_the_national_day(world, played, at, allowed):
    with played("2026-09-29T09:00"):
        letter_id = letters.received(clock.now()).id
    give(world, played, letter_id, "housing", "2026-09-29T10:00")  # the 30th and 8 October
    if allowed:
        give_back(world, played, letter_id, "officer", at)
    else:
        with pytest.raises(Refused):
            give_back(world, played, letter_id, "officer", at)


def test_whoever_has_it_at_midnight_of_the_due_day_is_named_whatever_moves_later(world, played, letter):
    give(world, played, letter, "housing", "2026-11-23T10:00")
    give(world, played, letter, "utilities", "2026-11-30T23:59:59")
    give(world, played, letter, "town", "2026-12-01T00:00:01")
    duty = service.answer_duty(db.session.get(Letter, letter))
    assert duty_queries.responsible(duty) == world.department["utilities"]
    assert str(duty.due_on) == "2026-11-30"
    with played("2026-12-01T09:00"):
        held = {str(one.day): one.department_id for one in duty_queries.held_by_day(duty, clock.now())}
    assert (held["2026-11-29"], held["2026-11-30"], held["2026-12-01"]) == (
        world.department["housing"], world.department["utilities"], world.department["town"],
    )  # fmt: skip


def test_a_letter_returned_and_left_lying_is_the_office_s_own_lateness(world, played, letter):
    give(world, played, letter, "housing", "2026-11-30T10:00")
    give_back(world, played, letter, "officer", "2026-11-30T11:00")
    stored = give(world, played, letter, "utilities", "2026-12-01T09:00")
    assert duty_queries.responsible(service.answer_duty(stored)) == world.department["office"]


def test_a_unit_that_helps_is_not_named_for_the_lead_s_lateness(world, played, letter):
    stored = give(world, played, letter, "housing", "2026-11-23T10:00")
    with played("2026-11-23T11:00"):
        service.join(
            stored, department_id=world.department["town"], task="看现场", actor=world.actor("office"), now=clock.now()
        )
        db.session.commit()
    stored = give(world, played, letter, "utilities", "2026-12-01T09:00")
    assert duty_queries.responsible(service.answer_duty(stored)) == world.department["housing"]


def test_the_page_asks_for_the_basis_of_a_ruling_at_its_field(client, world, played, letter):
    give(world, played, letter, "housing", "2026-11-23T10:00")
    give_back(world, played, letter, "officer", "2026-11-23T11:00")
    with played("2026-11-23T12:00"):
        world.sign_in(client, "office")
        data = {"department": str(world.department["housing"]), "topic": "其他", "reason": "归它管"}
        to = f"/dispatch/{letter}/assign"
        refused = client.submit(f"/dispatch/{letter}", data, to=to)
        assert refused.status_code == 422
        assert "这封信以前就在这个单位" in words(refused.text)
        assert "归它管" in refused.text
        assert client.submit(f"/dispatch/{letter}", data | {"basis": "区编办文件"}, to=to).status_code == 303


def test_after_a_hand_over_the_next_letter_opens(client, world, played, letter):
    with played("2026-11-23T09:30"):
        second, third = letters.received(clock.now()).id, letters.received(clock.now()).id
    with played("2026-11-23T10:00"):
        world.sign_in(client, "office")
        landed = []
        for current in (second, third, letter):
            data = {"department": str(world.department["housing"]), "topic": "其他"}
            answer = client.submit(f"/dispatch/{current}", data, to=f"/dispatch/{current}/assign")
            landed.append(answer.headers["Location"])
    assert landed == [f"/dispatch/{third}", f"/dispatch/{letter}", "/dispatch"]
