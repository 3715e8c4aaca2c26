"""Which unit and which topic earlier letters suggest for a new one, with the reason in words. Pure.

A suggestion is offered, never chosen: the dispatcher presses it or not. The unit that the letter is
about is never among them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from participation.errors import N_

MOST = 3
ENOUGH = 2
"""Similar letters that one unit must have answered before they suggest it."""
TOPIC_SHARE = 0.3
"""The part of a topic's letters that a unit must have answered before the topic suggests it."""


@dataclass(frozen=True)
class Earlier:
    """An earlier letter like this one: who handled it (None: nobody yet), and how much alike, 0..1."""

    letter_id: int
    department_id: int | None
    topic: str
    score: float


@dataclass(frozen=True)
class Unit:
    """A unit that may be suggested. `place` is what its territory is called, if it has one."""

    department_id: int
    names: tuple[str, ...] = ()
    territorial: bool = False


@dataclass(frozen=True)
class Reason:
    """A marked sentence with the numbers in it."""

    message: str
    args: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class UnitHint:
    """A suggested unit with every reason, the strongest first."""

    department_id: int
    weight: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class TopicHint:
    topic: str
    reason: Reason


def units(
    *,
    similar: Sequence[Earlier],
    topic_history: Mapping[int, int],
    place: str,
    known: Iterable[Unit],
    without: frozenset[int] = frozenset(),
) -> list[UnitHint]:
    """At most three units, the best first. `topic_history` counts the last letters of the
    topic by the unit that answered them; `without` are units that must not be suggested."""
    found: dict[int, list[tuple[float, Reason]]] = {}
    handled = [one for one in similar if one.department_id is not None]
    for unit in known:
        reasons = [
            reason
            for reason in (
                _from_similar(unit, handled),
                _from_topic(unit, topic_history),
                _from_place(unit, place),
            )
            if reason is not None
        ]
        if reasons and unit.department_id not in without:
            found[unit.department_id] = sorted(reasons, key=lambda pair: -pair[0])
    hints = [
        UnitHint(department_id, sum(weight for weight, _reason in pairs), tuple(reason for _weight, reason in pairs))
        for department_id, pairs in found.items()
    ]
    return sorted(hints, key=lambda hint: (-hint.weight, hint.department_id))[:MOST]


def topic(*, similar: Sequence[Earlier], chosen: str, other: str) -> TopicHint | None:
    """Another topic than the writer's, when most of at least three similar letters had it."""
    counts: dict[str, int] = {}
    for one in similar:
        if one.topic != other:
            counts[one.topic] = counts.get(one.topic, 0) + 1
    if len(similar) < 3 or not counts:
        return None
    best = min(counts, key=lambda name: (-counts[name], name))
    if best == chosen or counts[best] * 2 <= len(similar):
        return None
    message = N_("%(part)d of %(all)d similar letters had this topic")
    return TopicHint(best, Reason(message, {"part": counts[best], "all": len(similar)}))


def _from_similar(unit: Unit, handled: Sequence[Earlier]) -> tuple[float, Reason] | None:
    own = [one for one in handled if one.department_id == unit.department_id]
    if len(own) < ENOUGH:
        return None
    weight = 2 * sum(one.score for one in own) / sum(one.score for one in handled)
    message = N_("%(part)d of %(all)d similar letters were handled by it")
    return weight, Reason(message, {"part": len(own), "all": len(handled)})


def _from_topic(unit: Unit, history: Mapping[int, int]) -> tuple[float, Reason] | None:
    whole, own = sum(history.values()), history.get(unit.department_id, 0)
    if whole < ENOUGH or own < ENOUGH or own / whole < TOPIC_SHARE:
        return None
    message = N_("It answered %(part)d of the last %(all)d letters on this topic")
    return own / whole, Reason(message, {"part": own, "all": whole})


def _from_place(unit: Unit, place: str) -> tuple[float, Reason] | None:
    if not unit.territorial or not place:
        return None
    name = next((name for name in unit.names if name and name in place), None)
    if name is None:
        return None
    return 0.6, Reason(N_("The place lies in %(name)s"), {"name": name})
