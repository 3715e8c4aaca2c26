"""Planned times as offices write them: kept as written, and as a range of days where one can be read."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_NUMERALS = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}
_PART = r"(?P<{0}>上旬|中旬|下旬|月?初|月?底|月?末|中)?"
_TOKEN = re.compile(
    r"(?P<ymd>(?P<y1>\d{4})[年./-](?P<m1>\d{1,2})[月./-](?P<d1>\d{1,2})(?!\d)[日号]?)(?P<b1>(?:之|以)?前)?"
    r"|(?P<yq>(?:(?P<y2>\d{4})年?度?|(?P<n2>次年|明年|翌年))?第?(?P<q2>[1-4一二三四])季度?)(?P<e2>末|底)?(?P<b2>(?:之|以)?前)?"
    r"|(?P<yQ>(?:(?P<y3>\d{4})年?-?)?[Qq](?P<q3>[1-4])(?!\d))(?P<b3>(?:之|以)?前)?"
    r"|(?P<half>(?:(?P<y4>\d{4})年?度?|(?P<n4>次年|明年|翌年))?(?P<h4>上|下)半年)(?P<b4>(?:之|以)?前)?"
    r"|(?P<ym>(?P<y5>\d{4})(?:年|[./-](?=\d))(?P<m5>0?[1-9]|1[0-2])(?!\d)(?:月份?)?)"
    + _PART.format("p5")
    + r"(?P<b5>(?:之|以)?前)?"
    r"|(?P<year>(?P<y6>(?:19|20|21)\d{2})(?![\d号])(?:年度?)?(?!\d{1,2}月|[./-]?\d)(?P<p6>底|末|初|内|中)?)(?P<b6>(?:之|以)?前)?"
    r"|(?P<md>(?P<n7>次年|明年|翌年)?(?P<m7>0?[1-9]|1[0-2])月份?(?:(?P<d7>\d{1,2})[日号])?)"
    + _PART.format("p7")
    + r"(?P<b7>(?:之|以)?前)?"
    r"|(?P<thisyear>(?:今年|本年|当年|年)(?P<p8>底|末|初|内|中)|全年)(?P<b8>(?:之|以)?前)?"
)
_JOINT = re.compile(r"[-—–―~～至到]+$")


@dataclass(frozen=True)
class Planned:
    """`text` as written; `start` and `end` the days it covers, None where it does not say."""

    text: str
    start: date | None = None
    end: date | None = None

    @property
    def parsed(self) -> bool:
        return self.start is not None or self.end is not None


def read(text: str, *, year: int) -> Planned:
    """All times the text names, from the first day to the last. A month without a year belongs to
    the year named before it, else to `year`. 年底前 has an end and no beginning."""
    form = _digits(unicodedata.normalize("NFKC", text))
    starts: list[date] = []
    ends: list[date] = []
    current, last_end, at = year, None, 0
    for found in _TOKEN.finditer(form):
        parts = {name: value for name, value in found.groupdict().items() if value is not None}
        named = next((int(parts[name]) for name in ("y1", "y2", "y3", "y4", "y5", "y6") if name in parts), None)
        following = any(name in parts for name in ("n2", "n4", "n7"))
        of_year = named if named is not None else current + 1 if following else current
        span = _span(parts, of_year)
        if span is None:
            continue
        if named is None and last_end and _JOINT.search(form[at : found.start()]) and span[1] < last_end:
            of_year += 1  # 11月至2月
            span = _span(parts, of_year) or span
        current = of_year
        at, last_end = found.end(), span[1]
        ends.append(span[1])
        if not any(name in parts for name in ("b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8")):
            starts.append(span[0])
    end = max(ends, default=None)
    start = min(starts, default=None)
    return Planned(text, start, end)


def _digits(form: str) -> str:
    """Chinese numerals of months, and 3-5月, in the one form the table of tokens reads."""
    form = re.sub(r"\s+", "", form)
    form = re.sub(
        r"[二〇○零一三四五六七八九]{4}(?=年)",
        lambda m: "".join(str("〇一二三四五六七八九".index(c.replace("零", "〇").replace("○", "〇"))) for c in m[0]),
        form,
    )
    form = re.sub(r"(十[一二]|[一二三四五六七八九十])(?=月)", lambda m: str(_NUMERALS[m[0]]), form)
    form = re.sub(r"(?<![\d.])(\d{1,2})([-—–~～至到、])(\d{1,2})月", r"\1月\2\3月", form)
    return re.sub(r"(?<=年)(\d{1,2})([-—–~～至到、])(\d{1,2})月", r"\1月\2\3月", form)


def _span(parts: dict[str, str], year: int) -> tuple[date, date] | None:
    try:
        return _days(parts, year)
    except ValueError:
        return None


def _days(parts: dict[str, str], year: int) -> tuple[date, date]:
    if "ymd" in parts:
        day = date(year, int(parts["m1"]), int(parts["d1"]))
        return day, day
    if "yq" in parts or "yQ" in parts:
        said = parts.get("q2") or parts["q3"]
        quarter = int(said) if said.isdigit() else _NUMERALS[said]
        return _months(year, quarter * 3 - 2, quarter * 3)
    if "half" in parts:
        return _months(year, 1, 6) if parts["h4"] == "上" else _months(year, 7, 12)
    if "ym" in parts or "md" in parts:
        month = int(parts.get("m5") or parts["m7"])
        if "d7" in parts:
            day = date(year, month, int(parts["d7"]))
            return day, day
        return _part_of_month(year, month, parts.get("p5") or parts.get("p7") or "")
    part = parts.get("p6") or parts.get("p8") or ""
    months = {"底": (12, 12), "末": (12, 12), "初": (1, 1), "中": (6, 7)}.get(part, (1, 12))
    return _months(year, *months)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _part_of_month(year: int, month: int, part: str) -> tuple[date, date]:
    last = calendar.monthrange(year, month)[1]
    days = {"上": (1, 10), "初": (1, 10), "中": (11, 20), "下": (21, last), "底": (21, last), "末": (21, last)}
    first, end = days.get(part.removeprefix("月")[:1], (1, last))
    return date(year, month, first), date(year, month, end)
