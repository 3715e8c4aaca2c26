"""Three things to rate, five levels each, nothing chosen beforehand; what is left out stays unrated."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from participation import clock
from participation.access import ANYONE
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter, Rating
from participation.mailbox.queries import rounds
from tests.browse import words
from tests.duties.notices import at
from tests.mailbox import letters
from tests.mailbox.answered import answer, answered, assigned, refused, reopen


def rate(letter: Letter, now: str = "2026-11-19T10:00", **levels: int | None) -> Rating:
    values = {"attitude": None, "speed": None, "result": None} | levels
    rating = service.rate(letter, **values, actor=ANYONE, now=at(now))
    db.session.commit()
    return rating


def test_what_is_left_out_stays_unrated(world):
    rating = rate(answered(world), result=2)
    assert (rating.attitude, rating.speed, rating.result, rating.round) == (None, None, 2, 1)


def test_a_letter_that_nobody_rated_has_no_row(world):
    letter = answered(world)
    assert rounds.ratings_of([letter.id]) == []


def test_at_least_one_level_is_needed(world):
    with pytest.raises(Refused) as caught:
        rate(answered(world))
    assert caught.value.message == "Choose a level for at least one of the three"


@pytest.mark.parametrize("level", [0, 6, -1])
def test_there_are_five_levels(world, level):
    with pytest.raises(Refused):
        rate(answered(world), speed=level)


def test_once_for_each_answer(world):
    letter = answered(world)
    rate(letter, attitude=5)
    with pytest.raises(Refused) as caught:
        rate(letter, attitude=1)
    assert caught.value.message == "You have rated this answer already"
    reopen(letter, "2026-11-20T10:00")
    with pytest.raises(Refused) as caught:
        rate(letter, now="2026-11-20T11:00", attitude=1)
    assert caught.value.code == "wrong_time"
    answer(world, letter, "2026-11-23T10:00")
    rate(letter, now="2026-11-23T11:00", attitude=1)
    assert [(row.round, row.attitude) for row in rounds.ratings_of([letter.id])] == [(1, 5), (2, 1)]


def test_a_refusal_is_rated_like_an_answer_and_a_running_letter_is_not(world):
    assert rate(refused(world), now="2026-11-17T09:00", attitude=3).attitude == 3
    with pytest.raises(Refused) as caught:
        rate(assigned(world), attitude=3)
    assert caught.value.code == "wrong_time"


def test_the_database_refuses_an_empty_rating_and_a_sixth_level(world):
    letter = answered(world)
    for levels in ({}, {"speed": 6}):
        db.session.add(Rating(letter_id=letter.id, round=1, rated_at=at("2026-11-19T10:00"), **levels))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_the_form_offers_five_words_for_each_and_has_none_chosen(client, world, played):
    with played("2026-11-19T10:00"):
        letter = answered(world)
        client.submit("/track", {"number": letter.number, "secret": letters.SECRET})
        page = client.get("/track/letter").text
    form = page[page.index('action="/track/letter/rate"') :].split("</form>")[0]
    assert len(re.findall('type="radio"', form)) == 15
    assert " checked" not in form
    for word in ("很满意", "满意", "一般", "不满意", "很不满意", "办理态度", "办理速度", "办理结果"):
        assert word in form


def test_on_the_pages(client, world, played):
    with played("2026-11-19T10:00"):
        letter = answered(world)
        client.submit("/track", {"number": letter.number, "secret": letters.SECRET})
        empty = client.submit("/track/letter", {"remark": "修得快"}, to="/track/letter/rate")
        assert empty.status_code == 422
        assert "三项里请至少评一项" in words(empty.text)
        assert "修得快" in empty.text
        wrong = client.submit("/track/letter", {"speed": "9"}, to="/track/letter/rate")
        assert wrong.status_code == 422
        right = {"speed": "5", "result": "2", "remark": "修得快"}
        sent = client.submit("/track/letter", right, to="/track/letter/rate")
        assert sent.status_code == 303
        shown = words(client.get("/track/letter").text)
        again = client.submit("/track/letter", {"speed": "1"}, to="/track/letter/rate")
        assert again.status_code in (409, 422)
        assert db.session.scalars(select(Rating.speed)).all() == [5]
        for text in ("很满意", "不满意", "未评价", "修得快"):
            assert text in shown
        for who in ("officer", "head", "office", "auditor"):
            page = world.sign_in(client.application.test_client(), who).get(f"/desk/letters/{letter.id}")
            assert "修得快" in page.text, who
        assert clock.now() == at("2026-11-19T10:00")
