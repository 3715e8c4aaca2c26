"""How long a consultation must be open: one table by kind. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from participation.errors import N_
from participation.workdays import WorkCalendar

ART_15 = "国务院令第713号 第十五条"
ART_203 = "民法典 第二百零三条"


@dataclass(frozen=True)
class Minimum:
    """At least so many days after the first, which is not counted (民法典 art. 201)."""

    days: int
    unit: str  # natural_days, workdays
    article: str


KINDS: dict[str, str] = {
    "major_decision": N_("Major administrative decision"),
    "normative_document": N_("Administrative normative document"),
}

# (kind, does it concern business?) -> the shortest period. R8.
MINIMA: dict[tuple[str, bool], Minimum] = {
    ("major_decision", False): Minimum(30, "natural_days", ART_15),
    ("major_decision", True): Minimum(30, "natural_days", ART_15),
    ("normative_document", False): Minimum(7, "workdays", "行政规范性文件公开征求意见的规定"),
    ("normative_document", True): Minimum(30, "natural_days", "行政规范性文件公开征求意见的规定"),
}


def minimum(kind: str, concerns_business: bool) -> Minimum:
    return MINIMA[(kind, concerns_business)]


def earliest_end(kind: str, concerns_business: bool, starts_on: date, calendar: WorkCalendar) -> date:
    """The first day that may be the last: a period is long enough iff it ends then or later."""
    rule = minimum(kind, concerns_business)
    if rule.unit == "workdays":
        return calendar.due(starts_on, rule.days).due_on
    return starts_on + timedelta(days=rule.days)


def length(starts_on: date, ends_on: date) -> int:
    """Natural days of the period, the first not counted."""
    return (ends_on - starts_on).days
