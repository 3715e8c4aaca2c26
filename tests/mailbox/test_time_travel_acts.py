"""Acts that are allowed until an instant: one second before it, at it, one second after it."""

import pytest

from participation.access import ANYONE
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from tests.mailbox.test_time_travel import _server as _server  # the three time zones
from tests.mailbox.test_time_travel import given, received_at
from tests.mailbox.travel import BEFORE, SECONDS, at

pytestmark = [pytest.mark.usefixtures("_server"), pytest.mark.long]

RETURNS = [
    # given to the unit, the first instant at which it can no longer return the letter
    ("2026-09-29T10:00:00", "2026-10-09"),  # 30 September and 8 October
    ("2026-09-30T23:59:59", "2026-10-10"),  # 8 and 9 October
    ("2026-10-09T23:59:59", "2026-10-13"),  # the make-up Saturday and Monday
    ("2026-10-10T00:00:00", "2026-10-14"),
    ("2026-02-13T10:00:00", "2026-02-25"),  # the make-up Saturday and the 24th
    ("2026-12-30T23:59:59", "2027-01-05"),  # 31 December and 4 January
]


@pytest.mark.parametrize("seconds", SECONDS)
@pytest.mark.parametrize(("taken", "over"), RETURNS)
def test_a_return_within_two_workdays(world, taken, over, seconds):
    letter = given(world, taken)

    def give_back() -> None:
        service.give_back(
            letter, reason="不归我局", basis="三定方案", actor=world.actor("officer"), now=at(over, seconds)
        )

    if seconds == BEFORE:
        give_back()
        assert letter.stage == "returned"
    else:
        with pytest.raises(Refused) as refused:
            give_back()
        assert refused.value.code == "wrong_time"
        assert letter.stage == "assigned"


EXTENSIONS = [
    # received, first instant without extension, workdays more, the new date
    ("2026-09-28T22:41:00", "2026-10-11", 5, "2026-10-16"),  # 12, 13, 14, 15, 16
    ("2026-09-22T10:00:00", "2026-10-01", 10, "2026-10-20"),  # 8, 9, 10, 12 to 16, 19, 20
    ("2026-02-12T10:00:00", "2026-02-27", 1, "2026-02-27"),  # 13, 14, 24, 25, 26 and 27
    ("2026-12-25T00:00:00", "2027-01-05", 3, "2027-01-07"),
    ("2026-12-24T23:59:59", "2027-01-01", 1, "2027-01-04"),  # it becomes provisional
]


def ask(world, letter, workdays: int, now):
    return service.ask_extension(
        letter, workdays=workdays, reason="需要开挖检查", interim="已排期", actor=world.actor("officer"), now=now
    )


@pytest.mark.parametrize("seconds", SECONDS)
@pytest.mark.parametrize(("received", "over", "workdays", "date"), EXTENSIONS)
def test_more_time_is_asked_for_before_the_due_instant(world, received, over, workdays, date, seconds):
    letter = given(world, received)
    if seconds == BEFORE:
        assert ask(world, letter, workdays, at(over, seconds)).outcome == ""
        return
    with pytest.raises(Refused):
        ask(world, letter, workdays, at(over, seconds))


@pytest.mark.parametrize("seconds", SECONDS)
@pytest.mark.parametrize(("received", "over", "workdays", "date"), EXTENSIONS)
def test_more_time_is_given_before_the_due_instant(world, received, over, workdays, date, seconds):
    letter = given(world, received)
    duty = service.answer_duty(letter)
    first = duty.due_at
    ask(world, letter, workdays, at(over, -3600))
    db.session.commit()
    if seconds != BEFORE:
        with pytest.raises(Refused):
            service.approve_extension(letter, actor=world.actor("office"), now=at(over, seconds))
        assert (duty.due_at, duty.extended) == (first, False)
        return
    service.approve_extension(letter, actor=world.actor("office"), now=at(over, seconds))
    # Counted from the first day of the letter, not from the approval.
    assert (str(duty.due_on), duty.workdays, duty.original_due_at) == (date, 5 + workdays, first)
    assert duty.provisional is (date.startswith("2027"))


ANSWERS = [
    # answered, the first instant at which the writer can no longer have it reopened
    ("2026-09-30T00:00:00", "2026-10-31"),
    ("2026-09-30T23:59:59", "2026-10-31"),
    ("2026-10-09T15:00:00", "2026-11-09"),
    ("2026-12-15T23:59:59", "2027-01-15"),
    ("2026-12-16T00:00:00", "2027-01-16"),
]


def answered(world, moment: str):
    letter = given(world, moment[:11] + "00:00:00")
    service.submit(letter, text="已派人修好", contact="", version=None, actor=world.actor("officer"), now=at(moment))
    service.approve(letter, actor=world.actor("head"), now=at(moment))
    db.session.commit()
    return letter


@pytest.mark.parametrize("seconds", SECONDS)
@pytest.mark.parametrize(("moment", "over"), ANSWERS)
def test_reopening_within_thirty_days(world, moment, over, seconds):
    letter = answered(world, moment)

    def reopen() -> None:
        service.reopen(letter, cause="writer", reason="灯还是不亮", actor=ANYONE, now=at(over, seconds), by_writer=True)

    if seconds != BEFORE:
        with pytest.raises(Refused):
            reopen()
        assert (letter.round, letter.stage) == (1, "answered")
        return
    first = service.answer_duty(letter)
    reopen()
    second = service.answer_duty(letter)
    assert (first.met_at, first.round, second.round) == (at(moment), 1, 2)
    assert second.started_at == at(over, seconds)


REOPENED = [
    ("2026-10-09T10:00:00", "2026-10-10T00:00:00", "2026-10-16"),
    ("2026-12-24T10:00:00", "2026-12-25T23:59:59", "2027-01-04"),
]


@pytest.mark.parametrize(("moment", "again", "due"), REOPENED)
def test_a_reopened_letter_has_five_workdays_of_its_own(world, moment, again, due):
    letter = answered(world, moment)
    service.reopen(letter, cause="writer", reason="灯还是不亮", actor=ANYONE, now=at(again), by_writer=True)
    assert str(service.answer_duty(letter).due_on) == due


LEGAL = [
    ("2026-09-28T22:41:00", "petition", {"petition_notice": "2026-10-13", "petition_handling": "2026-11-27"}),
    ("2026-12-20T00:00:00", "petition", {"petition_notice": "2027-01-04", "petition_handling": "2027-02-18"}),
    # 29, 30 | 8, 9, 10 | 12-16 | 19-23 | 26-30: twenty workdays
    ("2026-09-28T22:41:00", "disclosure", {"disclosure_reply": "2026-10-30"}),
]


@pytest.mark.parametrize(("received", "into", "dates"), LEGAL)
def test_the_clocks_of_the_law_beside_the_five_workdays(world, received, into, dates):
    letter = received_at(received)
    service.reclassify(letter, into=into, basis="来信请求事项", actor=world.actor("office"), now=at(received))
    assert {duty.kind: str(duty.due_on) for duty in service.legal_duties(letter)} == dates
    assert len(service.answer_duty(letter).counting["counted"]) == 5
