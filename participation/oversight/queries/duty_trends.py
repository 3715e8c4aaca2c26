"""How the duties of every kind were kept month after month: of the district or one department, and by both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from participation.accounts.queries import department_names
from participation.clock import local_date
from participation.duties import months
from participation.duties.rules import DUTIES
from participation.duties.tally import Tally
from participation.mailbox.queries.figures import months_back
from participation.oversight.queries.trends import MONTHS


@dataclass(frozen=True)
class Unit:
    """One department's twelve months. Without a name: matters about one, whoever holds them."""

    department_id: int | None
    name: str
    tally: Tally


@dataclass(frozen=True)
class DutyTrends:
    """`months` from the oldest to this one; `kinds` in the order of the rules, `units` by their names: neither by a
    number. Only those that owed anything."""

    months: Sequence[tuple[date, Tally]]
    kinds: Sequence[tuple[str, Tally]]
    units: Sequence[Unit]
    whole: Tally
    as_of: datetime


def duty_trends(*, now: datetime, kind: str | None = None, department_id: int | None = None) -> DutyTrends:
    """Duties by the month of their date. Matters about a department are in the district's months and in no
    department's."""
    wanted = list(reversed(months_back(local_date(now).replace(day=1), MONTHS)))
    counted = months.of_months(wanted[0], wanted[-1], now=now)

    def within(key: months.Key) -> bool:
        return kind in (None, key.kind) and department_id in (None, key.department_id)

    names = department_names()
    parts = {key: tally for key, tally in counted.parts.items() if within(key)}
    found = months.Counted(parts, counted.as_of)
    kinds = [(one, found.tally(lambda key, one=one: key.kind == one)) for one in DUTIES]  # type: ignore[misc]
    units = [
        Unit(unit, names.get(unit or 0, ""), found.tally(lambda key, unit=unit: key.department_id == unit))  # type: ignore[misc]
        for unit in {key.department_id for key in parts}
    ]
    units.sort(key=lambda unit: (unit.department_id is None, unit.name))
    return DutyTrends(
        [(month, found.tally(lambda key, month=month: key.month == month)) for month in wanted],  # type: ignore[misc]
        [(one, tally) for one, tally in kinds if tally != Tally()],
        units,
        found.tally(),
        counted.as_of,
    )
