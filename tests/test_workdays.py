"""Workdays: the State Council's notices, counted from day zero, on any server."""

import os
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from chinese_calendar import get_holiday_detail, is_workday
from hypothesis import given
from hypothesis import strategies as st

from participation.duties.calendar.seed import NOTICES, seed_contents
from participation.workdays import Count, OutsideCalendar, Skipped, WorkCalendar, day_of, end_of, start_of

CALENDAR = seed_contents().calendar("test")
RECEIPTS = st.dates(date(2019, 1, 1), date(2027, 12, 31))
PERIODS = st.integers(1, 60)

# domain-rules E, transcribed from the notices: rest days, then make-up workdays.
TABLE = {
    2019: (
        "2018-12-30~2019-01-01 02-04~02-10 04-05~04-05 05-01~05-04 06-07~06-07 09-13~09-13 10-01~10-07",
        "2018-12-29 02-02 02-03 04-28 05-05 09-29 10-12",
        250,
    ),
    2020: (
        "01-01~01-01 01-24~02-02 04-04~04-06 05-01~05-05 06-25~06-27 10-01~10-08",
        "01-19 04-26 05-09 06-28 09-27 10-10",
        249,
    ),
    2021: (
        "01-01~01-03 02-11~02-17 04-03~04-05 05-01~05-05 06-12~06-14 09-19~09-21 10-01~10-07",
        "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
        250,
    ),
    2022: (
        "01-01~01-03 01-31~02-06 04-03~04-05 04-30~05-04 06-03~06-05 09-10~09-12 10-01~10-07",
        "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
        249,
    ),
    2023: (
        "2022-12-31~2023-01-02 01-21~01-27 04-05~04-05 04-29~05-03 06-22~06-24 09-29~10-06",
        "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
        249,
    ),
    2024: (
        "01-01~01-01 02-10~02-17 04-04~04-06 05-01~05-05 06-10~06-10 09-15~09-17 10-01~10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
        251,
    ),
    2025: (
        "01-01~01-01 01-28~02-04 04-04~04-06 05-01~05-05 05-31~06-02 10-01~10-08",
        "01-26 02-08 04-27 09-28 10-11",
        248,
    ),
    2026: (
        "01-01~01-03 02-15~02-23 04-04~04-06 05-01~05-05 06-19~06-21 09-25~09-27 10-01~10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
        248,
    ),
}


def _read(year: int, text: str) -> date:
    return date.fromisoformat(text if len(text) == 10 else f"{year}-{text}")


def _from_the_notices() -> tuple[dict[int, set[date]], dict[int, set[date]]]:
    rest: dict[int, set[date]] = defaultdict(set)
    makeup: dict[int, set[date]] = defaultdict(set)
    for year, (runs, worked, _) in TABLE.items():
        for run in runs.split():
            first, last = (_read(year, part) for part in run.split("~"))
            rest[year] |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
        makeup[year] = {_read(year, part) for part in worked.split()}
    return rest, makeup


def days(*texts: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(text) for text in texts)


# ---- the notices


def test_the_seed_makes_the_same_workdays_as_the_notices():
    rest, makeup = _from_the_notices()
    all_rest, all_makeup = set().union(*rest.values()), set().union(*makeup.values())
    day = date(2019, 1, 1)
    while day <= date(2026, 12, 31):
        worked = day in all_makeup or (day.weekday() < 5 and day not in all_rest)
        assert CALENDAR.is_workday(day) == worked == is_workday(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize(("year", "number"), [(year, row[2]) for year, row in TABLE.items()])
def test_each_year_has_as_many_workdays_as_its_notice_gives(year, number):
    first = date(year, 1, 1)
    all_days = [first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1)]
    assert sum(CALENDAR.is_workday(day) for day in all_days) == number


def test_the_seed_differs_from_weekdays_exactly_where_the_notices_do():
    _, makeup = _from_the_notices()
    assert set(CALENDAR.makeup_days) == set().union(*makeup.values())


def test_every_seeded_day_names_its_notice():
    found = {day.notice for day in seed_contents().days.values()}
    assert found == set(NOTICES.values()) | {"国办发明电〔2019〕3号", "国办发明电〔2020〕1号"}


def test_the_library_agrees_about_the_festival_of_a_day():
    assert get_holiday_detail(date(2026, 10, 5)) == (True, "National Day")
    assert CALENDAR.festival(date(2026, 10, 5)) == "国庆节"
    assert CALENDAR.festival(date(2026, 11, 21)) == ""


# ---- exact dates


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-02-13", "2026-02-27"),
        ("2026-02-16", "2026-02-28"),
        ("2026-04-30", "2026-05-11"),
        ("2026-09-18", "2026-09-24"),
        ("2026-09-28", "2026-10-10"),
        ("2026-10-03", "2026-10-13"),
        ("2026-11-19", "2026-11-26"),
    ],
)
def test_five_workdays_from_receipt(received, due):
    assert CALENDAR.due(date.fromisoformat(received), 5).due_on == date.fromisoformat(due)


def test_a_count_over_national_day_explains_every_day():
    assert CALENDAR.due(date(2026, 9, 28), 5) == Count(
        due_on=date(2026, 10, 10),
        counted=days("2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"),
        skipped=tuple(Skipped(date(2026, 10, day), "festival:国庆节") for day in range(1, 8)),
        provisional=False,
        calendar_version="test",
    )


def test_a_make_up_saturday_is_counted():
    count = CALENDAR.due(date(2026, 2, 13), 5)
    assert count.counted == days("2026-02-14", "2026-02-24", "2026-02-25", "2026-02-26", "2026-02-27")
    assert CALENDAR.makeup(date(2026, 2, 14))
    assert not CALENDAR.makeup(date(2026, 2, 24))


def test_past_the_last_notice_festivals_and_weekends_rest_and_the_date_is_provisional():
    count = CALENDAR.due(date(2026, 12, 29), 5)
    assert count.provisional
    assert count.due_on == date(2027, 1, 6)
    assert count.skipped == (
        Skipped(date(2027, 1, 1), "festival:元旦"),
        Skipped(date(2027, 1, 2), "weekend"),
        Skipped(date(2027, 1, 3), "weekend"),
    )


def test_spring_festival_of_an_unannounced_year_is_no_workday():
    assert [str(day) for day in CALENDAR.due(date(2027, 2, 3), 2).counted] == ["2027-02-04", "2027-02-09"]


def test_the_last_covered_day_is_certain():
    assert not CALENDAR.due(date(2026, 12, 24), 5).provisional
    assert CALENDAR.due(date(2026, 12, 24), 5).due_on == date(2026, 12, 31)
    assert CALENDAR.due(date(2026, 12, 24), 6).provisional


@pytest.mark.parametrize("received", [date(2018, 12, 31), date(2036, 12, 31), date(9999, 12, 31)])
def test_a_day_the_calendar_knows_nothing_of_is_refused(received):
    with pytest.raises(OutsideCalendar):
        CALENDAR.due(received, 5)


@pytest.mark.parametrize("period", [0, -1, 367])
def test_a_period_has_a_sensible_length(period):
    with pytest.raises(ValueError, match="1 to 366"):
        CALENDAR.due(date(2026, 11, 19), period)


def test_neighbouring_workdays():
    assert CALENDAR.next_workday(date(2026, 9, 30)) == date(2026, 10, 8)
    assert CALENDAR.previous_workday(date(2026, 10, 8)) == date(2026, 9, 30)
    assert CALENDAR.previous_workday(date(2026, 9, 21)) == date(2026, 9, 20)
    assert CALENDAR.workdays_between(date(2026, 9, 28), date(2026, 10, 10)) == 5
    assert CALENDAR.workdays_between(date(2026, 10, 10), date(2026, 9, 28)) == 0


# ---- the clock


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/Los_Angeles"])
def server_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_a_second_before_midnight_is_still_today(server_zone):
    assert day_of(datetime(2026, 11, 19, 15, 59, 59, 999999, tzinfo=UTC)) == date(2026, 11, 19)
    assert day_of(datetime(2026, 11, 19, 16, 0, 0, tzinfo=UTC)) == date(2026, 11, 20)
    assert day_of(datetime.fromisoformat("2026-11-19T23:59:59+08:00")) == date(2026, 11, 19)
    assert day_of(datetime.fromisoformat("2026-11-20T00:00:00+08:00")) == date(2026, 11, 20)


def test_a_day_ends_at_24_in_zhoucun(server_zone):
    assert end_of(date(2026, 11, 26)).isoformat() == "2026-11-27T00:00:00+08:00"
    assert end_of(date(2026, 11, 26)) == datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
    assert end_of(date(2026, 11, 26)) == start_of(date(2026, 11, 27))


# ---- properties


@given(RECEIPTS, PERIODS)
def test_exactly_the_workdays_after_receipt_are_counted(received: date, period: int):
    count = CALENDAR.due(received, period)
    assert len(count.counted) == period
    assert all(CALENDAR.is_workday(day) for day in count.counted)
    assert not any(CALENDAR.is_workday(skip.day) for skip in count.skipped)
    together = sorted([*count.counted, *(skip.day for skip in count.skipped)])
    assert together == [received + timedelta(days=n) for n in range(1, (count.due_on - received).days + 1)]
    assert count.due_on == count.counted[-1] > received
    assert count.provisional == (count.due_on > CALENDAR.covered_until)
    assert CALENDAR.workdays_between(received, count.due_on) == period


@given(RECEIPTS, RECEIPTS, PERIODS, PERIODS)
def test_who_writes_later_or_is_given_longer_is_never_due_earlier(a: date, b: date, m: int, n: int):
    first, second = sorted((a, b))
    assert CALENDAR.due(first, m).due_on <= CALENDAR.due(second, m).due_on
    shorter, longer = sorted((m, n))
    assert CALENDAR.due(a, shorter).due_on <= CALENDAR.due(a, longer).due_on


@given(RECEIPTS, PERIODS, PERIODS)
def test_periods_add_up(received: date, m: int, n: int):
    assert CALENDAR.due(CALENDAR.due(received, m).due_on, n).due_on == CALENDAR.due(received, m + n).due_on


@given(RECEIPTS.filter(lambda day: day > date(2019, 1, 10)))
def test_the_workday_before_the_next_workday_is_not_later_than_today(day: date):
    following = CALENDAR.next_workday(day)
    assert CALENDAR.previous_workday(following) <= day < following


@given(st.dates(date(2019, 1, 1), date(2026, 12, 31)))
def test_a_calendar_without_notices_is_never_silently_used(day: date):
    bare = WorkCalendar("bare", day, day, day, {}, {}, {})
    with pytest.raises(OutsideCalendar):
        bare.due(day, 1)


@given(RECEIPTS, st.integers(-5, 400))
def test_days_between_are_the_workdays_one_by_one(after: date, length: int):
    until = after + timedelta(days=length)
    following = [after + timedelta(days=n) for n in range(1, length + 1)]
    if following and until > CALENDAR.estimated_until:
        with pytest.raises(OutsideCalendar):
            CALENDAR.workdays_between(after, until)
    else:
        assert CALENDAR.workdays_between(after, until) == sum(map(CALENDAR.is_workday, following))
