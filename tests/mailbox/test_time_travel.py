"""Dates and cards at every boundary, with the server in three time zones. Every date here was counted by
hand from the notice of the State Council for 2026 (worked: 01-04, 02-14, 02-28, 05-09, 09-20, 10-10)."""

import pytest

from participation import clock
from participation.duties import queries as duty_queries
from participation.duties.rules import State, state
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.queries import ageing
from participation.mailbox.service import cards, supervising
from participation.notices.models import Notice
from tests.mailbox import letters
from tests.mailbox.travel import AFTER, AT, BEFORE, SECONDS, SERVERS, at, server_in

DUE = [
    # received in Zhoucun, dispatched by, answered by, "due soon" from, provisional
    ("2026-01-03T23:59:59", "2026-01-04", "2026-01-08", "2026-01-07", False),  # before a make-up Sunday
    ("2026-01-04T00:00:00", "2026-01-05", "2026-01-09", "2026-01-08", False),
    ("2026-02-13T23:59:59", "2026-02-14", "2026-02-27", "2026-02-26", False),  # eve of the make-up Saturday
    ("2026-02-14T00:00:00", "2026-02-24", "2026-02-28", "2026-02-27", False),  # on it: day zero
    ("2026-02-14T23:59:59", "2026-02-24", "2026-02-28", "2026-02-27", False),  # eve of the Spring Festival
    ("2026-02-16T12:00:00", "2026-02-24", "2026-02-28", "2026-02-27", False),
    ("2026-02-23T23:59:59", "2026-02-24", "2026-02-28", "2026-02-27", False),  # its last day
    ("2026-02-24T00:00:00", "2026-02-25", "2026-03-02", "2026-02-28", False),
    ("2026-02-28T23:59:59", "2026-03-02", "2026-03-06", "2026-03-05", False),  # the second make-up Saturday
    ("2026-03-01T00:00:00", "2026-03-02", "2026-03-06", "2026-03-05", False),
    ("2026-04-30T23:59:59", "2026-05-06", "2026-05-11", "2026-05-09", False),  # eve of Labour Day
    ("2026-05-01T00:00:00", "2026-05-06", "2026-05-11", "2026-05-09", False),
    ("2026-05-08T23:59:59", "2026-05-09", "2026-05-14", "2026-05-13", False),
    ("2026-05-09T00:00:00", "2026-05-11", "2026-05-15", "2026-05-14", False),
    ("2026-09-18T23:59:59", "2026-09-20", "2026-09-24", "2026-09-23", False),
    ("2026-09-19T23:59:59", "2026-09-20", "2026-09-24", "2026-09-23", False),  # eve of the make-up Sunday
    ("2026-09-20T00:00:00", "2026-09-21", "2026-09-28", "2026-09-24", False),
    ("2026-09-28T22:41:00", "2026-09-29", "2026-10-10", "2026-10-09", False),
    ("2026-09-30T23:59:59", "2026-10-08", "2026-10-13", "2026-10-12", False),  # eve of the National Day
    ("2026-10-01T00:00:00", "2026-10-08", "2026-10-13", "2026-10-12", False),
    ("2026-10-03T12:00:00", "2026-10-08", "2026-10-13", "2026-10-12", False),
    ("2026-10-07T23:59:59", "2026-10-08", "2026-10-13", "2026-10-12", False),
    ("2026-10-08T00:00:00", "2026-10-09", "2026-10-14", "2026-10-13", False),
    ("2026-10-09T23:59:59", "2026-10-10", "2026-10-15", "2026-10-14", False),
    ("2026-10-10T00:00:00", "2026-10-12", "2026-10-16", "2026-10-15", False),  # on the make-up Saturday
    ("2026-12-24T23:59:59", "2026-12-25", "2026-12-31", "2026-12-30", False),
    ("2026-12-25T00:00:00", "2026-12-28", "2027-01-04", "2026-12-31", True),  # into a year without its notice
    ("2026-12-31T23:59:59", "2027-01-04", "2027-01-08", "2027-01-07", True),
    ("2027-01-01T00:00:00", "2027-01-04", "2027-01-08", "2027-01-07", True),
    ("2027-01-04T00:00:00", "2027-01-05", "2027-01-11", "2027-01-08", True),
    # Only the statutory days rest there: New Year's Eve on the 5th to the third day on the 8th.
    ("2027-02-04T23:59:59", "2027-02-09", "2027-02-15", "2027-02-12", True),
]


@pytest.fixture(params=SERVERS)
def _server(request):
    with server_in(request.param):
        yield


pytestmark = [pytest.mark.usefixtures("_server"), pytest.mark.long]


def received_at(moment: str):
    with clock.played(at(moment)):
        return letters.received(at(moment))


def given(world, moment: str, unit: str = "housing"):
    """A letter that the office passes on in the same minute."""
    letter = received_at(moment)
    service.assign(letter, department_id=world.department[unit], actor=world.actor("office"), now=at(moment))
    db.session.commit()
    return letter


@pytest.mark.parametrize(("received", "dispatch", "answer", "soon", "provisional"), DUE)
def test_the_dates_of_a_letter(world, received, dispatch, answer, soon, provisional):
    letter = received_at(received)
    owed = {duty.kind: duty for duty in duty_queries.duties_of("letter", letter.id)}
    assert str(owed["letter_dispatch"].due_on) == dispatch
    duty = owed["letter_answer"]
    assert (str(duty.due_on), duty.provisional) == (answer, provisional)
    # 24:00 in Zhoucun, wherever the server is.
    assert duty.due_at == at(f"{answer}T23:59:59", 1)
    assert duty.soon_at == at(f"{soon}T00:00:00")
    assert len(duty.counting["counted"]) == 5


AROUND_DUE = [
    ("2026-09-28T22:41:00", "2026-10-11"),  # the make-up Saturday ends
    ("2026-02-13T23:59:59", "2026-02-28"),
    ("2026-12-24T23:59:59", "2027-01-01"),  # the year ends
    ("2026-12-31T23:59:59", "2027-01-09"),
]


@pytest.mark.parametrize("seconds", SECONDS)
@pytest.mark.parametrize(("received", "over"), AROUND_DUE)
def test_the_due_instant(world, received, over, seconds):
    letter = given(world, received)
    duty = service.answer_duty(letter)
    now = at(over, seconds)
    assert state(duty, now) == (State.DUE_SOON if seconds == BEFORE else State.OVERDUE)
    service.submit(letter, text="已派人修好", contact="", version=None, actor=world.actor("officer"), now=now)
    service.approve(letter, actor=world.actor("head"), now=now)
    db.session.commit()
    assert duty.met_late is (seconds != BEFORE)


def told(verb: str) -> int:
    return db.session.query(Notice).filter_by(verb=verb).count()


YELLOW = [
    ("2026-09-28T22:41:00", "2026-10-09"),
    ("2026-09-30T23:59:59", "2026-10-12"),
    ("2026-02-13T23:59:59", "2026-02-26"),
    ("2026-04-30T23:59:59", "2026-05-09"),  # the workday before is a make-up Saturday
    ("2026-12-25T00:00:00", "2026-12-31"),
]
RED = [
    ("2026-09-28T22:41:00", "2026-10-12"),  # due on a make-up Saturday: Sunday is no workday
    ("2026-09-22T10:00:00", "2026-10-08"),  # due on the eve of the National Day: eight days later
    ("2026-02-12T10:00:00", "2026-02-27"),
    ("2026-12-24T10:00:00", "2027-01-04"),
    ("2026-12-31T23:59:59", "2027-01-11"),
]


@pytest.mark.parametrize("seconds", SECONDS)
@pytest.mark.parametrize(("received", "day"), YELLOW)
def test_the_yellow_card(world, received, day, seconds):
    given(world, received)
    with clock.played(at(day, seconds)):
        cards.cards_due(now=at(day, seconds))
    assert (told("letter_due_soon") > 0) is (seconds != BEFORE)
    assert told("letter_overdue") == 0


@pytest.mark.parametrize("seconds", SECONDS)
@pytest.mark.parametrize(("received", "day"), RED)
def test_the_red_card_waits_for_the_first_workday(world, received, day, seconds):
    given(world, received)
    with clock.played(at(day, seconds)):
        cards.cards_due(now=at(day, seconds))
        once = told("letter_overdue")
        cards.cards_due(now=at(day, seconds))
    assert (once > 0) is (seconds != BEFORE)
    assert told("letter_overdue") == once


SUPERVISED = [
    ("2026-09-28T22:41:00", "2026-10-14"),  # over since the 10th: 12, 13, 14
    ("2026-09-22T10:00:00", "2026-10-10"),  # over since 09-30: 8, 9 and the make-up Saturday
    ("2026-12-24T10:00:00", "2027-01-06"),
]


@pytest.mark.parametrize("seconds", SECONDS)
@pytest.mark.parametrize(("received", "day"), SUPERVISED)
def test_the_supervision_begins_on_the_third_overdue_workday(world, received, day, seconds):
    letter = given(world, received)
    duty = service.answer_duty(letter)
    opened = supervising.open_automatically(duty.id, now=at(day, seconds))
    assert (opened is not None) is (seconds != BEFORE)


OLD = [("2026-10-31", 30), ("2026-11-30", 60), ("2026-12-30", 90)]


@pytest.mark.parametrize("seconds", SECONDS)
@pytest.mark.parametrize(("day", "group"), OLD)
def test_thirty_sixty_and_ninety_days(world, day, group, seconds):
    """Received on 1 October: 31 days in October, 30 in November."""
    given(world, "2026-10-01T23:59:59")
    counts = ageing.counts(world.actor("office"), today=clock.local_date(at(day, seconds)))
    wanted = group - 30 if seconds == BEFORE else group
    assert counts == {step: int(step == wanted) for step in (30, 60, 90)}


def test_three_months_are_over_on_the_day_after_the_same_day(world):
    given(world, "2026-10-01T23:59:59")
    for second, vetoed in ((BEFORE, False), (AT, True), (AFTER, True)):
        (row,) = ageing.old_letters(world.actor("office"), today=clock.local_date(at("2027-01-02", second)))
        assert row.age.is_vetoed is vetoed
