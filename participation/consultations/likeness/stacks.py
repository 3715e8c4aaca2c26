"""Texts put into stacks of nearly the same. Pure: the same texts in the same order give the same stacks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from participation.consultations.likeness.plain import plain, reordered
from participation.consultations.likeness.sketches import Index, sketch

ALIKE = 82
"""Per cent of likeness from which two texts are one template with other names in it."""
SIMILAR = 62
"""From here on they may mean the same: a person judges."""
SHORTEST = 8
"""Shorter plain texts ("I agree") are only alike when they are equal."""
_CANDIDATES = 24
EVERY = 2000

KINDS = ("same", "disguised", "reordered", "template", "similar")


@dataclass(frozen=True)
class Member:
    """A text in a stack: how it is like the leader. "same" reads the same to the letter."""

    id: int
    kind: str
    likeness: int  # per cent


@dataclass
class Stack:
    """`leader` is the text that most of the others repeat, the earliest of them."""

    leader: int
    members: list[Member] = field(default_factory=list)


@dataclass
class _Wording:
    """All texts that are one wording when the disguises are off."""

    plain: str
    ids: list[tuple[int, str]]
    order: str = ""


def stacks(texts: Iterable[tuple[int, str]], *, told: Callable[[int], None] = lambda done: None) -> list[Stack]:
    """The stacks of two and more, the largest first. `told` hears how many texts are done."""
    wordings = _wordings(texts)
    index = Index()
    leaders: dict[int, tuple[_Wording, Stack]] = {}
    by_order: dict[str, int] = {}
    done = 0
    for wording in sorted(wordings, key=lambda one: (-len(one.ids), one.ids[0][0])):
        stack = _home(wording, index, leaders, by_order)
        stack.members += _equal(wording, stack)
        done += len(wording.ids)
        if done // EVERY != (done - len(wording.ids)) // EVERY:
            told(done)
    told(done)
    found = [stack for _wording, stack in leaders.values() if len(stack.members) > 1]
    return sorted(found, key=lambda stack: (-len(stack.members), stack.leader))


def _wordings(texts: Iterable[tuple[int, str]]) -> list[_Wording]:
    found: dict[str, _Wording] = {}
    for id, text in texts:
        key = plain(text)
        found.setdefault(key, _Wording(key, [])).ids.append((id, text))
    return list(found.values())


def _home(
    wording: _Wording, index: Index, leaders: dict[int, tuple[_Wording, Stack]], by_order: dict[str, int]
) -> Stack:
    """The stack this wording belongs to: one that is there, or its own."""
    first, text = wording.ids[0]
    order = wording.order = reordered(text)
    if order in by_order:
        stack = leaders[by_order[order]][1]
        stack.members += [Member(id, "reordered", 100) for id, _text in wording.ids]
        return Stack(stack.leader)  # its members are in already
    bands = sketch(wording.plain) if len(wording.plain) >= SHORTEST else None
    best, likeness, kind = _nearest(wording, index.candidates(bands, _CANDIDATES), leaders) if bands else _ALONE
    if best is not None:
        stack = leaders[best][1]
        stack.members += [Member(id, kind, likeness) for id, _text in wording.ids]
        return Stack(stack.leader)
    own = Stack(first)
    leaders[first] = (wording, own)
    by_order[order] = first
    if bands:
        index.add(first, bands)
    return own


def _equal(wording: _Wording, stack: Stack) -> Iterator[Member]:
    """The members that are the leader's own wording; none where they joined another's stack."""
    first, text = wording.ids[0]
    if stack.leader != first:
        return
    for id, other in wording.ids:
        yield Member(id, "same" if other == text else "disguised", 100)


_Near = tuple[int | None, int, str]
_ALONE: _Near = (None, 0, "")


def _nearest(wording: _Wording, candidates: list[int], leaders: dict[int, tuple[_Wording, Stack]]) -> _Near:
    """The candidate most like the text, how much, and how; none where none may mean the same."""
    texts = {key: leaders[key][0].plain for key in candidates}
    found = process.extractOne(wording.plain, texts, scorer=fuzz.ratio, score_cutoff=SIMILAR)
    if found and found[1] >= ALIKE:
        return found[2], int(found[1]), "template"
    if "\n" in wording.order:
        # A template with another name in it and its sentences shuffled as well.
        texts = {key: leaders[key][0].order for key in candidates}
        shuffled = process.extractOne(wording.order, texts, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if shuffled:
            return shuffled[2], int(shuffled[1]), "reordered"
    return (found[2], int(found[1]), "similar") if found else _ALONE
