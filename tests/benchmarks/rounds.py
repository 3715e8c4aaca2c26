"""Alternating rounds: each page between two looks at the floor, so that what disturbs one disturbs the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from tests.benchmarks import wrk
from tests.benchmarks.pages import Page
from tests.benchmarks.servers import HEADERS, Server


def _times(one: float, other: float) -> float:
    """A look in which nothing was answered at all compares with nothing."""
    return one / other if one and other else float("inf")


@dataclass
class Found:
    """Every round's figures of one page: of the large database, of the small one, and of the floor beside it."""

    page: Page
    large: list[wrk.Measured] = field(default_factory=list)
    small: list[wrk.Measured] = field(default_factory=list)
    floor: list[wrk.Measured] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return median(each.rate for each in self.large)

    @property
    def share(self) -> float:
        """Of what the page floor manages in the same round."""
        return median(
            own.rate / floor.rate if floor.rate else 0.0 for own, floor in zip(self.large, self.floor, strict=True)
        )

    @property
    def p50(self) -> float:
        return median(each.p50 for each in self.large)

    @property
    def p99(self) -> float:
        return median(each.p99 for each in self.large)

    @property
    def growth(self) -> float:
        """How many times as long the page takes with much as with little."""
        return median(_times(own.p50, little.p50) for own, little in zip(self.large, self.small, strict=True))

    @property
    def errors(self) -> int:
        return sum(each.errors for each in (*self.large, *self.small))


@dataclass(frozen=True)
class Side:
    """A platform with the pages of its database, and the auditor's cookies there."""

    server: Server
    pages: Sequence[Page]
    cookies: str

    def ask(self, place: int, seconds: float) -> wrk.Measured:
        page = self.pages[place]
        headers = HEADERS if page.public else HEADERS | {"Cookie": self.cookies}
        return wrk.run(self.server.url(page.path), seconds=seconds, headers=headers)


def measure(
    floor: Server, large: Side, small: Side, *, rounds: int, seconds: float, say: Callable[[str], None]
) -> tuple[list[Found], list[wrk.Measured]]:
    """Each page in every round, and every look at the floor. A short look first warms what is measured."""
    found = [Found(page) for page in large.pages]
    floors = []
    for place, _page in enumerate(found):
        large.ask(place, 2)
        small.ask(place, 2)
    for number in range(1, rounds + 1):
        for place, each in enumerate(found):
            floors.append(wrk.run(floor.url("/"), seconds=seconds, headers=HEADERS))
            each.floor.append(floors[-1])
            each.large.append(large.ask(place, seconds))
            each.small.append(small.ask(place, seconds))
        shares = " ".join(f"{each.page.name} {each.share:.2f}," for each in found)
        say(f"round {number} of {rounds}: {shares}")
    return found, floors
