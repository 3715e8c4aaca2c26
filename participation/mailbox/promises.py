"""What an answer promises and by when. Pure.

A promise is a clause with a day that has not passed, said of what the unit will do. What the writer
is asked to do by a day, and what was done on one, are none.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from participation.mailbox.checker.sentences import plain

MOST = 6
_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_N = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_MONTH_DAY = re.compile(r"(?:(20\d\d)年|(明年|今年))?(\d{1,2})月(\d{1,2})[日号]?")
_MONTH_END = re.compile(r"(?:(20\d\d)年|(明年|今年))?(\d{1,2})月(?:份)?(底|末|中旬|上旬|前)")
_WITHIN = re.compile(rf"{_N}个?(工作日|天|日|周|星期|个?月)(?:之|以)?内")
_WEEKDAY = re.compile(r"(本周|这周|下周)([一二三四五六日天])")
_WHOLE = re.compile(r"本周内|本月底|本月内|月底前|下月底|(?<!去)年底|年内|明天|后天|下周内")
# The writer's own dates, deadlines that hold for everybody, and what was.
_NOT_OURS = re.compile(
    r"(?:好|完|齐|到|成|结|批|过|签|束|收)(?:以|之)?后.{0,4}(?:工作日|天|日|周|月)内|请(?:您|在|于|携带|到)|申请截止|报名|缴费(?:截止|期)|交完|办完就|均可申请|有效期|到期|已(?:经|于|在)?(?!列入)[^，,]{0,12}(?:修|换|装|完成|清|拆|通过|办结|处罚|补|铺)"
)
_TO_COME = re.compile(r"前|内|将|预计|计划|今晚|截至")
_CLAUSE = re.compile(r"[。！？!?；;\n]")


@dataclass(frozen=True)
class Promised:
    """`text` is the sentence as it stands in the answer, `due_on` its last day."""

    text: str
    due_on: date


def promised(answer: str, *, today: date, workdays: Callable[[int], date]) -> list[Promised]:
    """The promises of an answer written `today`, in order, one a sentence part with a day, at most
    six. `workdays` tells the last day of so many workdays counted from today."""
    found: list[Promised] = []
    for sentence in _CLAUSE.split(plain(answer)):
        for clause in _parts(sentence):
            if _NOT_OURS.search(clause):
                continue
            # What was done on the day of the answer itself names that day too.
            first = today if _TO_COME.search(clause) else today + timedelta(days=1)
            days = [day for day in _days(clause, today, workdays) if day >= first]
            if days and all(one.text != clause for one in found):
                found.append(Promised(clause[:200], max(days)))
    return found[:MOST]


def _parts(sentence: str) -> list[str]:
    """A comma parts two promises only when both name a day; what hangs on the day stays with it."""
    parts: list[str] = []
    for piece in re.split(r"[，,](?!\d{3})", sentence.strip()):
        if parts and not (_named(piece) and _named(parts[-1])):
            parts[-1] += "，" + piece
        else:
            parts.append(piece)
    return [part.strip() for part in parts if part.strip()]


def _named(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_MONTH_DAY, _MONTH_END, _WITHIN, _WEEKDAY, _WHOLE))


def _days(clause: str, today: date, workdays: Callable[[int], date]) -> list[date]:
    found: list[date] = []
    for year, word, month, day in _MONTH_DAY.findall(clause):
        found += _day(_year(year, word, int(month), today), int(month), int(day))
    for year, word, month, part in _MONTH_END.findall(clause):
        if 1 <= int(month) <= 12:
            found.append(_month_part(_year(year, word, int(month), today), int(month), part))
    for number, unit in _WITHIN.findall(clause):
        found.append(_after(_number(number), unit, today, workdays))
    for week, name in _WEEKDAY.findall(clause):
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 if week == "下周" else 0)
        found.append(monday + timedelta(days="一二三四五六日".index(name.replace("天", "日"))))
    for word in _WHOLE.findall(clause):
        found.append(_end_of(word, today))
    return found


def _year(year: str, word: str, month: int, today: date) -> int:
    """Without a year it is this one; said in autumn of a month early in the year, the next."""
    if year:
        return int(year)
    if word:
        return today.year + (word == "明年")
    return today.year + (today.month - month >= 6)


def _day(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _month_part(year: int, month: int, part: str) -> date:
    if part == "前":
        return date(year, month, 1) - timedelta(days=1)
    return date(year, month, {"上旬": 10, "中旬": 20}.get(part, monthrange(year, month)[1]))


def _after(number: int, unit: str, today: date, workdays: Callable[[int], date]) -> date:
    if unit == "工作日":
        return workdays(number)
    return today + timedelta(days=number * {"周": 7, "星期": 7, "月": 30, "个月": 30}.get(unit, 1))


def _end_of(word: str, today: date) -> date:
    if word in ("明天", "后天"):
        return today + timedelta(days=1 if word == "明天" else 2)
    if word in ("本周内", "下周内"):
        return today + timedelta(days=6 - today.weekday() + (7 if word == "下周内" else 0))
    if word.startswith("年"):
        return date(today.year, 12, 31)
    month, year = (
        (today.month % 12 + 1, today.year + today.month // 12) if word[0] == "下" else (today.month, today.year)
    )
    return date(year, month, monthrange(year, month)[1])


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, found, ones = text.partition("十")
    if not found:
        return _NUMERALS[text[0]]
    return _NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(ones, 0)
