"""The comment periods of decisions, as plain lines: dates, figures, and whether they were answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from typing import Any


@dataclass(frozen=True)
class Period:
    """One consultation. `comments` and `people` count what was received; `answered` says whether what
    became of the comments is published (713号 art. 18)."""

    id: int
    title: str
    stage: str
    starts_on: date
    ends_on: date
    comments: int
    people: int | None
    answered: bool
    promised_on: date | None

    def is_open(self) -> bool:
        return self.stage == "open"

    def is_late(self, today: date) -> bool:
        """Whether the promised report on the comments is overdue."""
        return not self.answered and self.promised_on is not None and today > self.promised_on


def of(decision_ids: set[int]) -> dict[int, list[Period]]:
    """The published comment periods of these decisions, the oldest first. At most two queries,
    however many decisions."""
    if not decision_ids or find_spec("participation.consultations.queries") is None:
        return {}
    from participation.consultations import queries

    many = getattr(queries, "for_decisions", None)
    if many is None:
        return {}
    found: dict[int, list[Period]] = {}
    for decision_id, consultations in many(decision_ids).items():
        found[decision_id] = list(_lines(consultations))
    return found


def _lines(consultations: Iterable[Any]) -> Iterable[Period]:
    raise NotImplementedError
