"""The table of festivals says what the library `holidays` works out."""

from datetime import date

import holidays

from participation.duties.calendar.festivals import FIRST_YEAR, LAST_YEAR, festivals_of

EVE = "农历除夕"
MOVED = "休息日"  # how the library names a weekend that a notice moved


def worked_out(year: int) -> dict[date, str]:
    found = holidays.country_holidays("CN", years=[year], observed=False, language="zh_CN")
    return {
        day: "、".join(reversed(name.replace(EVE, "春节").split("; ")))
        for day, name in sorted(found.items())
        if not name.startswith(MOVED)
    }


def test_the_table_says_what_the_library_works_out():
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        assert list(festivals_of(year).items()) == list(worked_out(year).items())


def test_since_2025_there_are_thirteen_days():
    assert {len(festivals_of(year)) for year in range(2025, 2031)} <= {12, 13}
    assert festivals_of(2027)[date(2027, 2, 5)] == "春节"
    assert festivals_of(2028)[date(2028, 10, 3)] == "国庆节、中秋节"
