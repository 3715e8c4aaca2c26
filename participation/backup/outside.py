"""Heads held outside, and what they say of a backup: is it of this log, and does it end too early? Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from participation.evidence import checkpoint
from participation.evidence.tree import Growing

_TILE = 8


class Regrown:
    """The tree of a backup, grown again from its leaves; keeps the roots at the sizes that are asked for."""

    def __init__(self, sizes: Iterable[int]) -> None:
        self._wanted = set(sizes)
        self._early: dict[int, str] = {}
        self._tree = Growing(_TILE, lambda _number, _root: None)
        self.roots: dict[int, str] = {}

    @property
    def size(self) -> int:
        return self._tree.size

    def leaf(self, place: int, digest: str) -> None:
        """Leaves come nearly in order: a table is copied as it lies on the disk."""
        self._early[place] = digest
        while (following := self._early.pop(self._tree.size, None)) is not None:
            self._tree.append(bytes.fromhex(following))
            if self._tree.size in self._wanted:
                self.roots[self._tree.size] = self._tree.root().hex()

    def root(self) -> str:
        return self._tree.root().hex()


@dataclass(frozen=True)
class Outside:
    """A head that somebody outside kept. Its signature is judged by `judge`."""

    name: str
    signed: checkpoint.Signed

    @property
    def size(self) -> int:
        return self.signed.checkpoint.size


@dataclass(frozen=True)
class Judged:
    """`wrong` are sentences about what does not fit; `missing` entries are in the head outside, not in the backup."""

    wrong: tuple[str, ...] = ()
    missing: int = 0
    said: tuple[str, ...] = ()


def read(path: Path) -> Outside:
    """Raises `checkpoint.BadNote`."""
    try:
        return Outside(path.name, checkpoint.parse(path.read_text("utf-8")))
    except UnicodeDecodeError as error:
        raise checkpoint.BadNote("not text") from error


def judge(outside: Iterable[Outside], *, size: int, roots: Mapping[int, str], public: Iterable[bytes]) -> Judged:
    """Holds each head against a backup that ends at `size`. `public` are the keys that may have signed it."""
    wrong, said, missing, keys = [], [], 0, tuple(public)
    for head in outside:
        held = head.signed.checkpoint
        if not any(checkpoint.is_signed_by(head.signed, key) for key in keys):
            wrong.append(f"{head.name}: the signature of this head is not valid for the key of this log")
        elif held.size > size:
            missing = max(missing, held.size - size)
            lost = f"{held.size - size:,} entries are missing"
            said.append(f"this backup ends at {size:,}; the head held outside says {held.size:,}: {lost}")
        elif roots.get(held.size) != held.root.hex():
            wrong.append(f"the first {held.size:,} entries of this backup are not those under the head held outside")
        else:
            said.append(f"the first {held.size:,} entries are those under the head held outside, {head.name}")
    return Judged(tuple(wrong), missing, tuple(said))
