"""The figures of the board and their definitions. Pure.

Nothing that closes a letter without an answer improves a rate: letters that are late and open stay
in the denominator, letters still within their period are in neither part of the fraction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

MINIMUM_FOR_A_MEAN = 6
"""Under this many letters a mean says more about chance than about a department."""


@dataclass(frozen=True)
class Indicators:
    """Counts of letters received in one period. `aside`: refused in time or merged, in no rate.
    `workdays` were used for `answers`, all together."""

    on_time: int = 0
    extended: int = 0
    within: int = 0
    answered_late: int = 0
    open_late: int = 0
    cancelled: int = 0
    aside: int = 0
    answers: int = 0
    workdays: int = 0

    @property
    def received(self) -> int:
        return self.due + self.within + self.cancelled + self.aside

    @property
    def due(self) -> int:
        """Letters whose day has come: the denominator. An extended letter is in it and never "in time"."""
        return self.on_time + self.extended + self.answered_late + self.open_late

    @property
    def rate(self) -> Fraction | None:
        """Answered in time, of those whose day has come. None where no day has come yet."""
        return Fraction(self.on_time, self.due) if self.due else None

    @property
    def percent(self) -> str | None:
        """The rate with one decimal, cut and never rounded up to 100."""
        if self.rate is None:
            return None
        tenths = self.rate.numerator * 1000 // self.rate.denominator
        return f"{tenths // 10}.{tenths % 10}%"

    @property
    def mean(self) -> str | None:
        """Mean workdays to the answer, one decimal; None under the minimum number of answers."""
        if self.answers < MINIMUM_FOR_A_MEAN:
            return None
        tenths = (self.workdays * 20 + self.answers) // (2 * self.answers)
        return f"{tenths // 10}.{tenths % 10}"


def together(parts: Iterable[Indicators]) -> Indicators:
    """The sum of several departments."""
    parts = list(parts)
    return Indicators(
        on_time=sum(part.on_time for part in parts),
        extended=sum(part.extended for part in parts),
        within=sum(part.within for part in parts),
        answered_late=sum(part.answered_late for part in parts),
        open_late=sum(part.open_late for part in parts),
        cancelled=sum(part.cancelled for part in parts),
        aside=sum(part.aside for part in parts),
        answers=sum(part.answers for part in parts),
        workdays=sum(part.workdays for part in parts),
    )
