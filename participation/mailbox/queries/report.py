"""A month's report: its figures, its units, and the year that ends with it."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from participation import clock
from participation.accounts.queries import department_names
from participation.mailbox.figures import Figures
from participation.mailbox.queries import figures

TREND = 12
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Line:
    """One unit's month. Without a name: letters about a unit, whoever answers them."""

    department_id: int | None
    name: str
    figures: Figures


@dataclass(frozen=True)
class Report:
    """`trend`: month by month, the newest first. `before`, `after`: the neighbours that have a
    report. `finished`: the month is over, so it has one."""

    month: date
    whole: Figures
    lines: list[Line]
    trend: list[tuple[date, Figures]]
    as_of: datetime
    before: date | None
    after: date | None
    finished: bool


def months_reported(*, now: datetime) -> tuple[date, date] | None:
    """The first and the last month with a report: a month has one once it is over in Zhoucun."""
    first = figures.first_month()
    if first is None:
        return None
    last = figures.months_back(clock.local_date(now).replace(day=1), 2)[1]
    return (first, last) if first <= last else None


def month_named(written: str, *, now: datetime) -> date | None:
    """The month of an address such as 2026-10, when it has a report."""
    found, reported = _MONTH.fullmatch(written), months_reported(now=now)
    if found is None or reported is None:
        return None
    month = date(int(found[1]), int(found[2]), 1)
    return month if reported[0] <= month <= reported[1] else None


def latest(*, now: datetime) -> date:
    """The last month that is over, else the running one."""
    reported = months_reported(now=now)
    return reported[1] if reported else clock.local_date(now).replace(day=1)


def report(month: date, *, now: datetime) -> Report:
    counted = figures.of_months(month, month, now=now)
    names = department_names()
    lines = [Line(unit, names.get(unit or 0, ""), found) for unit, found in counted.by_department().items()]
    lines.sort(key=lambda line: (line.department_id is None, -line.figures["received"], line.name))
    reported = months_reported(now=now)
    first = reported[0] if reported else month
    months = [one for one in figures.months_back(month, TREND) if one >= first]
    year = figures.of_months(months[-1], month, now=now)
    before = figures.months_back(month, 2)[1]
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return Report(
        month,
        counted.figures(),
        lines,
        year.by_month(months),
        min(counted.as_of, year.as_of),
        before if reported and before >= reported[0] else None,
        after if reported and after <= reported[1] else None,
        reported is not None and month <= reported[1],
    )
