"""Asking each feature for what it has published, and putting the answers side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from participation.consultations.queries import matching as consultations
from participation.decisions.queries import matching as decisions
from participation.mailbox.queries import matching as letters
from participation.search.query import Query, shorter
from participation.textindex.queries import counted
from participation.web.matching import EVERYTHING, MANY, Narrow

KINDS = {"decisions": decisions, "consultations": consultations, "letters": letters}
PAGE = 20
FIRST = 5
SUGGESTED = 3


@dataclass(frozen=True)
class Group:
    """What one kind of thing answers: how many in all (counting stops above `MANY`), and the rows to
    show. `more` is the id that the next page begins after; None when nothing follows."""

    kind: str
    count: int
    rows: Sequence[Any]
    more: int | None

    @property
    def many(self) -> bool:
        """More than are counted."""
        return self.count > MANY


def find(query: Query, *, kind: str = "", before: int | None = None, narrow: Narrow = EVERYTHING) -> list[Group]:
    """One group a kind, in the order of the page; the first few of each, or a page of one kind."""
    groups = []
    counts = (
        counted([source.ids(query.words, narrow) for source in KINDS.values()]) if query.words else [0] * len(KINDS)
    )
    for (name, source), count in zip(KINDS.items(), counts, strict=True):
        limit = PAGE if name == kind else 0 if kind else FIRST
        rows: Sequence[Any] = []
        if count and limit:
            rows = source.matching(query.words, limit=limit + 1, before=before if kind else None, narrow=narrow)
        shown = rows[:limit]
        groups.append(Group(name, count, shown, _last(shown) if len(rows) > limit else None))
    return groups


def _last(rows: Sequence[Any]) -> int | None:
    return (rows[-1].letter if hasattr(rows[-1], "letter") else rows[-1]).id if rows else None


def suggestions(query: Query, narrow: Narrow = EVERYTHING) -> list[tuple[str, int]]:
    """Shorter words that do find something, the longest first, each with how much it finds."""
    tries = shorter(query)
    if not tries:
        return []
    counts = counted([source.ids(one.words, narrow) for one in tries for source in KINDS.values()])
    found = [(one.text, sum(counts[at * len(KINDS) :][: len(KINDS)])) for at, one in enumerate(tries)]
    useful = [(text, count) for text, count in found if count]
    return sorted(useful, key=lambda pair: -len(pair[0]))[:SUGGESTED]
