"""Repeats of one writer are answered together, and each keeps its number, its clock and its verdict."""

import pytest

from participation import clock
from participation.access import ANYONE
from participation.duties import queries as duty_queries
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Answer, Letter
from participation.mailbox.queries import desk
from participation.mailbox.queries.repeats import repeats_of
from participation.mailbox.rules import ContactAddress
from participation.notices.models import Notice
from tests.mailbox import letters


@pytest.fixture
def pair(world, played) -> tuple[int, int]:
    """Of Thursday 19 and Monday 23 November, by the same writer; the first is with housing."""
    with played("2026-11-19T10:00"):
        first = letters.received(clock.now(), title="5 号楼暖气不热")
        service.assign(first, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
    with played("2026-11-23T10:00"):
        second = letters.received(clock.now(), title="暖气还是不热")
    return first.id, second.id


def merged(world, pair, at, played) -> tuple[Letter, Letter]:
    first, second = (db.session.get(Letter, letter_id) for letter_id in pair)
    with played(at):
        service.merge(second, lead=first, actor=world.actor("office"), now=clock.now())
        db.session.commit()
    return first, second


def test_the_earlier_letter_leads(world, pair):
    first, second = (db.session.get(Letter, letter_id) for letter_id in pair)
    assert service.in_order(first, second) == service.in_order(second, first) == (second, first)


def test_a_merged_letter_follows_its_lead_and_keeps_its_dates(world, played, pair):
    before = str(service.answer_duty(db.session.get(Letter, pair[1])).due_on)
    first, second = merged(world, pair, "2026-11-23T11:00", played)
    assert (second.stage, second.department_id) == ("assigned", first.department_id)
    assert (before, str(service.answer_duty(second).due_on)) == ("2026-11-30", "2026-11-30")
    assert service.answer_duty(second).department_id == first.department_id
    assert duty_queries.duty_for("letter", second.id, "letter_dispatch").met_late is False
    with played("2026-11-23T12:00"):
        service.give_back(first, reason="不归我们", basis="三定方案", actor=world.actor("officer"), now=clock.now())
        assert (second.stage, second.department_id) == ("returned", None)
        service.assign(first, department_id=world.department["utilities"], actor=world.actor("office"), now=clock.now())
        assert (second.stage, second.department_id) == ("assigned", world.department["utilities"])
        db.session.commit()
    holders = duty_queries.holders(service.answer_duty(second))
    assert [list(world.department.values()).index(unit) for unit in holders] == [0, 1, 0, 2]


def test_one_answer_is_two_answers_each_with_its_own_verdict(world, played, pair):
    first, second = merged(world, pair, "2026-11-23T11:00", played)
    officer, head = world.actor("officer"), world.actor("head")
    with played("2026-11-27T10:00"):  # the first was due on the 26th, the second is due on the 30th
        service.submit(first, text="阀门已经修好。", contact="", version=None, actor=officer, now=clock.now())
        assert second.stage == "submitted"
        service.approve(first, actor=head, now=clock.now())
        db.session.commit()
    assert [(one.stage, service.answer_duty(one).met_late) for one in (first, second)] == [
        ("answered", True),
        ("answered", False),
    ]
    rows = db.session.query(Answer).order_by(Answer.letter_id).all()
    assert [(row.letter_id, row.text, row.approved_by) for row in rows] == [
        (first.id, "阀门已经修好。", head.person_id),
        (second.id, "阀门已经修好。", head.person_id),
    ]
    told = db.session.query(Notice).filter_by(verb="letter_answered").order_by(Notice.subject_id).all()
    assert [(notice.subject_id, number in notice.body) for notice, number in zip(
        told, (first.number, second.number), strict=True
    )] == [(first.id, True), (second.id, True)]  # fmt: skip


def test_a_refusal_answers_both(world, played):
    with played("2026-11-23T10:00"):
        first, second = letters.received(clock.now()), letters.received(clock.now())
        office = world.actor("office")
        service.merge(second, lead=first, actor=office, now=clock.now())
        service.refuse(
            first, ground="litigation", text="法院已经受理。", proper_channel="法院", actor=office, now=clock.now()
        )
        db.session.commit()
    assert [first.stage, second.stage] == ["refused", "refused"]
    assert [answer.ground for answer in db.session.query(Answer)] == ["litigation", "litigation"]
    assert not any(duty.is_open for one in (first, second) for duty in duty_queries.duties_of("letter", one.id))


def test_a_merged_letter_is_no_line_of_its_own(world, played, pair):
    officer = world.actor("officer")
    first, _second = merged(world, pair, "2026-11-23T11:00", played)
    with played("2026-11-23T12:00"):
        rows = desk.queue(officer, ("assigned",), now=clock.now())
    assert [(row.letter.id, row.merged) for row in rows] == [(first.id, 1)]
    assert desk.count(officer, ("assigned",)) == 1


def test_the_office_parts_them_with_a_reason_and_each_goes_on(world, played, pair):
    first, second = merged(world, pair, "2026-11-23T11:00", played)
    with played("2026-11-23T12:00"):
        service.submit(first, text="答复", contact="", version=None, actor=world.actor("officer"), now=clock.now())
        with pytest.raises(Refused) as refused:
            service.unmerge(second, reason="", actor=world.actor("office"), now=clock.now())
        assert refused.value.field == "reason"
        db.session.rollback()
    with played("2026-11-23T12:30"):
        service.submit(first, text="答复", contact="", version=None, actor=world.actor("officer"), now=clock.now())
        service.unmerge(second, reason="是另一件事", actor=world.actor("office"), now=clock.now())
        service.approve(first, actor=world.actor("head"), now=clock.now())
        db.session.commit()
    assert (first.stage, second.stage, second.merged_into_id) == ("answered", "assigned", None)
    assert service.answer_duty(second).is_open


def test_when_the_lead_is_withdrawn_the_other_goes_on_alone(world, played, pair):
    first, second = merged(world, pair, "2026-11-23T11:00", played)
    with played("2026-11-23T12:00"):
        service.withdraw(first, actor=ANYONE, now=clock.now())
        db.session.commit()
    assert (second.stage, second.merged_into_id, service.answer_duty(second).is_open) == ("assigned", None, True)


def test_the_writer_withdraws_a_merged_letter_and_the_lead_stays(world, played, pair):
    first, second = merged(world, pair, "2026-11-23T11:00", played)
    with played("2026-11-23T12:00"):
        service.withdraw(second, actor=ANYONE, now=clock.now())
        db.session.commit()
    assert (first.stage, second.stage) == ("assigned", "withdrawn")


def test_only_letters_of_one_writer_are_merged(world, played, pair):
    with played("2026-11-23T11:00"):
        other = letters.received(clock.now(), contact=ContactAddress("sms", "13900005678"))
        nobody = [letters.received(clock.now(), contact=None) for _ in range(2)]
        office, first = world.actor("office"), db.session.get(Letter, pair[0])
        for letter, lead in ((other, first), (nobody[1], nobody[0]), (first, first)):
            with pytest.raises(Refused):
                service.merge(letter, lead=lead, actor=office, now=clock.now())
        assert [row.id for row in repeats_of(first, office)] == [pair[1]]
        assert repeats_of(other, office) == []


def test_a_restricted_letter_is_merged_only_with_one_about_the_same_unit(world, played):
    housing, utilities = world.department["housing"], world.department["utilities"]
    with played("2026-11-23T10:00"):
        office, now = world.actor("office"), clock.now()
        open_one = letters.received(now)
        about = [letters.received(now, about_department_id=unit) for unit in (housing, housing, utilities)]
        for letter, lead in ((about[0], open_one), (about[2], about[0])):
            with pytest.raises(Refused) as refused:
                service.merge(letter, lead=lead, actor=office, now=now)
            assert refused.value.basis == "信访工作条例 第三十条"
        service.merge(about[1], lead=about[0], actor=office, now=now)
        db.session.commit()
        # The officer of the unit concerned is told of none of them, whoever else's they may be.
        assert [row.id for row in repeats_of(open_one, world.actor("officer"))] == []


def test_what_is_merged_into_a_merged_letter_goes_along(world, played, pair):
    with played("2026-11-23T10:30"):
        third = letters.received(clock.now())
        second = db.session.get(Letter, pair[1])
        service.merge(third, lead=second, actor=world.actor("office"), now=clock.now())
        db.session.commit()
    first, second = merged(world, pair, "2026-11-23T11:00", played)
    assert (third.merged_into_id, second.merged_into_id, third.stage) == (first.id, first.id, "assigned")
