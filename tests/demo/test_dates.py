"""Whatever the day of loading, the demonstration's catalogue is begun, published in time, then carried out."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis.strategies import dates

from participation.demo.decisions import begun_on, published_on, year_of
from participation.demo.lives import PLANS

SOME_DAY = dates(date(2026, 1, 1), date(2034, 12, 31))


@given(SOME_DAY)
def test_the_catalogue_is_published_in_its_year_and_before_the_end_of_june(today):
    assert published_on(today).year == year_of(today)
    assert date(year_of(today), 3, 16) <= published_on(today) <= date(year_of(today), 6, 22)


@given(SOME_DAY)
def test_no_step_comes_before_the_publication(today):
    assert (
        begun_on(today)
        < published_on(today)
        < today - timedelta(days=max(back for acts in PLANS.values() for back, _act in acts))
    )
