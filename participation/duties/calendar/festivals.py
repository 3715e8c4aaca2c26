"""The statutory festivals of a year, which rest whatever a notice says. Pure.

全国年节及纪念日放假办法 (2024) art. 2: 元旦 1 day, 春节 4, 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆节 3.
What a notice moves around them cannot be known before it: only these days are answered here.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 2000, 2100
_EVE = "农历除夕"
_MOVED = "休息日"  # how the library names a weekend that a notice moved


@lru_cache(maxsize=200)
def festivals_of(year: int) -> Mapping[date, str]:
    """The statutory festival days of a year with their names. 除夕 belongs to 春节."""
    # Loaded here: most processes never ask for a year beyond the notices.
    import holidays

    found = holidays.country_holidays("CN", years=[year], observed=False, language="zh_CN")
    return {
        day: "、".join(reversed(name.replace(_EVE, "春节").split("; ")))
        for day, name in sorted(found.items())
        if not name.startswith(_MOVED)
    }
