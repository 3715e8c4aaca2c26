"""One opinion becomes two, two become one."""

import pytest

from participation.consultations import service
from participation.consultations.models import OpinionPoint
from participation.consultations.queries import counts, points
from participation.errors import Refused
from participation.extensions import db
from tests.browse import words
from tests.consultations.periods import answered, at, closed, commented, opened

NOW = at("2026-12-05T10:00")


@pytest.fixture
def sorted_out(world):
    consultation = opened(world)
    rows = [commented(consultation) for _ in range(5)]
    closed(consultation)
    first = answered(world, consultation, rows[:3], "adopted", title="补助要提高")
    second = answered(world, consultation, rows[2:], "not_adopted", title="谈不拢怎么办")
    db.session.commit()
    return consultation, rows, first, second


def test_after_a_merge_nobody_counts_twice_and_the_outcome_is_that_of_the_one_that_stays(world, sorted_out):
    consultation, rows, first, second = sorted_out
    assert points.people_in_both(first.id, second.id) == 1
    moved = service.merge_points(consultation, second, into=first, actor=world.actor("officer"), now=NOW)
    assert moved == 2
    assert [(line.point.number, line.people, line.comments) for line in points.points_of(consultation.id)] == [
        (1, 5, 5)
    ]
    assert [points.outcome_of(row) for row in rows] == ["adopted"] * 5
    assert counts.tally(consultation.id).reconciles


def test_a_merged_opinion_is_not_there_any_more_and_its_number_is_not_given_again(world, sorted_out):
    consultation, _rows, first, second = sorted_out
    service.merge_points(consultation, second, into=first, actor=world.actor("officer"), now=NOW)
    assert points.point_in(consultation.id, second.id) is None
    third = service.create_point(consultation, title="新的", actor=world.actor("officer"), now=NOW)
    assert third.number == 3


def test_an_opinion_is_not_merged_into_itself(world, sorted_out):
    consultation, _rows, first, _second = sorted_out
    with pytest.raises(Refused, match="Choose another opinion"):
        service.merge_points(consultation, first, into=first, actor=world.actor("officer"), now=NOW)


def test_moving_takes_comments_out_of_the_old_and_the_new_one_waits_for_its_answer(world, sorted_out):
    consultation, rows, first, _second = sorted_out
    new = service.create_point(consultation, title="按面积补助", actor=world.actor("officer"), now=NOW)
    done = service.move(consultation, first, [rows[0].id, rows[4].id], to=new, actor=world.actor("officer"), now=NOW)
    assert done == 1  # the fifth never held the first opinion
    assert [line.comments for line in points.points_of(consultation.id)] == [2, 3, 1]
    assert points.outcome_of(rows[0]) is None
    assert counts.tally(consultation.id).open == 1


def test_split_and_merge_on_the_page(world, app, played, sorted_out):
    consultation, rows, first, second = sorted_out
    ids = (consultation.id, rows[0].id, first.id, second.id)
    officer, sort = app.test_client(), f"/desk/consultations/{ids[0]}/sort"
    with played("2026-12-05T10:00"):
        world.sign_in(officer, "officer")
        to_split = f"/desk/consultations/{ids[0]}/points/{ids[2]}/split"
        empty = officer.submit(f"{sort}?point={ids[2]}", {"title": ""}, to=to_split)
        assert (empty.status_code, "请用一句话写出观点" in words(empty.text)) == (422, True)
        split = officer.submit(f"{sort}?point={ids[2]}", {"title": "按面积补助"}, to=to_split)
        assert split.status_code == 303
        page = officer.get(split.headers["Location"])
        assert "新观点： 按面积补助" in words(page.text)
        new = db.session.query(OpinionPoint).filter_by(title="按面积补助").one().id
        db.session.rollback()
        moved = officer.submit(
            split.headers["Location"], {"c": str(ids[1]), "out": str(ids[2]), "move": str(new)}, to=sort
        )
        assert moved.status_code == 303
        asked = officer.get(f"{sort}?point={ids[2]}&with={ids[3]}")
        assert "2 人和 3 人里，有 1 人两边都提过；合并后是 4 人，不会多算。" in words(asked.text)
        merged = officer.submit(
            f"{sort}?point={ids[2]}", {"into": str(ids[3])}, to=f"/desk/consultations/{ids[0]}/points/{ids[2]}/merge"
        )
        assert merged.status_code == 303
    assert [(line.point.number, line.people) for line in points.points_of(ids[0])] == [(2, 4), (3, 1)]
