"""How letters are answered, month by month and unit by unit, each figure with its definition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from participation.accounts.models import Department
from participation.api.fields import Field
from participation.api.params import DEPARTMENT as OF_DEPARTMENT
from participation.api.parts import DEPARTMENT, departments
from participation.api.resource import Asked, Found, Param, Place, Resource
from participation.clock import local_date
from participation.errors import N_
from participation.mailbox.definitions import DEFINITIONS, Definition
from participation.mailbox.figures import MINIMUM_FOR_A_RATE, Figures
from participation.mailbox.queries import figures

MOST_MONTHS = 24
SCOPES: dict[str, str] = {
    "district": N_("The whole district"),
    "department": N_("One department"),
    "about_departments": N_("Letters about a department, which stand in no department's figures"),
}
_UNITS = {"rate": "%", "mean": N_("workdays"), "median": N_("workdays")}
_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Line:
    """The figures of one month and one scope."""

    month: date
    scope: str
    department: Department | None
    figures: Figures
    finished: bool
    as_of: datetime

    @property
    def place(self) -> Place:
        return [self.month.isoformat(), list(SCOPES).index(self.scope), self.department.id if self.department else 0]


def _value(definition: Definition) -> Any:
    def read(line: Line) -> Any:
        value = definition.value(line.figures)
        return float(value.removesuffix("%")) if isinstance(value, str) else value

    return read


def _field(definition: Definition) -> Field:
    exact = definition.key in _UNITS
    return Field(
        definition.key, "number" if exact else "integer", definition.sentence, _value(definition), nullable=exact,
        unit=_UNITS.get(definition.key, N_("letters")),
    )  # fmt: skip


FIELDS = (
    Field("month", "text", N_("The month of receipt, such as 2026-10"), lambda line: f"{line.month:%Y-%m}"),
    Field("finished", "boolean", N_("Whether the month is over")),
    Field("scope", "code", N_("Whose letters are counted"), codes=SCOPES),
    Field("department", "object", N_("The department, where it is one's"), nullable=True, fields=DEPARTMENT),
    *(_field(definition) for definition in DEFINITIONS),
    Field("as_of", "instant", N_("When this was counted")),
)
DEFINITION = (
    Field("key", "text", N_("Name of the figure in each row")),
    Field("label", "text", N_("What the figure is called"), lambda row: row["label"]),
    Field("definition", "text", N_("How exactly it is counted"), lambda row: row["sentence"]),
)
BESIDE = (
    Field("definitions", "list", N_("How each figure is counted"), fields=DEFINITION),
    Field("minimum_for_a_rate", "integer", N_("Under this many letters there is no rate, mean or median"),
          unit=N_("letters")),
)  # fmt: skip


def _month_of(text: str) -> date:
    if not _MONTH.fullmatch(text):
        raise ValueError(text)
    return date(int(text[:4]), int(text[5:]), 1)


def page(asked: Asked) -> Found:
    """The newest month first; in a month the district, then its departments by their ids."""
    from participation.api.answers import say

    asked_month: date | None = asked.filters.get("month")
    beside = {
        "definitions": [
            {"key": one.key, "label": say(one.label), "sentence": say(one.sentence)} for one in DEFINITIONS
        ],
        "minimum_for_a_rate": MINIMUM_FOR_A_RATE,
    }
    this = local_date(asked.now).replace(day=1)
    first = figures.first_month()
    if first is None:
        return Found([], None, beside)
    newest = min(this, date.fromisoformat(asked.after[0]) if asked.after else asked_month or this)
    oldest = max(first, asked_month or figures.months_back(newest, min(asked.limit + 1, MOST_MONTHS))[-1])
    if newest < oldest:
        return Found([], None, beside)
    wanted = [line for line in _lines(oldest, newest, asked, this) if _fits(line, asked)]
    rows = wanted[: asked.limit]
    if len(wanted) > asked.limit:
        return Found(rows, rows[-1].place, beside)
    # Everything of these months is shown; there may be older ones.
    further = oldest > first and asked_month is None
    return Found(rows, [oldest.isoformat(), len(SCOPES), 0] if further else None, beside)


def _fits(line: Line, asked: Asked) -> bool:
    wanted = asked.filters.get("department")
    if wanted is not None and (line.department is None or line.department.id != wanted):
        return False
    if not asked.after:
        return True
    month, scope, department = asked.after
    if line.month != date.fromisoformat(month):
        return line.month < date.fromisoformat(month)
    return list(line.place[1:]) > [scope, department]


def _lines(oldest: date, newest: date, asked: Asked, this: date) -> Iterator[Line]:
    minute = asked.now - timedelta(seconds=asked.now.second, microseconds=asked.now.microsecond)
    counted, units = figures.of_months(oldest, newest, now=minute), departments()
    months = (newest.year - oldest.year) * 12 + newest.month - oldest.month + 1
    for month in figures.months_back(newest, months):
        mine = {key: sums for key, sums in counted.parts.items() if key.month == month}
        rest = (month < this, counted.as_of)
        yield Line(month, "district", None, counted.figures(lambda key, month=month: key.month == month), *rest)  # type: ignore[misc]
        for unit in sorted({key.department_id for key in mine if key.department_id is not None}):
            found = counted.figures(lambda key, m=month, unit=unit: key.month == m and key.department_id == unit)  # type: ignore[misc]
            if unit in units:
                yield Line(month, "department", units[unit], found, *rest)
        if any(key.department_id is None for key in mine):
            about = counted.figures(lambda key, m=month: key.month == m and key.department_id is None)  # type: ignore[misc]
            yield Line(month, "about_departments", None, about, *rest)


RESOURCE = Resource(
    "indicators",
    N_("Figures"),
    N_("How letters are answered: by month of receipt, for the district and each department, with definitions."),
    FIELDS,
    page,
    (
        Param(
            "month", N_("Only letters received in this month"), _month_of,
            {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"}, "2026-10",
        ),
        OF_DEPARTMENT,
    ),
    beside=BESIDE,
)  # fmt: skip
