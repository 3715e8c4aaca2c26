"""A year's catalogue as lines: what the year says of each item, and how far the decision has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import abort, request

from participation import clock
from participation.access import ANYONE, Actor
from participation.decisions import comment_periods, queries
from participation.decisions.listing import Filters
from participation.decisions.models import Catalogue
from participation.decisions.progress import GROUPS, Progress, progress_of
from participation.decisions.queries.entries import Entry
from participation.decisions.queries.published_years import PublishedYear, published_years
from participation.web.fields import narrow


@dataclass(frozen=True)
class Line:
    """One line of the catalogue. `late_days` is how many days the promised report on the comments is overdue."""

    entry: Entry
    progress: Progress
    late_days: int

    @property
    def group(self) -> str:
        return self.progress.group

    @property
    def passed_on(self) -> date | None:
        """The day of the meeting that decided, when that is public."""
        return next(
            (link.on for link in self.progress.links if link.key == "deliberation" and link.state == "done"), None
        )

    @property
    def to_answer(self) -> int:
        """Comments whose answer is being prepared: the period is over, the report not out."""
        over = [period for period in self.progress.periods if not period.answered]
        return sum(period.comments for period in over) if self.progress.open_period is None else 0


def lines_of(catalogue: Catalogue, *, now: datetime, actor: Actor = ANYONE) -> list[Line]:
    entries = queries.entries(catalogue, actor=actor)
    periods = comment_periods.of({entry.decision.id for entry in entries})
    return [_line(entry, periods.get(entry.decision.id, []), now) for entry in entries]


def _line(entry: Entry, periods: Sequence[comment_periods.Period], now: datetime) -> Line:
    progress = progress_of(entry.decision, periods, now=now)
    late = progress.late_period
    days = (clock.local_date(now) - late.promised_on).days if late is not None else 0
    return Line(entry, progress, days)


def grouped(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The groups that have something in them, in their order."""
    return [(group, found) for group in GROUPS if (found := [line for line in lines if line.group == group])]


@dataclass(frozen=True)
class Asked:
    """What a visitor asked for: the year, the filters, and every line of the year. All public years stay loaded:
    lines name the year an item came from or went to."""

    year: PublishedYear
    known: list[PublishedYear]
    filters: Filters
    every: list[Line]

    @property
    def years(self) -> list[int]:
        return [each.year for each in self.known]

    @property
    def lines(self) -> list[Line]:
        return [line for line in self.every if self.filters.fits(line.entry, line.group)]

    @property
    def query(self) -> dict[str, str]:
        """The address of the same list, its year always named."""
        return {"year": str(self.year.year), **self.filters.query()}


def asked() -> Asked | None:
    """None while no catalogue is public; 404 for a year that has none."""
    known = published_years()
    year = _year(known)
    if year is None:
        return None
    filters = Filters.read(request.args)
    return Asked(year, known, filters, lines_of(year.catalogue, now=clock.now()))


def _year(known: list[PublishedYear]) -> PublishedYear | None:
    """The year of the address, else the newest."""
    text = request.args.get("year", "")
    if not text:
        return known[0] if known else None
    number = int(narrow(text)) if narrow(text).isdecimal() and len(text) == 4 else 0
    return next((each for each in known if each.year == number), None) or abort(404)
