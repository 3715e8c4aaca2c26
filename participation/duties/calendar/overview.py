"""A year of the calendar as people read it: each festival with its rest days and make-up days. Pure."""

from dataclasses import dataclass
from datetime import date

from participation.duties.calendar.contents import Contents, Day, notice_year
from participation.duties.calendar.festivals import festivals_of


@dataclass(frozen=True)
class Festival:
    """One run of rest days (`first` to `last`) and the weekend days worked for it."""

    name: str
    first: date
    last: date
    makeups: tuple[date, ...] = ()
    notice: str = ""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def year_of(contents: Contents, year: int) -> list[Festival]:
    """The festivals of a year, as its notice has them; without a notice, its statutory days only."""
    mine = [day for day in contents.days.values() if notice_year(day.day) == year]
    if not mine:
        return _runs([Day(day, "rest", name, "") for day, name in festivals_of(year).items()], [])
    return _runs([day for day in mine if day.kind == "rest"], [day for day in mine if day.kind != "rest"])


def _runs(rest: list[Day], makeups: list[Day]) -> list[Festival]:
    found: list[Festival] = []
    for day in rest:
        last = found[-1] if found else None
        if last and (day.day - last.last).days == 1:
            names = dict.fromkeys([*last.name.split("、"), *day.festival.split("、")])
            found[-1] = Festival("、".join(names), last.first, day.day, (), last.notice)
        else:
            found.append(Festival(day.festival, day.day, day.day, (), day.notice))
    return [_with_makeups(festival, makeups) for festival in found] if found else []


def _with_makeups(festival: Festival, makeups: list[Day]) -> Festival:
    mine = tuple(day.day for day in makeups if day.festival in festival.name.split("、"))
    return Festival(festival.name, festival.first, festival.last, mine, festival.notice)
