"""What a citizen finds under "my letters and comments". Features register their own lines, so
that this page knows no feature."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MineLine:
    """One matter. `state` is a phrase for people, translated by the feature that gives it."""

    title: str
    url: str
    state: str
    when: datetime


_sources: list[Callable[[int], list[MineLine]]] = []


def register_mine(source: Callable[[int], list[MineLine]]) -> None:
    """`source(person_id)` answers the person's own matters. Called when a feature is imported."""
    if source not in _sources:
        _sources.append(source)


def lines_of(person_id: int) -> list[MineLine]:
    """All matters of a person, the newest first."""
    lines = [line for source in _sources for line in source(person_id)]
    return sorted(lines, key=lambda line: (line.when, line.url), reverse=True)
