"""What becomes of a comment, and the equation that must hold. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from participation.errors import N_

OUTCOMES: dict[str, str] = {
    "adopted": N_("Adopted"),
    "partly": N_("Partly adopted"),
    "not_adopted": N_("Not adopted"),
    "outside": N_("Outside this decision"),
}
CHANGES_THE_TEXT = frozenset({"adopted", "partly"})
# 713号 art. 18; the city's procedure of 2022: not adopted -> the reason, and tell the commenter.
NEEDS_REASON = frozenset(OUTCOMES) - {"adopted"}


def derived(outcomes: Iterable[str | None]) -> str | None:
    """A comment's own outcome from those of its points: all alike, that one; otherwise partly.
    None while it has no point, or a point has no answer."""
    found = set(outcomes)
    if not found or None in found:
        return None
    return found.pop() if len(found) == 1 else "partly"


@dataclass(frozen=True)
class Tally:
    """How many comments came to what. `received` counts every one that was ever stored."""

    received: int = 0
    adopted: int = 0
    partly: int = 0
    not_adopted: int = 0
    outside: int = 0
    withdrawn: int = 0
    people: int = 0
    hidden: int = 0

    @property
    def open(self) -> int:
        """Comments that still have no outcome."""
        return self.received - self.answered - self.withdrawn

    @property
    def answered(self) -> int:
        return self.adopted + self.partly + self.not_adopted + self.outside

    @property
    def reconciles(self) -> bool:
        """Received = adopted + partly + not adopted + outside + withdrawn."""
        return self.received == self.answered + self.withdrawn

    @property
    def terms(self) -> tuple[tuple[str, int], ...]:
        return (
            ("adopted", self.adopted),
            ("partly", self.partly),
            ("not_adopted", self.not_adopted),
            ("outside", self.outside),
            ("withdrawn", self.withdrawn),
        )
