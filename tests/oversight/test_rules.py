"""The board's figures, counted by hand."""

from fractions import Fraction

from participation.oversight.rules import Indicators, together


def test_open_late_letters_are_in_the_denominator():
    month = Indicators(on_time=49, within=7, answered_late=4, open_late=3)
    assert (month.received, month.due, month.rate, month.percent) == (63, 56, Fraction(49, 56), "87.5%")


def test_letters_within_their_period_change_no_rate():
    assert Indicators(on_time=3, open_late=1).rate == Indicators(on_time=3, open_late=1, within=50).rate


def test_a_withdrawn_letter_counts_as_received_and_nowhere_else():
    assert Indicators(on_time=1, cancelled=1).received == 2
    assert Indicators(on_time=1, cancelled=1).rate == Indicators(on_time=1).rate


def test_a_rate_is_cut_and_never_rounded_up_to_a_hundred():
    assert Indicators(on_time=1999, answered_late=1).percent == "99.9%"


def test_no_rate_while_no_day_has_come():
    assert (Indicators(within=4).rate, Indicators(within=4).percent) == (None, None)


def test_the_mean_wants_six_answers():
    assert Indicators(answers=5, workdays=15).mean is None
    assert Indicators(answers=6, workdays=21).mean == "3.5"
    assert Indicators(answers=7, workdays=23).mean == "3.3"


def test_the_whole_is_the_sum_of_its_departments():
    parts = [
        Indicators(on_time=2, answers=2, workdays=3),
        Indicators(open_late=1, answered_late=1, within=3, answers=1, workdays=7),
    ]
    assert together(parts) == Indicators(on_time=2, within=3, answered_late=1, open_late=1, answers=3, workdays=10)
