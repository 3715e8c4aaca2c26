"""The five workdays: counted across the National Day, and moved by nothing."""

import pytest
from sqlalchemy.exc import IntegrityError

from participation import clock
from participation.duties import queries as duty_queries
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.rules import ContactAddress
from tests.mailbox import letters


@pytest.mark.parametrize(
    ("received", "dispatch", "due"),
    [
        ("2026-09-28T22:41", "2026-09-29", "2026-10-10"),  # across the holiday, to the make-up Saturday
        ("2026-09-25T23:59:59", "2026-09-28", "2026-10-09"),
        ("2026-09-30T23:59:59", "2026-10-08", "2026-10-13"),
        ("2026-10-01T00:00:00", "2026-10-08", "2026-10-13"),  # a rest day is day zero as well
        ("2026-11-23T00:00:00", "2026-11-24", "2026-11-30"),
        ("2026-11-22T23:59:59", "2026-11-23", "2026-11-27"),
    ],
)
def test_due_days(world, played, received, dispatch, due):
    with played(received):
        letter = letters.received(clock.now())
    owed = {duty.kind: str(duty.due_on) for duty in duty_queries.duties_of("letter", letter.id)}
    assert owed == {"letter_dispatch": dispatch, "letter_answer": due}


def test_a_transfer_does_not_restart_the_clock(world, played):
    """Dispatch, draft, return, ruling and transfer: three units, one date, no stop."""
    office, housing, utilities, town = (world.department[key] for key in ("office", "housing", "utilities", "town"))
    with played("2026-09-28T09:00"):
        letter = letters.received(clock.now())
    started = service.answer_duty(letter)
    dates = (started.due_at, started.started_at, started.id)
    actor = world.actor
    with played("2026-09-28T10:00"):
        service.assign(letter, department_id=housing, actor=actor("office"), now=clock.now())
    with played("2026-09-29T10:00"):
        service.save_draft(letter, text="稿", contact="", version=None, actor=actor("officer"), now=clock.now())
        service.give_back(letter, reason="不归我们", basis="三定方案", actor=actor("officer"), now=clock.now())
    with played("2026-09-29T11:00"):
        service.assign(letter, department_id=utilities, actor=actor("office"), now=clock.now())
    with played("2026-10-08T11:00"):
        service.transfer(letter, department_id=town, reason="属地管理", actor=actor("office"), now=clock.now())
        db.session.commit()
    duty = service.answer_duty(letter)
    assert (duty.due_at, duty.started_at, duty.id) == dates
    assert duty_queries.holders(duty) == [office, housing, office, utilities, town]
    with played("2026-10-08T12:00"):
        held = {str(held.day): held.department_id for held in duty_queries.held_by_day(duty, clock.now())}
    assert (held["2026-09-28"], held["2026-09-29"], held["2026-10-07"], held["2026-10-08"]) == (
        housing,
        utilities,
        utilities,
        town,
    )


def test_the_dispatch_duty_is_met_by_the_first_hand_over_only(world, played):
    with played("2026-09-28T09:00"):
        letter = letters.received(clock.now())
    with played("2026-09-30T00:00:00"):
        service.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
    duty = duty_queries.duty_for("letter", letter.id, "letter_dispatch")
    assert (duty.met_late, service.answer_duty(letter).is_open) == (True, True)


def test_a_submitted_answer_does_not_meet_the_duty(world, played):
    with played("2026-09-28T09:00"):
        letter = letters.received(clock.now())
        service.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        service.submit(letter, text="答复", contact="", version=None, actor=world.actor("officer"), now=clock.now())
        db.session.commit()
    assert service.answer_duty(letter).is_open


def test_a_refusal_with_ground_and_channel_is_an_answer(world, played):
    with played("2026-09-28T09:00"):
        letter = letters.received(clock.now())
    with played("2026-09-29T09:00"):
        act = {"text": "您反映的事项法院已经受理。", "actor": world.actor("office"), "now": clock.now()}
        with pytest.raises(Refused):
            service.refuse(letter, ground="none such", proper_channel="法院", **act)
        with pytest.raises(Refused):
            service.refuse(letter, ground="litigation", proper_channel="", **act)
        service.refuse(letter, ground="litigation", proper_channel="区人民法院", **act)
        db.session.commit()
    owed = {duty.kind: duty.met_late for duty in duty_queries.duties_of("letter", letter.id)}
    assert (letter.stage, owed) == ("refused", {"letter_dispatch": False, "letter_answer": False})


def test_a_second_return_needs_a_ruling_with_its_reason(world, played):
    housing, utilities = world.department["housing"], world.department["utilities"]
    with played("2026-11-23T09:00"):
        letter = letters.received(clock.now())
        now, office = clock.now(), world.actor("office")
        service.assign(letter, department_id=housing, actor=office, now=now)
        service.give_back(letter, reason="不归我们", basis="三定方案", actor=world.actor("officer"), now=now)
        service.assign(letter, department_id=utilities, actor=office, now=now)
        service.give_back(letter, reason="也不归我们", basis="三定方案", actor=world.actor("utilities"), now=now)
        with pytest.raises(Refused) as refused:
            service.assign(letter, department_id=housing, actor=office, now=now)
        assert refused.value.field == "reason"
        service.assign(
            letter, department_id=housing, reason="路灯归它管", basis="区编办文件第三条", actor=office, now=now
        )
        with pytest.raises(Refused) as refused:
            service.give_back(letter, reason="还是不归我们", basis="文件", actor=world.actor("officer"), now=now)
        assert refused.value.code == "wrong_time"
        db.session.commit()


def test_numbers_of_a_day_run_on_and_start_anew(world, played):
    numbers = []
    for at in ("2026-11-23T09:00", "2026-11-23T23:59:59", "2026-11-24T00:00:00"):
        with played(at):
            numbers.append(letters.received(clock.now()).number)
    assert numbers == ["XX-2026-1123-001", "XX-2026-1123-002", "XX-2026-1124-001"]


def test_the_same_form_stores_one_letter(world, played):
    with played("2026-11-23T09:00"):
        letters.received(clock.now(), submission_digest="f" * 64)
        with pytest.raises(IntegrityError):
            letters.received(clock.now(), submission_digest="f" * 64)
        db.session.rollback()


def test_cards_are_sent_once_each_and_the_red_one_on_a_workday(world, played):
    with played("2026-11-23T09:00"):
        letter = letters.received(clock.now(), contact=ContactAddress("sms", "13800001234"))
        service.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
    sent = {}
    for at in (
        "2026-11-26T23:59:59",
        "2026-11-27T00:00:00",
        "2026-11-30T09:00",
        "2026-12-01T00:00:00",
        "2026-12-02T00:00:00",
    ):
        with played(at):
            sent[at[5:16]] = service.cards_due(now=clock.now())
            db.session.commit()
    # officer and head of the unit; then these two and the government office
    assert sent == {"11-26T23:59": 0, "11-27T00:00": 2, "11-30T09:00": 0, "12-01T00:00": 3, "12-02T00:00": 0}
