"""Asking each feature for what it has published, and putting the answers side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, select, union_all

from participation.consultations.queries import matching as consultations
from participation.decisions.queries import matching as decisions
from participation.extensions import db
from participation.mailbox.queries import matching as letters
from participation.search.query import Query, shorter
from participation.textindex.queries import counted
from participation.web.matching import EVERYTHING, MANY, Narrow

KINDS = {"decisions": decisions, "consultations": consultations, "letters": letters}
PAGE = 20
FIRST = 5
SUGGESTED = 3
COUNTED = 200
"""Counting stops here: nobody reads more results, they look for something else."""


@dataclass(frozen=True)
class Group:
    """What one kind of thing answers: how many in all (counting stops above `COUNTED`), and the rows to
    show. `more` is the id that the next page begins after; None when nothing follows."""

    kind: str
    count: int
    rows: Sequence[Any]
    more: int | None

    @property
    def many(self) -> bool:
        """More than are counted."""
        return self.count > COUNTED


def find(query: Query, *, kind: str = "", before: int | None = None, narrow: Narrow = EVERYTHING) -> list[Group]:
    """One group a kind, in the order of the page; the first few of each, or a page of one kind."""
    found = _newest(query, narrow) if query.words else {name: [] for name in KINDS}
    groups = []
    for name, source in KINDS.items():
        limit = PAGE if name == kind else 0 if kind else FIRST
        ids = found[name]
        if name == kind and before is not None:
            ids = _earlier(source, query, narrow, before)
        shown = ids[:limit]
        rows: Sequence[Any] = source.these(shown) if shown else []
        groups.append(Group(name, len(found[name]), rows, shown[-1] if shown and len(ids) > limit else None))
    return groups


def _newest(query: Query, narrow: Narrow) -> dict[str, list[int]]:
    """The newest ids of every kind, by one query: they are counted, and the first of them shown."""
    # Who narrows a search passes over much of what was found: then more is looked at.
    many = COUNTED if narrow == EVERYTHING else MANY
    parts = []
    for name, source in KINDS.items():
        # Fenced off, or the planner would walk the newest letters until enough of them were found.
        each = source.ids(query.words, narrow, many=many).offset(0).subquery()
        newest = select(literal(name), each.c.id).order_by(each.c.id.desc()).limit(COUNTED + 1).subquery()
        parts.append(select(newest))
    found: dict[str, list[int]] = {name: [] for name in KINDS}
    for name, id_ in db.session.execute(union_all(*parts)):
        found[name].append(id_)
    return {name: sorted(ids, reverse=True) for name, ids in found.items()}


def _earlier(source: Any, query: Query, narrow: Narrow, before: int) -> list[int]:
    """A page of what came before that id, and one more."""
    each = source.ids(query.words, narrow, many=MANY).offset(0).subquery()
    wanted = select(each.c.id).where(each.c.id < before).order_by(each.c.id.desc())
    return list(db.session.scalars(wanted.limit(PAGE + 1)))


def suggestions(query: Query, narrow: Narrow = EVERYTHING) -> list[tuple[str, int]]:
    """Shorter words that do find something, the longest first, each with how much it finds."""
    tries = shorter(query)
    if not tries:
        return []
    counts = counted([source.ids(one.words, narrow, many=COUNTED) for one in tries for source in KINDS.values()])
    found = [(one.text, sum(counts[at * len(KINDS) :][: len(KINDS)])) for at, one in enumerate(tries)]
    useful = [(text, count) for text, count in found if count]
    return sorted(useful, key=lambda pair: -len(pair[0]))[:SUGGESTED]
