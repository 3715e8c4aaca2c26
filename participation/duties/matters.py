"""Matters that people may write about, though the mailbox does not know the feature they belong to.

A feature says of which unit a matter is and where it can be read; the mailbox says how many letters came
about it. Neither imports the other (713号 art. 35: anybody may comment on a decision in force).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Matter:
    """What a letter can be about: its title, its page, and the unit that answers."""

    kind: str
    id: int
    title: str
    url: str
    department_id: int


@dataclass(frozen=True)
class Written:
    """Letters about one matter: received, answered, and the published ones, the newest first, as (title,
    address). Letters that complain about a unit are in none of them."""

    received: int = 0
    answered: int = 0
    shown: tuple[tuple[str, str], ...] = ()


Find = Callable[[int], Matter | None]
Count = Callable[[str, set[int]], Mapping[int, Written]]

_found: dict[str, Find] = {}
_counted: list[Count] = []


def register_matter(kind: str, find: Find) -> None:
    """Called once by the feature: `find` answers None while nobody may write about it."""
    _found[kind] = find


def register_letters(count: Count) -> None:
    """Called once by the mailbox."""
    _counted[:] = [count]


def matter(kind: str, matter_id: int) -> Matter | None:
    """The matter, if letters about it are taken now."""
    return _found[kind](matter_id) if kind in _found else None


def written_about(kind: str, ids: Iterable[int]) -> dict[int, Written]:
    """How many letters came about these matters; one query however many."""
    wanted = set(ids)
    found = dict(_counted[0](kind, wanted)) if _counted and wanted else {}
    return {one: found.get(one, Written()) for one in wanted}
