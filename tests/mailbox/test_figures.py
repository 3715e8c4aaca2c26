"""The figures, against a month of letters counted by hand; and that nothing but answering raises a rate."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.mailbox.figures import (
    AGAIN,
    CLASSES,
    MINIMUM_FOR_A_RATE,
    Figures,
    LetterRow,
    RoundRow,
    tally,
    together,
    verdict,
)

DUE = datetime(2026, 10, 15, 16, 0, tzinfo=UTC)  # 24:00 of the day in Zhoucun
NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 9, 16, 0, tzinfo=UTC)  # a day that has not passed
HOUR = timedelta(hours=1)
IN_TIME, TOO_LATE = DUE - HOUR, DUE + HOUR


def met(at: datetime, workdays: int, **more: object) -> LetterRow:
    extended = bool(more.pop("extended", False))
    return LetterRow(RoundRow(DUE, met_at=at, extended=extended), workdays, **more)  # type: ignore[arg-type]


def still_open(due_at: datetime, *, extended: bool = False, **more: object) -> LetterRow:
    return LetterRow(RoundRow(due_at, extended=extended), **more)  # type: ignore[arg-type]


def again(at: datetime | None = None, due_at: datetime = DUE) -> RoundRow:
    return RoundRow(due_at, met_at=at)


MONTH: list[tuple[str, LetterRow]] = [
    # what the letter counts as, counted by hand
    ("on_time", met(IN_TIME, 0, rating=(5, 5, 5))),  # on the day of receipt
    ("on_time", met(IN_TIME, 1)),
    ("on_time", met(IN_TIME, 2, rating=(4, 3, None))),
    ("on_time", met(IN_TIME, 2, returned=True)),
    ("on_time", met(IN_TIME, 3)),
    ("on_time", met(IN_TIME, 3, later=(again(IN_TIME),))),  # reopened, and answered again in time
    ("on_time", met(IN_TIME, 4, later=(again(TOO_LATE), again()), rating=(1, 1, 1))),  # twice; late, overdue
    ("on_time", met(IN_TIME, 5, later=(again(due_at=LATER),))),  # being answered anew
    ("on_time", met(DUE - timedelta(microseconds=1), 5)),  # the last instant
    ("late", met(DUE, 6)),  # 24:00 is the next day
    ("late", met(TOO_LATE, 6, returned=True, rating=(3, 1, 2))),
    ("late", met(TOO_LATE, 12)),
    ("extended", met(IN_TIME, 9, extended=True)),  # within its extension
    ("extended", still_open(LATER, extended=True)),
    ("late", met(TOO_LATE, 11, extended=True)),  # later than its extension
    ("overdue", still_open(DUE)),
    ("overdue", still_open(DUE, merged=True)),  # merging does not hide it
    ("within", still_open(LATER)),
    ("refused_in_time", met(IN_TIME, 1, ground="litigation", rating=(1, None, None))),
    ("refused_in_time", met(IN_TIME, 2, ground="repeat")),
    ("late", met(TOO_LATE, 7, ground="petition")),  # a refusal after the day is late
    ("spam", met(IN_TIME, 1, ground="advertising", rating=(1, 1, 1))),
    ("late", met(TOO_LATE, 7, ground="advertising")),  # five days nobody looked
    ("repeated_in_time", met(IN_TIME, 3, merged=True)),
    ("repeated_in_time", still_open(LATER, merged=True)),
    ("withdrawn", LetterRow(RoundRow(DUE, cancelled_at=IN_TIME))),
    ("withdrawn", LetterRow(RoundRow(DUE, cancelled_at=TOO_LATE))),
]
LETTERS = [letter for _, letter in MONTH]
FIGURES = Figures(tally(LETTERS, NOW))


@pytest.mark.parametrize(("counts_as", "letter"), MONTH)
def test_each_letter_counts_as_what_was_found_by_hand(counts_as, letter):
    assert verdict(letter, NOW) == counts_as


def test_the_sums_of_the_month_are_those_counted_by_hand():
    assert {name: number for name, number in FIGURES.sums.items() if not name.startswith("days_")} == {
        "received": 27, "on_time": 9, "late": 6, "extended": 2, "overdue": 2, "within": 1, "refused_in_time": 2,
        "repeated_in_time": 2, "spam": 1, "withdrawn": 2, "withdrawn_late": 1, "refused": 5, "repeated": 3,
        "returned": 2, "reopened": 3, "granted": 3, "closed": 19, "rated": 5,
        "again_on_time": 1, "again_late": 1, "again_overdue": 1, "again_within": 1,
        "attitude_5": 1, "attitude_4": 1, "attitude_3": 1, "attitude_1": 2,
        "speed_5": 1, "speed_3": 1, "speed_1": 2, "result_5": 1, "result_2": 1, "result_1": 1,
    }  # fmt: skip


def test_valid_letters_are_those_neither_withdrawn_nor_advertising():
    assert FIGURES.valid == 24


def test_the_rate_is_nine_of_nineteen():
    assert FIGURES.due == 19
    assert FIGURES.rate == Fraction(9, 19)
    assert FIGURES.percent == "47.3%"


def test_mean_median_and_distribution_are_of_real_answers_only():
    # 0 1 2 2 3 3 4 5 5 6 6 9 11 12
    assert FIGURES.answers == 14
    assert FIGURES.mean == "4.9"  # 69 / 14 = 4.93
    assert FIGURES.median == "4.5"  # sorted, the 7th is 4 and the 8th is 5
    assert FIGURES.distribution == {"1": 2, "2": 2, "3": 2, "4": 1, "5": 2, "6-10": 3, "over": 2}


def test_those_who_did_not_rate_stand_beside_those_who_did():
    assert FIGURES.unrated == 14
    assert FIGURES.levels("speed") == {5: 1, 4: 0, 3: 1, 2: 0, 1: 2}
    assert FIGURES.silent("speed") == 15
    assert FIGURES.silent("result") == 16


def test_under_six_letters_there_is_no_rate_no_mean_and_no_median():
    few = Figures(tally([met(IN_TIME, 1)] * (MINIMUM_FOR_A_RATE - 1), NOW))
    assert (few.rate, few.percent, few.mean, few.median) == (None, None, None, None)
    six = Figures(tally([met(IN_TIME, 1)] * MINIMUM_FOR_A_RATE, NOW))
    assert (six.percent, six.mean, six.median) == ("100.0%", "1.0", "1")


def test_a_rate_is_cut_so_that_one_late_letter_in_many_thousands_still_shows():
    many = Figures({"on_time": 99_999, "late": 1})
    assert many.percent == "99.9%"


def test_a_letter_withdrawn_after_its_day_is_said_to_be_so():
    assert (FIGURES["withdrawn"], FIGURES["withdrawn_late"]) == (2, 1)


instants = st.sampled_from([IN_TIME, DUE, TOO_LATE, None])
rounds = st.builds(
    lambda due, at, gone, extended: RoundRow(due, None if gone else at, at if gone else None, extended),
    st.sampled_from([DUE, LATER]), instants, st.booleans(), st.booleans(),
)  # fmt: skip
levels = st.one_of(st.none(), st.integers(1, 5))
letters = st.builds(
    lambda first, days, ground, merged, later, rating: LetterRow(
        first, days if first.met_at else None, ground if first.met_at else "", merged, False,
        tuple(later) if first.met_at else (), rating,
    ),
    rounds, st.integers(0, 30), st.sampled_from(["", "", "litigation", "repeat", "advertising"]), st.booleans(),
    st.lists(rounds, max_size=2), st.one_of(st.none(), st.tuples(levels, levels, levels)),
)  # fmt: skip
months = st.lists(letters, max_size=30)


def rate(some: list[LetterRow]) -> Fraction:
    """Without the minimum number; no letter settled counts as everything kept."""
    figures = Figures(tally(some, NOW))
    return Fraction(figures["on_time"], figures.due) if figures.due else Fraction(1)


@given(months)
def test_the_classes_part_the_valid_letters(some):
    figures = Figures(tally(some, NOW))
    assert figures.valid == sum(figures[name] for name in CLASSES)
    assert figures["received"] == figures.valid + figures["withdrawn"] + figures["spam"]


@given(months)
def test_ratings_and_those_missing_make_up_all_closed_letters(some):
    figures = Figures(tally(some, NOW))
    for aspect in ("attitude", "speed", "result"):
        assert sum(figures.levels(aspect).values()) + figures.silent(aspect) == figures["closed"]
    assert sum(figures.distribution.values()) == figures.answers <= figures["closed"]
    assert sum(figures[name] for name in AGAIN) == sum(len(letter.later) for letter in some)


@given(months, letters, st.sampled_from(["litigation", "repeat", "advertising"]))
def test_adding_a_refusal_never_raises_the_rate(some, letter, ground):
    refused = replace(letter, first=replace(letter.first, met_at=IN_TIME, cancelled_at=None), ground=ground)
    assert rate([*some, refused]) <= rate(some)


@given(months, letters)
def test_adding_a_repeat_never_raises_the_rate(some, letter):
    assert rate([*some, replace(letter, merged=True)]) <= rate(some)


@given(months, st.integers(0, 29), st.sampled_from(["litigation", "repeat", "advertising"]), instants)
def test_refusing_a_letter_never_raises_the_rate(some, place, ground, at):
    """Not even one that is late or would be: refusing is no way out."""
    if place < len(some) and some[place].first.met_at is None and some[place].first.cancelled_at is None:
        letter = some[place]
        # What is refused now is refused now, not before its day passed.
        at = NOW if letter.first.due_at <= NOW else IN_TIME
        refused = replace(letter, first=replace(letter.first, met_at=at), ground=ground)
        assert rate([*some[:place], refused, *some[place + 1 :]]) <= rate(some)


@given(months, st.integers(0, 29))
def test_merging_a_letter_never_raises_the_rate(some, place):
    if place < len(some):
        merged = replace(some[place], merged=True)
        assert rate([*some[:place], merged, *some[place + 1 :]]) <= rate(some)


@given(months, st.integers(0, 29))
def test_an_extension_never_raises_the_rate(some, place):
    if place < len(some) and some[place].first.met_at is None:
        longer = replace(some[place].first, extended=True)
        assert rate([*some[:place], replace(some[place], first=longer), *some[place + 1 :]]) <= rate(some)


@given(months, months)
def test_a_sum_of_parts_is_the_sum_of_the_whole(one, other):
    assert together([tally(one, NOW), tally(other, NOW)]) == tally([*one, *other], NOW)
