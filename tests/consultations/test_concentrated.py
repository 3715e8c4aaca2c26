"""Opinions that many hold, and what is owed to them."""

import pytest

from participation.consultations import service
from participation.consultations.queries import points
from participation.consultations.rules.concentrated import concentrated
from participation.errors import Refused
from tests.consultations.periods import answered, at, closed, commented, opened

NOW = at("2026-12-05T10:00")


@pytest.mark.parametrize(
    ("people", "everybody", "many"),
    [
        ({}, 0, set()),
        ({1: 1, 2: 1}, 2, set()),  # one person is never many
        ({1: 3, 2: 2}, 100, {1}),  # the one most people hold
        ({1: 3, 2: 3, 3: 1}, 100, {1, 2}),
        ({1: 30, 2: 5, 3: 4}, 100, {1, 2}),  # 5 % of 100 is 5
        ({1: 30, 2: 5}, 101, {1}),  # 4.95 %
    ],
)
def test_who_is_many(people, everybody, many):
    assert concentrated(people, everybody) == many


def test_the_feedback_waits_for_the_special_explanation(world):
    consultation = opened(world)
    rows = [commented(consultation), commented(consultation)]
    alone = commented(consultation)
    closed(consultation)
    point = answered(world, consultation, rows, "not_adopted", title="前三十分钟免费")
    answered(world, consultation, [alone], "not_adopted", title="不要电梯")
    officer = world.actor("officer")
    with pytest.raises(Refused, match="Many people hold “前三十分钟免费”"):
        service.submit_feedback(consultation, actor=officer, now=NOW)
    service.answer_point(
        consultation, point, outcome="not_adopted", reason=point.reason, clause_id=None, change="",
        special="收费用于维护，免费会减少车位。", actor=officer, now=NOW,
    )  # fmt: skip
    service.submit_feedback(consultation, actor=officer, now=NOW)
    assert [(line.concentrated, line.needs_special) for line in points.points_of(consultation.id)] == [
        (True, False),
        (False, False),
    ]


def test_an_adopted_opinion_needs_none(world):
    consultation = opened(world)
    rows = [commented(consultation), commented(consultation)]
    closed(consultation)
    answered(world, consultation, rows, "adopted")
    service.submit_feedback(consultation, actor=world.actor("officer"), now=NOW)
    assert consultation.feedback_submitted_at == NOW
