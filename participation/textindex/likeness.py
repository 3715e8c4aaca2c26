"""Which texts of a drawer are like this one: those that share what is rare in it.

How rare a gram is, is judged by the newest texts of the drawer; candidates come from the rarest
grams only. So a million texts cost as much as ten thousand.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from sqlalchemy import func, select, union

from participation.extensions import db
from participation.textindex.grams import distinct
from participation.textindex.kinds import KINDS
from participation.textindex.models import TextPart
from participation.textindex.queries import holding, recent

SAMPLE = 200
RAREST = 12
EACH = 20
FEW = 1000
"""Texts fetched for a gram that no sampled text holds; the newest of these are looked at."""
ASKED = 400
"""Grams of the text asked with that are looked at; what a letter is about stands in them."""


@dataclass(frozen=True)
class Similar:
    """`score` from 0 to 1: how much of what is rare in the text asked with stands in this one too;
    1 means all of it."""

    subject_id: int
    score: float


def similar(kind: str, text: str, *, limit: int, without: Iterable[int] = ()) -> list[Similar]:
    """The texts most like this one, the most like first; of equal ones the newer. `without` leaves
    subjects out: the text itself, when it is in the drawer."""
    code = KINDS[kind].code
    asked = [code + gram for gram in distinct(text)[:ASKED]]
    if not asked:
        return []
    wanted = frozenset(asked)
    seen, size = _sample(kind, wanted)
    if not size:
        return []
    weight = {gram: log(1 + (size + 1) / (seen[gram] + 0.5)) for gram in asked}
    left_out = set(without)
    whole = sum(weight.values())
    scores: dict[int, float] = {}
    for subject_id, shared in _candidates(kind, _rarest(asked, seen), seen, wanted):
        if subject_id not in left_out:
            score = sum(weight[gram] for gram in shared) / whole
            scores[subject_id] = max(score, scores.get(subject_id, 0))
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], -pair[0]))
    return [Similar(subject_id, round(score, 4)) for subject_id, score in ranked[:limit]]


def _sample(kind: str, wanted: frozenset[str]) -> tuple[Counter[str], int]:
    """In how many of the newest texts each gram stands, and how many texts these are."""
    query = select(_grams()).where(TextPart.kind == kind, TextPart.part == 0)
    rows = list(db.session.scalars(query.order_by(TextPart.subject_id.desc()).limit(SAMPLE)))
    seen: Counter[str] = Counter()
    for found in rows:
        seen.update(_shared(found, wanted))
    return seen, len(rows)


def _rarest(asked: Sequence[str], seen: Counter[str]) -> list[str]:
    """Those that stand in few texts; first those that are known to stand in one at all."""
    known = sorted((gram for gram in asked if seen[gram]), key=lambda gram: seen[gram])
    unknown = sorted((gram for gram in asked if not seen[gram]), key=len, reverse=True)
    half = RAREST // 2
    chosen = known[:half] + unknown[:half]
    return (chosen + known[half:] + unknown[half:])[:RAREST]


def _candidates(
    kind: str, rare: Sequence[str], seen: Counter[str], wanted: frozenset[str]
) -> list[tuple[int, frozenset[str]]]:
    """For each rare gram the newest texts that hold it, with what they share."""
    # What stands in one of the newest texts stands in more of them; of anything else there are few.
    each = [
        select(
            (recent(kind, [[[gram]]], newest=EACH) if seen[gram] else holding([[[gram]]], newest=EACH, most=FEW)).c.id
        )
        for gram in rare
    ]
    query = select(TextPart.subject_id, _grams()).where(TextPart.id.in_(union(*each)), TextPart.kind == kind)
    return [(subject_id, _shared(found, wanted)) for subject_id, found in db.session.execute(query)]


def _grams() -> Any:
    return TextPart.tokens if db.engine.dialect.name == "sqlite" else func.tsvector_to_array(TextPart.tokens)


def _shared(found: Any, wanted: frozenset[str]) -> frozenset[str]:
    return wanted.intersection(found.split(" ") if isinstance(found, str) else found)
