"""Quarters for which the progress of a decision is reported. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of the calendar year, `number` 1 to 4."""

    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def ended(since: date, today: date) -> Iterator[Quarter]:
    """The quarters that are over on `today`, from the one in which `since` lies: each has its report."""
    quarter = quarter_of(since)
    while quarter.last < today:
        yield quarter
        quarter = quarter.next
