"""How many duties of a month were kept, and the rate of them. Pure.

A duty counts in the month of its date, as the date stands now: what was extended is due later and is never "in time".
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from fractions import Fraction

from participation.duties.rules import State

MINIMUM_FOR_A_RATE = 6
"""Under this many settled duties a rate says more about chance than about a department."""


@dataclass(frozen=True)
class Tally:
    """Numbers of duties by how they stand. `running`: their day has not come."""

    met: int = 0
    extended: int = 0
    late: int = 0
    overdue: int = 0
    running: int = 0
    cancelled: int = 0

    @property
    def owed(self) -> int:
        """All of them but those no longer owed."""
        return self.settled + self.running

    @property
    def settled(self) -> int:
        """Done, or late and open: the denominator of the rate."""
        return self.met + self.extended + self.late + self.overdue

    @property
    def rate(self) -> Fraction | None:
        """Done in time, of those settled; None under the minimum number."""
        return Fraction(self.met, self.settled) if self.settled >= MINIMUM_FOR_A_RATE else None

    @property
    def tenths(self) -> int | None:
        """The rate in tenths of a per cent, cut and never rounded up to 100."""
        return None if self.rate is None else self.rate.numerator * 1000 // self.rate.denominator

    @property
    def percent(self) -> str | None:
        """As it is shown: "87.5%"."""
        return None if self.tenths is None else f"{self.tenths // 10}.{self.tenths % 10}%"


NAMES = tuple(field.name for field in fields(Tally))
PART_OF: dict[State, str] = {
    State.MET: "met",
    State.MET_EXTENDED: "extended",
    State.MET_LATE: "late",
    State.OVERDUE: "overdue",
    State.DUE_SOON: "running",
    State.OPEN: "running",
    State.CANCELLED: "cancelled",
}


def together(parts: Iterable[Tally]) -> Tally:
    """The sum of several."""
    sums = dict.fromkeys(NAMES, 0)
    for part in parts:
        for name in NAMES:
            sums[name] += getattr(part, name)
    return Tally(**sums)
