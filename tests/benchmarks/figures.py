"""Quantiles, what must be reached and what is aimed at, and the table of `make bench`. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

BEGIN, END = "<!-- make bench: begin -->", "<!-- make bench: end -->"


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all do not exceed; 0 without values."""
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


@dataclass(frozen=True)
class Target:
    """What a figure must reach and what is aimed at; with `most` it must not be above them."""

    must: float
    aim: float
    most: bool = False

    def judged(self, figure: float) -> str:
        reached = (lambda limit: figure <= limit) if self.most else (lambda limit: figure >= limit)
        return "aim" if reached(self.aim) else "must" if reached(self.must) else "**no**"


@dataclass(frozen=True)
class Line:
    """A row of a table of figures against targets; `shown` is the figure as it is written."""

    what: str
    figure: float
    shown: str
    target: Target

    @property
    def reached(self) -> bool:
        return self.target.judged(self.figure) != "**no**"

    def cells(self) -> list[str]:
        bound = "at most " if self.target.most else ""
        return [
            self.what, self.shown, f"{bound}{self.target.must:g}", f"{bound}{self.target.aim:g}",
            self.target.judged(self.figure),
        ]  # fmt: skip


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Markdown: the first column is words, the others are figures."""
    ruler = ["---", *("---:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, ruler, *rows)) + "\n"


def against_targets(lines: Sequence[Line]) -> str:
    return table(("what", "measured", "must", "aim", "reached"), [line.cells() for line in lines])


def put_between(document: str, section: str) -> str:
    """The document with this section between the two markers; at its end where it has none yet."""
    block = f"{BEGIN}\n{section.strip()}\n{END}\n"
    if BEGIN not in document or END not in document:
        return document.rstrip() + "\n\n" + block
    before, _begin, rest = document.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return before + block + after.removeprefix("\n")


def thousands(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}" if number >= 1 else f"{number:.2f}"
