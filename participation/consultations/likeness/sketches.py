"""Finding texts that share most of their pairs of characters without comparing each with each. Pure.

A text's sketch is, for each of 48 hash functions, the least hash of its pairs (MinHash): two texts
agree in a place as often as their pairs overlap. Whoever agrees in one of 12 bands of four places is
a candidate; the drawing is fixed, so the same texts give the same candidates. numpy does for a text
at once what a loop would do nine thousand times.
"""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

PLACES, BANDS = 48, 12
_DICE = np.random.default_rng(20261123)
_FACTORS = _DICE.integers(1, 2**63, size=PLACES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_ADDENDS = _DICE.integers(0, 2**63, size=PLACES, dtype=np.uint64)
_MIX, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)


def sketch(text: str) -> list[bytes]:
    """The twelve bands of a text's sketch. A text of one character has one pair, with itself."""
    signs: NDArray[np.uint64] = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(
        np.uint64
    )
    pairs = (signs[:-1] << _SHIFT | signs[1:]) if len(signs) > 1 else signs
    pairs = pairs * _MIX
    pairs ^= pairs >> _SHIFT
    # Multiply-shift hashing: the high half is well mixed, and overflow is wanted.
    hashes = (pairs[:, None] * _FACTORS + _ADDENDS) >> _SHIFT
    least = hashes.min(axis=0).astype(np.uint32).tobytes()
    width = len(least) // BANDS
    return [least[at : at + width] for at in range(0, len(least), width)]


class Index:
    """Which texts have which bands. Keys are numbers of the caller's."""

    def __init__(self) -> None:
        self._homes: list[dict[bytes, list[int]]] = [{} for _ in range(BANDS)]

    def add(self, key: int, bands: list[bytes]) -> None:
        for homes, band in zip(self._homes, bands, strict=True):
            homes.setdefault(band, []).append(key)

    def candidates(self, bands: list[bytes], most: int) -> list[int]:
        """Those that share a band, the most bands first."""
        found: Counter[int] = Counter()
        for homes, band in zip(self._homes, bands, strict=True):
            found.update(homes.get(band, ())[:FULL])
        return [key for key, _bands in found.most_common(most)]


FULL = 200
"""So many of one band are looked at: a phrase that thousands share tells nothing."""
