"""How letters were answered, in figures: what each letter counts as, and the sums. Pure.

The sentences are in `definitions`; `queries.figures` counts the same in SQL, and a test compares.
Nothing that closes a letter without a real answer in time may raise a rate: what is late or overdue
stays late whatever becomes of it, and a refusal or a repeat is never counted as answered in time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

SPAM = "advertising"
MINIMUM_FOR_A_RATE = 6
"""Under this many letters a rate or a mean says more about chance than about a department."""

CLASSES = ("on_time", "extended", "late", "overdue", "within", "refused_in_time", "repeated_in_time")
"""Every valid letter is exactly one of these."""
DUE_CLASSES = ("on_time", "extended", "late", "overdue")
"""The denominator of the rate."""
AGAIN = ("again_on_time", "again_extended", "again_late", "again_overdue", "again_within", "again_withdrawn")
ASPECTS = ("attitude", "speed", "result")
LEVELS = (5, 4, 3, 2, 1)
BUCKETS: tuple[tuple[str, int, int | None], ...] = (
    ("1", 0, 1),
    ("2", 2, 2),
    ("3", 3, 3),
    ("4", 4, 4),
    ("5", 5, 5),
    ("6-10", 6, 10),
    ("over", 11, None),
)
"""Name, first and last number of workdays. An answer on the day of receipt has used none: first bucket."""


@dataclass(frozen=True)
class RoundRow:
    """One run of the five workdays. `cancelled_at`: the writer withdrew the letter."""

    due_at: datetime
    met_at: datetime | None = None
    cancelled_at: datetime | None = None
    extended: bool = False


@dataclass(frozen=True)
class LetterRow:
    """What the figures need of a letter. `first` is its first round, `later` the reopened ones;
    `ground` is why it was refused in the first round; `workdays` were used to its first answer;
    a rating is the writer's latest: attitude, speed, result, each 1 to 5 or None."""

    first: RoundRow
    workdays: int | None = None
    ground: str = ""
    merged: bool = False
    returned: bool = False
    later: tuple[RoundRow, ...] = ()
    rating: tuple[int | None, int | None, int | None] | None = None


Tally = Mapping[str, int]
"""Sums by name; missing means none. `days_N`: answers that took N workdays; `speed_4`: ratings."""


def verdict(letter: LetterRow, now: datetime) -> str:
    """One of CLASSES, or "withdrawn" or "spam", which are not valid letters. The order is the
    rule: lateness before extension, extension before everything that leaves the rate."""
    round_ = letter.first
    if round_.cancelled_at is not None:
        return "withdrawn"
    if (round_.met_at or now) >= round_.due_at:
        return "overdue" if round_.met_at is None else "late"
    if round_.extended:
        return "extended"
    if letter.ground:
        return "spam" if letter.ground == SPAM else "refused_in_time"
    if letter.merged:
        return "repeated_in_time"
    return "within" if round_.met_at is None else "on_time"


def again(round_: RoundRow, now: datetime) -> str:
    """How a reopened round stands, one of AGAIN. It never touches the first round's verdict."""
    if round_.cancelled_at is not None:
        return "again_withdrawn"
    if (round_.met_at or now) >= round_.due_at:
        return "again_overdue" if round_.met_at is None else "again_late"
    if round_.extended:
        return "again_extended"
    return "again_within" if round_.met_at is None else "again_on_time"


def tally(letters: Iterable[LetterRow], now: datetime) -> Tally:
    """The sums over some letters, as they stand at `now`."""
    found: Counter[str] = Counter()
    for letter in letters:
        how = verdict(letter, now)
        first = letter.first
        found["received"] += 1
        found[how] += 1
        found["refused"] += letter.ground != ""
        found["repeated"] += letter.merged
        found["returned"] += letter.returned
        found["reopened"] += bool(letter.later)
        found["granted"] += first.extended
        found["withdrawn_late"] += first.cancelled_at is not None and first.cancelled_at >= first.due_at
        found.update(again(round_, now) for round_ in letter.later)
        if first.met_at is None or how == "spam":
            continue
        found["closed"] += 1
        if not letter.ground and not letter.merged and letter.workdays is not None:
            found[f"days_{letter.workdays}"] += 1
        if letter.rating is not None:
            found["rated"] += 1
            found.update(f"{name}_{level}" for name, level in zip(ASPECTS, letter.rating, strict=True) if level)
    return {name: number for name, number in found.items() if number}


def together(parts: Iterable[Tally]) -> Tally:
    """The sums of several departments or months."""
    found: Counter[str] = Counter()
    for part in parts:
        found.update(part)
    return dict(found)


@dataclass(frozen=True)
class Figures:
    """What the pages show, read from the sums."""

    sums: Tally = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        return self.sums.get(name, 0)

    @property
    def valid(self) -> int:
        return self["received"] - self["withdrawn"] - self["spam"]

    @property
    def due(self) -> int:
        """Letters whose outcome is settled: the denominator."""
        return sum(self[name] for name in DUE_CLASSES)

    @property
    def rate(self) -> Fraction | None:
        """Answered on time, of those settled; None under the minimum number."""
        return Fraction(self["on_time"], self.due) if self.due >= MINIMUM_FOR_A_RATE else None

    @property
    def percent(self) -> str | None:
        """The rate with one decimal, cut, so that 100.0% means every one."""
        if self.rate is None:
            return None
        tenths = self.rate.numerator * 1000 // self.rate.denominator
        return f"{tenths // 10}.{tenths % 10}%"

    @property
    def days(self) -> dict[int, int]:
        """Workdays to the first answer, and how many answers took them, the shortest first."""
        found = {int(name[5:]): number for name, number in self.sums.items() if name.startswith("days_")}
        return dict(sorted(found.items()))

    @property
    def answers(self) -> int:
        """Real first answers, which the mean, the median and the distribution are about."""
        return sum(self.days.values())

    @property
    def mean(self) -> str | None:
        """Workdays, one decimal, half up; None under the minimum number."""
        if self.answers < MINIMUM_FOR_A_RATE:
            return None
        total = sum(days * number for days, number in self.days.items())
        tenths = (total * 20 + self.answers) // (2 * self.answers)
        return f"{tenths // 10}.{tenths % 10}"

    @property
    def median(self) -> str | None:
        """The middle number of workdays; between two middle ones, their mean."""
        if self.answers < MINIMUM_FOR_A_RATE:
            return None
        halves = self._nth((self.answers - 1) // 2) + self._nth(self.answers // 2)
        return f"{halves // 2}.5" if halves % 2 else f"{halves // 2}"

    def _nth(self, place: int) -> int:
        for days, number in self.days.items():
            place -= number
            if place < 0:
                return days
        raise IndexError(place)

    @property
    def distribution(self) -> dict[str, int]:
        """Answers in each of BUCKETS."""
        return {
            name: sum(number for days, number in self.days.items() if low <= days and (high is None or days <= high))
            for name, low, high in BUCKETS
        }

    @property
    def unrated(self) -> int:
        return self["closed"] - self["rated"]

    def levels(self, aspect: str) -> dict[int, int]:
        """How many gave each level, the best first."""
        return {level: self[f"{aspect}_{level}"] for level in LEVELS}

    def silent(self, aspect: str) -> int:
        """Closed letters whose writer said nothing about this aspect."""
        return self["closed"] - sum(self.levels(aspect).values())
