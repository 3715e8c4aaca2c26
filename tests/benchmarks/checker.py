"""`python -m tests.benchmarks.checker`: how well the checker tells perfunctory answers from good ones.

Prints for both halves of the pairs the confusion matrix, precision and recall with Wilson's 95 %
interval, and how many bare transfer notices were missed. Exits with 1 when one was.
"""

import sys
from dataclasses import dataclass
from math import sqrt

from participation.mailbox.checker import looks_perfunctory
from tests.mailbox.checker.pairs import Pair, pairs

Z = 1.959964


@dataclass(frozen=True)
class Confusion:
    """Of one half: caught and passed rightly, good ones blamed, perfunctory ones that slipped through."""

    caught: int
    blamed: tuple[str, ...]
    slipped: tuple[str, ...]
    passed: int
    transfers: int
    transfers_missed: tuple[str, ...]

    @property
    def precision(self) -> tuple[int, int]:
        return self.caught, self.caught + len(self.blamed)

    @property
    def recall(self) -> tuple[int, int]:
        return self.caught, self.caught + len(self.slipped)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if of == 0:
        return 0.0, 1.0
    share, square = hits / of, Z * Z
    middle = share + square / (2 * of)
    reach = Z * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, (middle - reach) / (1 + square / of)), min(1.0, (middle + reach) / (1 + square / of))


def confusion(found: list[Pair]) -> Confusion:
    said = {pair.id: looks_perfunctory(pair.flags()) for pair in found}
    bad = [pair for pair in found if pair.perfunctory]
    good = [pair for pair in found if not pair.perfunctory]
    transfers = [pair for pair in bad if "transfer_only" in pair.codes]
    return Confusion(
        caught=sum(said[pair.id] for pair in bad),
        blamed=tuple(pair.id for pair in good if said[pair.id]),
        slipped=tuple(pair.id for pair in bad if not said[pair.id]),
        passed=sum(not said[pair.id] for pair in good),
        transfers=len(transfers),
        transfers_missed=tuple(
            pair.id for pair in transfers if "transfer_only" not in {flag.code for flag in pair.flags()}
        ),
    )


def _line(name: str, hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return f"  {name:<10}{hits}/{of} = {hits / of if of else 0:.3f}   95 % interval {low:.3f} to {high:.3f}"


def main() -> int:
    missed = 0
    for which in ("building", "held_out"):
        found = pairs(which)
        result = confusion(found)
        missed += len(result.transfers_missed)
        print(f"{which}: {len(found)} pairs")
        print("                      said perfunctory   said good")
        print(f"  is perfunctory      {result.caught:>16}   {len(result.slipped):>9}   {' '.join(result.slipped)}")
        print(f"  is good             {len(result.blamed):>16}   {result.passed:>9}   {' '.join(result.blamed)}")
        print(_line("precision", *result.precision))
        print(_line("recall", *result.recall))
        print(f"  bare transfer notices missed: {len(result.transfers_missed)} of {result.transfers}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
