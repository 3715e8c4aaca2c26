"""The statutory festivals of a year, which rest whatever a notice says. Pure.

全国年节及纪念日放假办法 (2024) art. 2: 元旦 1 day, 春节 4, 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆节 3.
What a notice moves around them cannot be known before it: only these days are answered here.

The days stand in `festivals.txt`, worked out by the library `holidays`, which a test compares with it: the
library itself would be 19 MB of each process.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

FIRST_YEAR, LAST_YEAR = 2000, 2100
_TABLE = Path(__file__).with_name("festivals.txt")


@cache
def _lines() -> Mapping[int, str]:
    lines = _TABLE.read_text("utf-8").splitlines()
    return {int(line[:4]): line[5:] for line in lines if line[0] != "#"}


@cache
def festivals_of(year: int) -> Mapping[date, str]:
    """The statutory festival days of a year with their names, in order; none outside of `FIRST_YEAR` to
    `LAST_YEAR`. 除夕 belongs to 春节."""
    found = {}
    for entry in _lines().get(year, "").split():
        name, _, days = entry.partition(":")
        found |= {date(year, int(day[:2]), int(day[2:])): name for day in days.split(",")}
    return dict(sorted(found.items()))
