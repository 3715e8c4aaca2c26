"""The strip of a comment period's natural days. Pure view data for templates/components/month.html."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Cell:
    day: int
    state: str  # "", past, today, last


@dataclass(frozen=True)
class MonthStrip:
    """`number` is today's place among the counted days, `left` the days after today (None: over)."""

    starts_on: date
    ends_on: date
    cells: tuple[Cell, ...]
    number: int
    left: int | None


def month_strip(starts_on: date, ends_on: date, *, today: date) -> MonthStrip:
    """Every day counted, the first after publication to the last (民法典 art. 201)."""
    cells = []
    for n in range(1, (ends_on - starts_on).days + 1):
        day = starts_on + timedelta(days=n)
        state = "past" if day < today else "today" if day == today else "last" if day == ends_on else ""
        cells.append(Cell(day.day, state))
    left = None if today > ends_on else (ends_on - max(today, starts_on)).days
    number = min(max((today - starts_on).days, 0), len(cells))
    return MonthStrip(starts_on, ends_on, tuple(cells), number, left)
