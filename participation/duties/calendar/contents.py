"""What a set of notices says, how a later one changes it, and what makes it unusable. Pure."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from participation.duties.calendar.festivals import festivals_of
from participation.errors import N_
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
    """Something that ought to be there and is not. `args_` fill the message's placeholders."""

    year: int
    message: str
    args_: dict[str, object]


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

    def last_line(self, year: int) -> int:
        """The file's last line about the year; 0 if it has none."""
        return max((day.line for day in self.days.values() if notice_year(day.day) == year), default=0)

    def changes_to(self, older: "Contents") -> list[Day]:
        """The days of this that the older one does not have, or has otherwise."""
        known = {(day.day, day.kind, day.festival) for day in older.days.values()}
        return [day for day in self.days.values() if (day.day, day.kind, day.festival) not in known]

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
            yield Gap(year, N_("%(year)s has no notice, though years before and after it have."), {"year": year})
            return
        missing = [(day, name) for day, name in festivals_of(year).items() if not self._rests(day)]
        for day, name in missing:
            message = N_("The notice of %(year)s is incomplete: %(day)s (%(festival)s) does not rest.")
            yield Gap(year, message, {"year": year, "day": day.isoformat(), "festival": name})
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
                    message = N_("%(day)s is missing: %(festival)s rests from %(first)s to %(last)s.")
                    args: dict[str, object] = {"day": day.isoformat(), "festival": festival}
                    yield Gap(year, message, {**args, "first": days[0].isoformat(), "last": days[-1].isoformat()})

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
