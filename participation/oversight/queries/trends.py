"""How letters were answered month after month, of the district or of one unit, and by unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from participation.accounts.queries import department_names
from participation.clock import local_date
from participation.mailbox.figures import Figures
from participation.mailbox.queries import figures

MONTHS = 12


@dataclass(frozen=True)
class Unit:
    """One unit's twelve months. Without a name: letters about a unit, whoever holds them."""

    department_id: int | None
    name: str
    figures: Figures


@dataclass(frozen=True)
class Trends:
    """`months` from the oldest to this one; `units` by their names, never by a number."""

    months: Sequence[tuple[date, Figures]]
    units: Sequence[Unit]
    as_of: datetime


def trends(*, now: datetime, department_id: int | None = None) -> Trends:
    """Letters by the month of their receipt; those about a unit are in the district's months and in no unit's."""
    months = list(reversed(figures.months_back(local_date(now).replace(day=1), MONTHS)))
    counted = figures.of_months(months[0], months[-1], now=now)
    names = department_names()
    wanted = [
        (
            month,
            counted.figures(
                lambda key, month=month: (  # type: ignore[misc]
                    key.month == month and (department_id is None or key.department_id == department_id)
                )
            ),
        )
        for month in months
    ]
    units = [Unit(unit, names.get(unit or 0, ""), sums) for unit, sums in counted.by_department().items()]
    units.sort(key=lambda unit: (unit.department_id is None, unit.name))
    return Trends(wanted, units, counted.as_of)
