"""What is looked for, as every feature takes it: words, and what else narrows the search."""

from collections.abc import Sequence
from dataclasses import dataclass

Words = Sequence[Sequence[str]]
"""Each word is a tuple of spellings, one of which suffices."""
MANY = 1000
"""Counting stops here: a page says "more than 1,000"."""


@dataclass(frozen=True)
class Narrow:
    """Only what this unit is in charge of, only of this year. None: all."""

    department_id: int | None = None
    year: int | None = None


EVERYTHING = Narrow()
