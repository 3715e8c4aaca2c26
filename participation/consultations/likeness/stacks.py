"""Texts put into stacks of nearly the same. Pure: the same texts in the same order give the same stacks."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from datasketch import MinHash, MinHashLSH
from rapidfuzz import fuzz

from participation.consultations.likeness.plain import grams, plain, reordered

ALIKE = 82
"""Per cent of likeness from which two texts are one template with other names in it."""
SIMILAR = 62
"""From here on they may mean the same: a person judges."""
SHORTEST = 8
"""Shorter plain texts ("I agree") are only alike when they are equal."""
_PERMUTATIONS = 48
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


def stacks(texts: Iterable[tuple[int, str]], *, told: Callable[[int], None] = lambda done: None) -> list[Stack]:
    """The stacks of two and more, the largest first. `told` hears how many texts are done."""
    wordings = _wordings(texts)
    index = MinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS)
    leaders: dict[str, tuple[_Wording, Stack]] = {}
    by_order: dict[str, str] = {}
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
    wording: _Wording, index: MinHashLSH, leaders: dict[str, tuple[_Wording, Stack]], by_order: dict[str, str]
) -> Stack:
    """The stack this wording belongs to: one that is there, or its own."""
    first, text = wording.ids[0]
    order = reordered(text)
    if order in by_order:
        stack = leaders[by_order[order]][1]
        stack.members += [Member(id, "reordered", 100) for id, _text in wording.ids]
        return Stack(stack.leader)  # its members are in already
    sketch = _sketch(wording.plain)
    best, likeness = (
        _nearest(wording.plain, index.query(sketch), leaders) if len(wording.plain) >= SHORTEST else ("", 0)
    )
    if best:
        stack = leaders[best][1]
        kind = "template" if likeness >= ALIKE else "similar"
        stack.members += [Member(id, kind, likeness) for id, _text in wording.ids]
        return Stack(stack.leader)
    own = Stack(first)
    leaders[str(first)] = (wording, own)
    by_order[order] = str(first)
    if sketch is not None:
        index.insert(str(first), sketch)
    return own


def _equal(wording: _Wording, stack: Stack) -> Iterator[Member]:
    """The members that are the leader's own wording; none where they joined another's stack."""
    first, text = wording.ids[0]
    if stack.leader != first:
        return
    for id, other in wording.ids:
        yield Member(id, "same" if other == text else "disguised", 100)


def _nearest(text: str, candidates: list[str], leaders: dict[str, tuple[_Wording, Stack]]) -> tuple[str, int]:
    best, most = "", SIMILAR - 1
    for key in sorted(candidates, key=int)[:_CANDIDATES]:
        likeness = int(fuzz.ratio(text, leaders[key][0].plain, score_cutoff=most))
        if likeness > most:
            best, most = key, likeness
    return best, most


def _hash(data: bytes) -> int:
    return zlib.crc32(data)


_BLANK = MinHash(num_perm=_PERMUTATIONS, hashfunc=_hash)


def _sketch(text: str) -> MinHash:
    sketch = _BLANK.copy()  # drawing the permutations anew for each text takes longer than using them
    sketch.update_batch([gram.encode() for gram in grams(text)])
    return sketch
