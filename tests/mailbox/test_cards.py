"""Yellow and red cards: to whom, when, and once each for each due day."""

from sqlalchemy import select

from participation import clock
from participation.duties import service as duties
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox import jobs, service
from participation.mailbox.models import LetterJoint
from participation.notices.models import Notice
from tests.mailbox import letters

CARDS = ("letter_due_soon", "letter_overdue", "dispatch_due_soon", "dispatch_overdue")


def handed(world, now, unit="housing", **changes):
    letter = letters.received(now, **changes)
    service.assign(letter, department_id=world.department[unit], actor=world.actor("office"), now=now)
    db.session.commit()
    return letter


def sent(world) -> list[tuple[str, str, str]]:
    """(notice, department, role) of every card, in the order in which they went out."""
    names = {number: key for key, number in world.department.items()}
    query = select(Notice).where(Notice.verb.in_(CARDS)).order_by(Notice.id)
    return [(notice.verb, names[notice.to_department_id], notice.to_role) for notice in db.session.scalars(query)]


def test_the_yellow_card_goes_to_officer_and_head_one_workday_before(world, played):
    with played("2026-11-23T09:00"):
        handed(world, clock.now())
    with played("2026-11-26T23:59:59"):
        assert jobs.cards(now=clock.now()) == 0
    with played("2026-11-27T00:00:00"):
        assert jobs.cards(now=clock.now()) == 2
    assert sent(world) == [("letter_due_soon", "housing", "officer"), ("letter_due_soon", "housing", "head")]


def test_the_red_card_goes_to_the_unit_and_the_office_on_the_first_overdue_workday(world, played):
    with played("2026-11-23T09:00"):
        handed(world, clock.now())
    with played("2026-11-30T23:59:59"):
        jobs.cards(now=clock.now())
    with played("2026-12-01T00:00:00"):
        assert jobs.cards(now=clock.now()) == 3
    assert sent(world)[2:] == [
        ("letter_overdue", "housing", "officer"),
        ("letter_overdue", "housing", "head"),
        ("letter_overdue", "office", "office"),
    ]


def test_no_red_card_on_a_rest_day_and_it_comes_on_the_next_workday(world, played):
    """Due on Thursday 24 September; the 25th to the 27th are the Mid-Autumn Festival."""
    with played("2026-09-18T09:00"):
        handed(world, clock.now())
    seen = {}
    for at in ("2026-09-25T00:00", "2026-09-27T23:59", "2026-09-28T00:00"):
        with played(at):
            jobs.cards(now=clock.now())
            seen[at[5:10]] = sum(1 for verb, _unit, _role in sent(world) if verb == "letter_overdue")
    assert seen == {"09-25": 0, "09-27": 0, "09-28": 3}


def test_nights_that_were_missed_are_caught_up_and_nothing_is_sent_twice(world, played):
    with played("2026-11-23T09:00"):
        handed(world, clock.now())
    with played("2026-12-09T03:00"):
        assert [jobs.cards(now=clock.now()), jobs.cards(now=clock.now())] == [3, 0]


def test_the_office_gets_the_cards_of_a_letter_it_has_not_handed_over(world, played):
    with played("2026-11-23T09:00"):
        letters.received(clock.now())
    counted = {}
    for at in ("2026-11-23T23:59:59", "2026-11-24T00:00", "2026-11-25T00:00", "2026-11-27T00:00", "2026-12-01T00:00"):
        with played(at):
            counted[at[5:10]] = jobs.cards(now=clock.now())
    assert counted == {"11-23": 0, "11-24": 1, "11-25": 1, "11-27": 1, "12-01": 1}
    assert sent(world) == [
        ("dispatch_due_soon", "office", "office"),
        ("dispatch_overdue", "office", "office"),
        ("letter_due_soon", "office", "office"),
        ("letter_overdue", "office", "office"),
    ]


def test_a_letter_about_the_office_sends_its_cards_to_the_deputy_unit_only(world, played):
    with played("2026-11-23T09:00"):
        letter = letters.received(clock.now(), about_department_id=world.department["office"])
    for at in ("2026-11-27T00:00", "2026-12-01T00:00"):
        with played(at):
            jobs.cards(now=clock.now())
    assert letter.department_id == letter.mailbox.deputy_department_id
    assert {unit for _verb, unit, _role in sent(world)} == {"housing"}
    assert [verb for verb, _unit, _role in sent(world)] == ["letter_due_soon"] * 2 + ["letter_overdue"] * 2


def test_no_card_ever_goes_to_the_unit_that_the_letter_is_about(world, played):
    with played("2026-11-23T09:00"):
        handed(world, clock.now(), unit="town", about_department_id=world.department["housing"])
    for at in ("2026-11-27T00:00", "2026-12-01T00:00"):
        with played(at):
            jobs.cards(now=clock.now())
    assert {unit for _verb, unit, _role in sent(world)} == {"town", "office"}


def test_an_extended_letter_has_its_cards_by_the_new_day(world, played):
    with played("2026-11-23T09:00"):
        letter = handed(world, clock.now())
    with played("2026-11-27T00:00"):
        jobs.cards(now=clock.now())
        duties.extend(
            service.answer_duty(letter), workdays=3, reason="检测要三天", actor=world.actor("office"), now=clock.now()
        )
        db.session.commit()
    counted = {}
    for at in ("2026-12-01T00:00", "2026-12-02T00:00", "2026-12-03T23:59", "2026-12-04T00:00"):
        with played(at):
            counted[at[5:10]] = jobs.cards(now=clock.now())
    assert str(service.answer_duty(letter).due_on) == "2026-12-03"
    assert counted == {"12-01": 0, "12-02": 2, "12-03": 0, "12-04": 3}


def test_a_unit_that_helps_gets_the_cards_until_its_part_is_written(world, played):
    with played("2026-11-23T09:00"):
        letter = handed(world, clock.now())
        part = LetterJoint(
            letter_id=letter.id, round=1, department_id=world.department["utilities"], task="管线图",
            added_at=clock.now(), added_by=world.person["office"],
        )  # fmt: skip
        db.session.add(part)
        db.session.flush()
        evidence.record("letter.joined", subject=part, actor=world.actor("office"), now=clock.now(), facts={})
        db.session.commit()
    with played("2026-11-27T00:00"):
        assert jobs.cards(now=clock.now()) == 4
    assert {unit for _verb, unit, _role in sent(world)} == {"housing", "utilities"}


def test_a_letter_that_was_answered_or_withdrawn_gets_no_card(world, played):
    with played("2026-11-23T09:00"):
        answered, withdrawn = handed(world, clock.now()), handed(world, clock.now())
        service.submit(answered, text="修好了", contact="", version=None, actor=world.actor("officer"), now=clock.now())
        service.approve(answered, actor=world.actor("head"), now=clock.now())
        service.withdraw(withdrawn, actor=world.actor("office"), now=clock.now())
        db.session.commit()
    with played("2026-12-09T09:00"):
        assert jobs.cards(now=clock.now()) == 0
