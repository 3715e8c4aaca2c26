"""How long letters have been open, in natural days (R25). Pure.

A valid letter unanswered for more than three months within a year vetoes the whole year's mark
(单项否决); no answered letter published for two months costs three points.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

STEPS = (30, 60, 90)
"""Natural days from which a letter stands in the next group."""
VETO_MONTHS = 3
PUBLISH_MONTHS = 2
WARN_DAYS = 14
"""Days before two months without a publication are over from which the mailbox is marked."""


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or that month's last (民法典 art. 202)."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def group_of(days: int) -> int | None:
    """30, 60 or 90: the group of a letter that has been open for so many days; None for a young one."""
    return next((step for step in reversed(STEPS) if days >= step), None)


@dataclass(frozen=True)
class Age:
    """`days` natural days since the letter came in, the first not counted; `vetoed_on` is the first
    day on which it has been unanswered for more than three months."""

    days: int
    vetoed_on: date
    days_left: int

    @property
    def group(self) -> int | None:
        return group_of(self.days)

    @property
    def is_vetoed(self) -> bool:
        return self.days_left <= 0


def age_of(started_on: date, *, today: date) -> Age:
    vetoed_on = date.fromordinal(months_after(started_on, VETO_MONTHS).toordinal() + 1)
    return Age((today - started_on).days, vetoed_on, (vetoed_on - today).days)


@dataclass(frozen=True)
class Silence:
    """How long a mailbox has published nothing. `since` is the day of the last publication of an
    answered letter, or of its first letter when nothing was ever published; None: no letter yet."""

    since: date | None
    ever: bool
    days: int
    over_on: date | None
    state: str  # "well", "soon", "over"


def silence_of(last_published: date | None, first_letter: date | None, *, today: date) -> Silence:
    since = last_published or first_letter
    if since is None:
        return Silence(None, False, 0, None, "well")
    over_on = months_after(since, PUBLISH_MONTHS)
    left = (over_on - today).days
    state = "over" if left <= 0 else "soon" if left <= WARN_DAYS else "well"
    return Silence(since, last_published is not None, (today - since).days, over_on, state)
