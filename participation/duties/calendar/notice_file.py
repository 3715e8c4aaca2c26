"""A holiday notice as a CSV file: `date,kind,festival,notice`, one day a line. Pure.

The whole file is accepted or none of it: every reason against it is found and told with its line.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, cast

from participation.duties.calendar.contents import Contents, Day
from participation.duties.calendar.festivals import FIRST_YEAR, LAST_YEAR, festivals_of
from participation.errors import N_

HEADINGS = ("date", "kind", "festival", "notice")
KINDS = ("rest", "makeup_workday")
LARGEST = 1024 * 1024
_LONGEST = {"festival": 40, "notice": 120}
# Spreadsheet programs rewrite 2027-01-01 as 2027/1/1.
_DATE = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})")


@dataclass(frozen=True)
class Problem:
    """Why the file is refused. `line` as an editor numbers it; 0 for the file as a whole."""

    line: int
    message: str
    args_: dict[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """In English, without the line."""
        return self.message % self.args_ if self.args_ else self.message

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}" if self.line else self.text


class Unusable(ValueError):
    """The file is refused whole; `problems` says why, in the order of its lines."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = sorted(problems, key=lambda problem: problem.line)


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without mark) or GB18030."""
    if len(data) > LARGEST:
        raise Unusable([Problem(0, N_("The file is larger than 1 MB: a year's notice has some forty lines."))])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unusable([Problem(0, N_("The file is not text in UTF-8 or GB18030. Save it as CSV."))])


def read_notices(data: bytes) -> Contents:
    """The days of a file. Raises `Unusable` unless every line is good and no two speak of one day."""
    text = decoded(data)
    days: dict[date, Day] = {}
    problems: list[Problem] = []
    for line, row in _rows(text):
        found = _day(line, row)
        if isinstance(found, Problem):
            problems.append(found)
        elif found.day in days:
            problems.append(_second(days[found.day], found))
        else:
            days[found.day] = found
    if not days and not problems:
        problems.append(Problem(0, N_("The file has headings and no days.")))
    if problems:
        raise Unusable(problems)
    return Contents.of(days.values())


def merged_or_refused(known: Contents | None, newer: Contents) -> Contents:
    """What is known once the file is added. Raises `Unusable` if a year would have gaps."""
    merged = known.merged(newer) if known else newer
    problems = [Problem(newer.last_line(gap.year), gap.message, gap.args_) for gap in merged.gaps()]
    if problems:
        raise Unusable(problems)
    return merged


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        headings = [cell.strip() for cell in next(reader, [])]
        if sorted(headings) != sorted(HEADINGS):
            raise Unusable([Problem(1, N_("The first line must read: date,kind,festival,notice"))])
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            cells = [cell.strip() for cell in row]
            yield reader.line_num, dict(zip(headings, cells, strict=False)) if len(cells) == 4 else {}
    except csv.Error as error:
        raise Unusable([Problem(reader.line_num, N_("The quotation marks on this line do not close."))]) from error


def _day(line: int, row: dict[str, str]) -> Day | Problem:
    if not row:
        return Problem(line, N_("This line must have four cells: date, kind, festival, notice."))
    day = _date(row["date"])
    if day is None:
        return Problem(line, N_("“%(text)s” is not a date. Write it like 2027-01-01."), {"text": row["date"][:40]})
    kind = row["kind"]
    if kind not in KINDS:
        return Problem(line, N_("“%(text)s” is not a kind of day. Write rest or makeup_workday."), {"text": kind[:40]})
    if kind == "rest" and not row["festival"]:
        return Problem(line, N_("Name the festival of this rest day."))
    if not row["notice"]:
        return Problem(line, N_("Name the notice that says so."))
    if any(len(row[name]) > most for name, most in _LONGEST.items()):
        return Problem(line, N_("The festival has at most 40 characters and the notice at most 120."))
    if kind == "makeup_workday":
        contradiction = _not_made_up(line, day)
        if contradiction:
            return contradiction
    return Day(day, cast(Literal["rest", "makeup_workday"], kind), row["festival"], row["notice"], line)


def _date(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    if found is None or not FIRST_YEAR < int(found[1]) < LAST_YEAR:
        return None
    try:
        return date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        return None


def _not_made_up(line: int, day: date) -> Problem | None:
    festival = festivals_of(day.year).get(day)
    if festival:
        return Problem(
            line,
            N_("%(day)s is the statutory festival %(festival)s; it cannot be a workday."),
            {"day": day.isoformat(), "festival": festival},
        )
    if day.weekday() < 5:
        return Problem(
            line,
            N_("%(day)s is no Saturday or Sunday, so there is nothing to make up on it."),
            {"day": day.isoformat()},
        )
    return None


def _second(first: Day, second: Day) -> Problem:
    args: dict[str, object] = {"day": second.day.isoformat(), "line": first.line}
    if first.kind == second.kind:
        return Problem(second.line, N_("%(day)s stands on line %(line)s already."), args)
    return Problem(second.line, N_("%(day)s contradicts line %(line)s: a day rests or is worked."), args)
