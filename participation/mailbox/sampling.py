"""How answers are drawn by lot for an auditor. Pure: anybody can draw again and compare.

The answers of the period are listed by number and round and that list is digested; then a seed is
made. Each answer's lot is SHA-256 of the seed and its name; the lowest lots are drawn.
"""

import hashlib
from collections.abc import Iterable, Sequence

from participation.errors import N_

VERDICTS: dict[str, str] = {
    "pass": N_("It answers the letter"),
    "perfunctory": N_("Perfunctory: it says nothing of substance"),
    "buck_passing": N_("Buck-passing: it only points elsewhere"),
    "wrong_letter": N_("It answers something that was not asked"),
}
SHORT: dict[str, str] = {
    "pass": N_("Passed"),
    "perfunctory": N_("Perfunctory"),
    "buck_passing": N_("Buck-passing"),
    "wrong_letter": N_("Beside the point"),
}
"""The same in one word, for a list."""
MOST_DRAWN = 200


def name_of(number: str, round: int) -> str:
    """How an answer stands in the list: XX-2026-1123-001/1."""
    return f"{number}/{round}"


def digest_of(names: Iterable[str]) -> str:
    """SHA-256 of the sorted names, one a line. It fixes what is drawn from before the seed is made."""
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()


def drawn(names: Iterable[str], *, seed: str, size: int) -> list[str]:
    """The names that come out, in the order of their lots; all of them where there are not more."""
    lots = sorted((hashlib.sha256(f"{seed}:{name}".encode()).hexdigest(), name) for name in names)
    return [name for _lot, name in lots[:size]]


def passed_and_failed(verdicts: Sequence[str]) -> tuple[int, int]:
    """How many of the verdicts given are a pass and how many are not; those not given yet are neither."""
    passed = sum(1 for verdict in verdicts if verdict == "pass")
    return passed, sum(1 for verdict in verdicts if verdict) - passed
