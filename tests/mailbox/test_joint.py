"""Joint handling: one unit leads and answers, at most two help, and the five workdays are one count."""

import pytest

from participation import clock
from participation.duties import queries as duty_queries
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter, LetterJoint
from participation.mailbox.queries import joints
from participation.mailbox.queries.letters import letter_for
from participation.notices.models import Notice
from tests.browse import words
from tests.mailbox import letters

TASK = "查清换热站几点停泵"


@pytest.fixture
def letter(world, played) -> int:
    """Received and given to the housing bureau on Monday; the utilities centre helps."""
    with played("2026-11-23T09:00"):
        letter = letters.received(clock.now())
        now, office = clock.now(), world.actor("office")
        service.assign(letter, department_id=world.department["housing"], actor=office, now=now)
        service.join(letter, department_id=world.department["utilities"], task=TASK, actor=office, now=now)
        db.session.commit()
    return letter.id


def part_of(world, letter_id: int, unit: str = "utilities") -> LetterJoint:
    return joints.part_of(db.session.get(Letter, letter_id), [world.department[unit]])


def test_the_unit_that_helps_is_told_and_sees_the_letter_but_does_not_hold_it(world, played, letter):
    stored = db.session.get(Letter, letter)
    told = db.session.query(Notice).filter_by(verb="letter_joined").one()
    assert (told.to_department_id, told.link) == (world.department["utilities"], f"/desk/{letter}/joint")
    assert letter_for(letter, world.actor("utilities")) is stored
    assert letter_for(letter, world.actor("town")) is None
    assert duty_queries.holders(service.answer_duty(stored)) == [
        world.department["office"],
        world.department["housing"],
    ]


def test_a_contribution_reaches_the_lead_and_meets_nothing(world, played, letter):
    with played("2026-11-24T09:00"):
        stored, part = db.session.get(Letter, letter), part_of(world, letter)
        service.contribute(
            stored, part, text="夜里 11 点停泵。", version=part.version, actor=world.actor("utilities"), now=clock.now()
        )
        db.session.commit()
    assert db.session.query(Notice).filter_by(verb="joint_contributed").one().to_department_id == stored.department_id
    assert service.answer_duty(stored).is_open
    assert part_of(world, letter).contribution == "夜里 11 点停泵。"


def test_only_the_unit_that_was_asked_writes_and_only_while_the_letter_is_with_the_lead(world, played, letter):
    stored, part = db.session.get(Letter, letter), part_of(world, letter)
    with played("2026-11-24T09:00"):
        for login, code in (("officer", "forbidden"), ("town", "forbidden"), ("office", "forbidden")):
            with pytest.raises(Refused) as refused:
                service.contribute(stored, part, text="字", version=1, actor=world.actor(login), now=clock.now())
            assert refused.value.code == code
        with pytest.raises(Refused) as stale:
            service.contribute(stored, part, text="字", version=9, actor=world.actor("utilities"), now=clock.now())
        assert (stale.value.code, stale.value.kept) == ("conflict", "字")
        service.submit(stored, text="答复", contact="", version=None, actor=world.actor("officer"), now=clock.now())
        with pytest.raises(Refused) as late:
            service.contribute(stored, part, text="字", version=1, actor=world.actor("utilities"), now=clock.now())
        assert late.value.code == "wrong_time"


def test_a_third_unit_that_helps_is_one_too_many(world, played, letter):
    stored, office = db.session.get(Letter, letter), world.actor("office")
    with played("2026-11-24T09:00"):
        service.join(stored, department_id=world.department["town"], task="去看现场", actor=office, now=clock.now())
        with pytest.raises(Refused) as refused:
            service.join(
                stored, department_id=world.department["inspection"], task="审计", actor=office, now=clock.now()
            )
        assert (refused.value.code, refused.value.field) == ("invalid", "joint")
        service.unjoin(stored, department_id=world.department["town"], reason="不用去了", actor=office, now=clock.now())
        service.join(stored, department_id=world.department["inspection"], task="审计", actor=office, now=clock.now())
        db.session.commit()
    assert letter_for(letter, world.actor("town")) is None
    assert db.session.query(LetterJoint).count() == 3


def test_a_unit_that_becomes_the_lead_helps_no_longer(world, played, letter):
    stored = db.session.get(Letter, letter)
    with played("2026-11-24T09:00"):
        service.transfer(
            stored,
            department_id=world.department["utilities"],
            reason="归它管",
            actor=world.actor("office"),
            now=clock.now(),
        )
        db.session.commit()
    assert joints.joint_of(stored) == []
    assert letter_for(letter, world.actor("officer")) is None


def test_the_unit_that_a_letter_is_about_neither_helps_nor_stays(world, played, letter):
    stored, office = db.session.get(Letter, letter), world.actor("office")
    with played("2026-11-24T09:00"):
        service.restrict(stored, about_department_id=world.department["utilities"], actor=office, now=clock.now())
        with pytest.raises(Refused) as refused:
            service.join(stored, department_id=world.department["utilities"], task="查", actor=office, now=clock.now())
        assert refused.value.basis == "信访工作条例 第三十条"
        db.session.rollback()
        service.restrict(stored, about_department_id=world.department["utilities"], actor=office, now=clock.now())
        db.session.commit()
    assert (stored.stage, stored.department_id) == ("assigned", world.department["housing"])
    assert letter_for(letter, world.actor("utilities")) is None
    assert joints.tasks(world.actor("utilities")) == []


def test_the_desk_of_the_unit_that_helps_leads_to_its_part(client, world, played, letter):
    with played("2026-11-24T09:00"):
        world.sign_in(client, "utilities")
        assert f'href="/desk/{letter}/joint"' in client.get("/desk").text
        page = client.get(f"/desk/{letter}/joint")
        assert TASK in words(page.text)
        empty = client.submit(f"/desk/{letter}/joint", {"text": ""})
        assert empty.status_code == 422
        assert client.submit(f"/desk/{letter}/joint", {"text": "夜里 11 点停泵。"}).status_code == 303
        assert client.get(f"/desk/{letter}").status_code in (302, 303)


def test_the_lead_reads_the_contribution_beside_the_editor(app, client, world, played, letter):
    with played("2026-11-24T09:00"):
        stored, part = db.session.get(Letter, letter), part_of(world, letter)
        service.contribute(
            stored, part, text="夜里 11 点停泵。", version=part.version, actor=world.actor("utilities"), now=clock.now()
        )
        service.save_draft(
            stored, text="牵头的草稿", contact="", version=None, actor=world.actor("officer"), now=clock.now()
        )
        db.session.commit()
        assert "夜里 11 点停泵。" in world.sign_in(client, "officer").get(f"/desk/{letter}").text
        helper = world.sign_in(app.test_client(), "utilities")
        for path in (f"/desk/{letter}/joint", f"/desk/letters/{letter}"):
            assert "牵头的草稿" not in helper.get(path).text, path


def test_the_queue_says_that_units_help_and_how_many_have_written(client, world, played):
    with played("2026-11-23T09:00"):
        now, office = clock.now(), world.actor("office")
        letter = letters.received(now)
        service.assign(letter, department_id=world.department["housing"], actor=office, now=now)
        service.join(letter, department_id=world.department["utilities"], task="查管线", actor=office, now=now)
        service.join(letter, department_id=world.department["town"], task="查公示", actor=office, now=now)
        db.session.commit()
        world.sign_in(client, "officer")
        assert "2 个单位配合，写好 0 份" in words(client.get("/desk").text)
        assert "2 个单位配合，写好 0 份" in words(client.get(f"/desk/{letter.id}").text)
