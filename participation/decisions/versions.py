"""The versions of a catalogue: what it said after each publication and each adjustment, and what differs between
two of them. Pure.

The first batch is version 1; every later batch and every adjustment is one more (山东省重大行政决策事项目录管理办法
第十五条). Items are the public fields as JSON, as the adjustments keep them, so a version never changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

Fields = Mapping[str, Any]
Kind = Literal["published", "added", "changed", "removed"]


class BatchFacts(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def published_at(self) -> datetime | None: ...
    @property
    def government_approved_on(self) -> date | None: ...
    @property
    def government_meeting(self) -> str: ...


class AdjustmentFacts(Protocol):
    """`before` and `after` are public fields; `number` counts within the catalogue."""

    @property
    def decision_id(self) -> int | None: ...
    @property
    def number(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def approved_on(self) -> date: ...
    @property
    def made_at(self) -> datetime: ...
    @property
    def before(self) -> Fields: ...
    @property
    def after(self) -> Fields: ...


@dataclass(frozen=True)
class Version:
    """`items` maps a decision's id to what this version says of it, in the order of the numbers; `touched` are
    the ids that it added, changed or took out."""

    number: int
    kind: Kind
    at: datetime
    approved_on: date | None
    reason: str
    meeting: str
    batch: int
    touched: tuple[int, ...]
    items: Mapping[int, Fields]


@dataclass(frozen=True)
class Listed:
    """An item of the year: in which batch it came, and what the year says of it at last."""

    decision_id: int
    batch: int
    final: Fields


def versions_of(
    batches: Sequence[BatchFacts], items: Sequence[Listed], adjustments: Sequence[AdjustmentFacts]
) -> list[Version]:
    """Every version, the first one first. `items` also names those taken out again."""
    first = next((batch for batch in batches if batch.number == 1 and batch.published_at is not None), None)
    if first is None or first.published_at is None:
        return []
    ordered = sorted(adjustments, key=lambda each: each.number)
    state = {item.decision_id: _first_said(item, ordered) for item in items if item.batch == 1}
    found = [
        Version(
            1, "published", first.published_at, first.government_approved_on, "", first.government_meeting, 1,
            tuple(state), _in_order(state),
        )
    ]  # fmt: skip
    for group in _acts(ordered):
        found.append(_next(found[-1], group, state, batches))
    return found


def _first_said(item: Listed, ordered: Sequence[AdjustmentFacts]) -> Fields:
    """What the item said when it came: before its first adjustment, else what it says at last."""
    first = next((each for each in ordered if each.decision_id == item.decision_id), None)
    return first.before if first is not None and first.before else item.final


def _acts(ordered: Iterable[AdjustmentFacts]) -> list[list[AdjustmentFacts]]:
    """The items that one batch added are one act; any other adjustment is one by itself."""
    acts: list[list[AdjustmentFacts]] = []
    for each in ordered:
        together = each.kind == "added" and acts and acts[-1][0].kind == "added"
        if together and acts[-1][0].made_at == each.made_at:
            acts[-1].append(each)
        else:
            acts.append([each])
    return acts


def _next(
    before: Version, group: Sequence[AdjustmentFacts], state: dict[int, Fields], batches: Sequence[BatchFacts]
) -> Version:
    """The version after `before`; `state` moves on with it."""
    head = group[0]
    kind: Kind = "added" if head.kind == "added" else "removed" if head.kind == "removed" else "changed"
    for each in group:
        if each.decision_id is None:
            continue
        if each.kind == "removed":
            state.pop(each.decision_id, None)
        else:
            state[each.decision_id] = each.after
    batch = next((row for row in batches if kind == "added" and row.published_at == head.made_at), None)
    return Version(
        before.number + 1, kind, head.made_at, head.approved_on, head.reason,
        batch.government_meeting if batch is not None else "", batch.number if batch is not None else 0,
        tuple(each.decision_id for each in group if each.decision_id is not None), _in_order(state),
    )  # fmt: skip


def _in_order(state: Mapping[int, Fields]) -> dict[int, Fields]:
    return dict(sorted(state.items(), key=lambda pair: (pair[1].get("number") or 0, pair[0])))


@dataclass(frozen=True)
class ItemChange:
    """One item in two versions: `old` None where it came, `new` None where it went; `names` are the fields that
    differ, in their order."""

    decision_id: int
    old: Fields | None
    new: Fields | None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    added: tuple[ItemChange, ...]
    removed: tuple[ItemChange, ...]
    changed: tuple[ItemChange, ...]
    same: int

    @property
    def nothing(self) -> bool:
        return not (self.added or self.removed or self.changed)


def differ(old: Version, new: Version) -> Difference:
    """What came, went and changed from `old` to `new`."""
    both = [key for key in new.items if key in old.items]
    changed = [
        ItemChange(key, old.items[key], new.items[key], names)
        for key in both
        if (names := _names(old.items[key], new.items[key]))
    ]
    return Difference(
        added=tuple(ItemChange(key, None, new.items[key]) for key in new.items if key not in old.items),
        removed=tuple(ItemChange(key, old.items[key], None) for key in old.items if key not in new.items),
        changed=tuple(changed),
        same=len(both) - len(changed),
    )


_SILENT = ("planned_from", "planned_to", "deliberation")
"""Read out of the planned time, or about the meeting: no reader sees them as a field of their own."""


def _names(old: Fields, new: Fields) -> tuple[str, ...]:
    names = [name for name in dict.fromkeys((*new, *old)) if name not in _SILENT]
    return tuple(name for name in names if (old.get(name) or None) != (new.get(name) or None))
