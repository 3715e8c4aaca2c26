"""What everybody sees of what is late, and what nobody may learn from it."""

import csv
import io

import pytest

from participation import clock
from participation.extensions import db
from participation.mailbox import service
from tests.browse import words
from tests.mailbox import letters


@pytest.fixture
def late(world, played) -> int:
    """Received on 2 November by the housing bureau, due on the 9th, not answered."""
    with played("2026-11-02T10:00"):
        letter = letters.received(clock.now())
        service.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
    return letter.id


@pytest.fixture
def accusing(world, played) -> int:
    """About the housing bureau, handled by the utilities, and as late."""
    with played("2026-11-02T11:00"):
        letter = letters.received(clock.now(), about_department_id=world.department["housing"])
        service.assign(
            letter, department_id=world.department["utilities"], actor=world.actor("office"), now=clock.now()
        )
        db.session.commit()
    return letter.id


def test_on_its_due_day_a_letter_is_not_late_yet(client, late, played):
    with played("2026-11-09T23:59:59"):
        assert "今天没有一封信超期" in words(client.get("/board").text)


def test_from_the_next_midnight_it_is_the_first_thing_on_the_board(client, late, played):
    with played("2026-11-10T00:00:00"):
        page = words(client.get("/board").text)
    assert "1 封信 超过期限，还没有答复" in page
    assert "区住建局" in page
    assert "李" not in page.split("各单位")[0].replace("办理", "")


def test_lateness_is_counted_in_workdays(client, late, played):
    with played("2026-11-16T09:00"):
        assert "5 个工作日" in words(client.get("/board").text)


def test_a_letter_about_a_department_is_counted_but_stands_beside_no_name(client, world, accusing, played):
    with played("2026-11-16T09:00"):
        page = words(client.get("/board").text)
        table = list(csv.reader(io.StringIO(client.get("/board.csv").text.lstrip("\ufeff"))))
    assert "今天没有一封信超期" in page
    assert table[1:] == [["（涉及单位的信，不列单位）", "1", "0", "0", "0", "0", "1", ""]]


def test_an_unknown_month_shows_this_one(client, late, played):
    with played("2026-11-16T09:00"):
        assert words(client.get("/board?month=2031-13").text) == words(client.get("/board").text)


def test_the_board_takes_as_many_queries_for_many_letters_as_for_one(client, world, late, played, queries):
    with played("2026-11-16T09:00"):
        client.get("/board")
        with queries() as one:
            client.get("/board")
    with played("2026-11-03T10:00"):
        for _ in range(20):
            letter = letters.received(clock.now())
            service.assign(letter, department_id=world.department["town"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
    with played("2026-11-16T09:00"), queries() as many:
        client.get("/board")
    assert len(one) == len(many)
    assert len(many) <= 17  # one of them for what else is late
