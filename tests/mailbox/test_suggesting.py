"""Suggestions for the dispatcher, worked out by hand."""

import pytest

from participation.mailbox.suggesting import Earlier, Unit, topic, units

HOUSING, UTILITIES, TOWN, STREET = 2, 3, 5, 6
KNOWN = (
    Unit(HOUSING),
    Unit(UTILITIES),
    Unit(TOWN, ("北郊镇", "北郊"), True),
    Unit(STREET, ("丝绸路街道", "丝绸路"), True),
)


def earlier(*handled: int | None, subject: str = "供热供气") -> list[Earlier]:
    return [Earlier(n, unit, subject, 0.5) for n, unit in enumerate(handled, start=1)]


def asked(similar=(), history=None, place="", without=frozenset()):
    return units(similar=similar, topic_history=history or {}, place=place, known=KNOWN, without=without)


def test_nothing_known_suggests_nothing():
    assert asked() == []
    assert asked(earlier(None, None, None)) == []


def test_seven_of_eight_similar_letters_name_their_unit():
    hints = asked(earlier(*[UTILITIES] * 7, HOUSING))
    assert [hint.department_id for hint in hints] == [UTILITIES]
    reason = hints[0].reasons[0]
    assert reason.message % reason.args == "7 of 8 similar letters were handled by it"


def test_a_single_similar_letter_is_chance():
    assert asked(earlier(HOUSING)) == []


def test_letters_that_nobody_has_yet_are_not_counted():
    reason = asked(earlier(UTILITIES, UTILITIES, None, None))[0].reasons[0]
    assert reason.args == {"part": 2, "all": 2}


def test_the_topic_suggests_who_answered_a_third_of_it():
    hints = asked(history={UTILITIES: 36, HOUSING: 2})
    assert [(hint.department_id, dict(hint.reasons[0].args)) for hint in hints] == [
        (UTILITIES, {"part": 36, "all": 38})
    ]
    assert asked(history={UTILITIES: 1}) == []


@pytest.mark.parametrize(
    ("place", "unit"), [("北郊镇东风小区", TOWN), ("丝绸路 88 号", STREET), ("大街街道", None), ("", None)]
)
def test_the_place_suggests_the_town_or_street(place, unit):
    assert [hint.department_id for hint in asked(place=place)] == ([unit] if unit else [])


def test_reasons_add_up_and_at_most_three_units_are_named():
    hints = asked(earlier(UTILITIES, UTILITIES, TOWN, TOWN), {UTILITIES: 5, HOUSING: 5}, "北郊镇")
    assert [hint.department_id for hint in hints] == [TOWN, UTILITIES, HOUSING]
    assert [len(hint.reasons) for hint in hints] == [2, 2, 1]


def test_the_unit_that_the_letter_is_about_is_never_suggested():
    without = frozenset({UTILITIES})
    assert asked(earlier(*[UTILITIES] * 7), {UTILITIES: 36}, without=without) == []


@pytest.mark.parametrize(
    ("similar", "chosen", "found"),
    [
        (earlier(None, None, None), "其他", "供热供气"),
        (earlier(None, None, None), "供热供气", None),
        (earlier(None, None), "其他", None),
        (earlier(None, None, None, subject="其他"), "教育", None),
        (earlier(None, None) + earlier(None, None, subject="教育"), "其他", None),
    ],
)
def test_a_topic_is_suggested_when_most_similar_letters_had_it(similar, chosen, found):
    hint = topic(similar=similar, chosen=chosen, other="其他")
    assert (hint.topic if hint else None) == found
