"""What a set of notices says, how a later one changes it, and what makes it unusable. Pure."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from participation.duties.calendar.festivals import festivals_of
from participation.workdays import WorkCalendar

ESTIMATED_YEARS = 10
"""How far past the last notice a provisional date may lie."""


@dataclass(frozen=True, order=True)
class Day:
    """A line of a notice. `line` is where a file says it; 0 if no file does."""

    day: date
    kind: Literal["rest", "makeup_workday"]
    festival: str
    notice: str
    line: int = 0


@dataclass(frozen=True)
class Gap:
    """Something that ought to be there and is not."""

    year: int
    message: str


def notice_year(day: date) -> int:
    """The year whose notice decides about a day. December's only moved days belong to New Year."""
    return day.year + 1 if day.month == 12 else day.year


@dataclass(frozen=True)
class Contents:
    """Days by date. Coverage is whole years: from the first to the last one that has a notice."""

    days: Mapping[date, Day]

    @classmethod
    def of(cls, days: Iterable[Day]) -> "Contents":
        return cls({day.day: day for day in sorted(days)})

    @property
    def years(self) -> list[int]:
        return sorted({notice_year(day) for day in self.days})

    @property
    def covered_from(self) -> date:
        return date(self.years[0], 1, 1)

    @property
    def covered_until(self) -> date:
        return date(self.years[-1], 12, 31)

    @property
    def digest(self) -> str:
        lines = (f"{day.day}|{day.kind}|{day.festival}|{day.notice}" for day in self.days.values())
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def merged(self, newer: "Contents") -> "Contents":
        """A file that has a year's whole notice replaces that year; single days replace days."""
        whole = {year for year in newer.years if not list(newer._gaps_of(year))}
        kept = [day for day in self.days.values() if notice_year(day.day) not in whole]
        return Contents.of([*(day for day in kept if day.day not in newer.days), *newer.days.values()])

    def gaps(self) -> list[Gap]:
        """What is missing for every year from the first to the last to be fully known."""
        found: list[Gap] = []
        for year in range(self.years[0], self.years[-1] + 1):
            found += self._gaps_of(year)
        return found

    def _gaps_of(self, year: int) -> Iterator[Gap]:
        mine = [day for day in self.days.values() if notice_year(day.day) == year]
        if not mine:
            yield Gap(year, f"{year} has no notice, but a year before and a year after it have")
            return
        missing = [(day, name) for day, name in festivals_of(year).items() if not self._rests(day)]
        for day, name in missing:
            yield Gap(year, f"{year} is incomplete: {day} ({name}) is missing")
        yield from self._holes(year, mine)

    def _holes(self, year: int, mine: list[Day]) -> Iterator[Gap]:
        """A festival's rest days are one run; a day missing inside it is a slip of the pen."""
        runs: dict[str, list[date]] = defaultdict(list)
        for day in mine:
            if day.kind == "rest":
                runs[day.festival].append(day.day)
        for festival, days in runs.items():
            for offset in range(1, (days[-1] - days[0]).days):
                day = days[0] + timedelta(days=offset)
                if not self._rests(day):
                    yield Gap(year, f"{day} is missing inside {festival}, {days[0]} to {days[-1]}")

    def _rests(self, day: date) -> bool:
        said = self.days.get(day)
        return said.kind == "rest" if said else day.weekday() >= 5

    def calendar(self, version: str) -> WorkCalendar:
        known = self.covered_until.year
        last = known + ESTIMATED_YEARS
        expected = {day: name for year in range(known + 1, last + 1) for day, name in festivals_of(year).items()}
        return WorkCalendar(
            version=version,
            covered_from=self.covered_from,
            covered_until=self.covered_until,
            estimated_until=date(last, 12, 31),
            rest_days={day.day: day.festival for day in self.days.values() if day.kind == "rest"},
            makeup_days={day.day: day.festival for day in self.days.values() if day.kind == "makeup_workday"},
            statutory=expected,
        )
