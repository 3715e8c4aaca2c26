"""The Merkle tree of RFC 9162 section 2.1 over SHA-256: roots, proofs and their verification. Pure.

Leaves are already hashed (`canonical.leaf_digest`); an inner node is SHA-256(0x01 || left || right).
The tree over n > 1 leaves splits at the largest power of two smaller than n.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""

Subtree = Callable[[int, int], bytes]
"""Answers the root over the leaves start <= index < end; end - start is at least 1."""


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """The largest power of two smaller than `size` (which is at least 2)."""
    return 1 << (size - 1).bit_length() - 1


@dataclass(frozen=True)
class Frontier:
    """A tree reduced to the roots of its full subtrees, the largest first: what is needed to
    append leaves and to know the root."""

    size: int = 0
    nodes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.nodes) != self.size.bit_count():
            raise ValueError("as many nodes as ones in the binary size")

    def append(self, leaf: bytes) -> "Frontier":
        return self.extend([leaf])

    def extend(self, leaves: Iterable[bytes]) -> "Frontier":
        size, nodes = self.size, list(self.nodes)
        for leaf in leaves:
            carried, rest = leaf, size
            while rest & 1:
                carried, rest = node(nodes.pop(), carried), rest >> 1
            nodes.append(carried)
            size += 1
        return Frontier(size, tuple(nodes))

    def root(self) -> bytes:
        if not self.nodes:
            return EMPTY
        *others, answer = self.nodes
        for left in reversed(others):
            answer = node(left, answer)
        return answer


class Growing:
    """A frontier that grows in place: what verification needs for a million leaves. `on_full` is told
    each subtree of `1 << level` leaves as it becomes full, with its number from the left."""

    def __init__(self, level: int, on_full: Callable[[int, bytes], None]) -> None:
        self.size = 0
        self.nodes: list[bytes] = []
        self.level = level
        self.on_full = on_full

    def append(self, leaf: bytes) -> None:
        sha256, nodes = hashlib.sha256, self.nodes
        carried, rest, height = leaf, self.size, 0
        self.size += 1
        while rest & 1:
            carried = sha256(b"\x01" + nodes.pop() + carried).digest()
            rest >>= 1
            height += 1
            if height == self.level:
                self.on_full((self.size >> height) - 1, carried)
        nodes.append(carried)

    def root(self) -> bytes:
        return Frontier(self.size, tuple(self.nodes)).root()


def root(leaves: Sequence[bytes]) -> bytes:
    return Frontier().extend(leaves).root()


def subtree_of(leaves: Sequence[bytes]) -> Subtree:
    return lambda start, end: root(leaves[start:end])


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """PATH(index, D[size]): the neighbours that lead from the leaf to the root."""
    if not 0 <= index < size:
        raise ValueError("the leaf is not in the tree")
    return _path(index, 0, size, subtree)


def _path(index: int, start: int, end: int, subtree: Subtree) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + split(end - start)
    if index < middle:
        return [*_path(index, start, middle, subtree), subtree(middle, end)]
    return [*_path(index, middle, end, subtree), subtree(start, middle)]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Section 2.1.3.2: whether `leaf` is number `index` in the tree with this size and root."""
    if not 0 <= index < size:
        return False
    at, last, answer = index, size - 1, leaf
    for neighbour in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            answer = node(neighbour, answer)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            answer = node(answer, neighbour)
        at, last = at >> 1, last >> 1
    return last == 0 and answer == root


def consistency_proof(first: int, second: int, subtree: Subtree) -> list[bytes]:
    """PROOF(first, D[second]): that the larger tree begins with the smaller one."""
    if not 0 < first <= second:
        raise ValueError("0 < first <= second")
    return [] if first == second else _consistency(first, 0, second, True, subtree)


def _consistency(first: int, start: int, end: int, whole: bool, subtree: Subtree) -> list[bytes]:
    size = end - start
    if first == size:
        return [] if whole else [subtree(start, end)]
    middle = split(size)
    if first <= middle:
        inner = _consistency(first, start, start + middle, whole, subtree)
        return [*inner, subtree(start + middle, end)]
    inner = _consistency(first - middle, start + middle, end, False, subtree)
    return [*inner, subtree(start, start + middle)]


def verify_consistency(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Section 2.1.4.2: whether the tree of `second` leaves only appended to that of `first`."""
    if first < 0 or second < first:
        return False
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof and first_root == EMPTY
    path = list(proof) if first & (first - 1) else [first_root, *proof]
    if not path:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for neighbour in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node(neighbour, old), node(neighbour, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node(new, neighbour)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root
