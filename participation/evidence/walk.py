"""One pass over the leaves in their order: the tree grows again and is held against every head."""

import json
from dataclasses import dataclass

from participation.evidence import stored
from participation.evidence.entries import Times, check_entry
from participation.evidence.findings import NOWHERE, Report
from participation.evidence.rows import LastRecords
from participation.evidence.sealing import TILE
from participation.evidence.tree import Growing


@dataclass
class Outside:
    """A head from outside the database, its signature already checked."""

    name: str
    size: int
    root: bytes
    met: bool = False


class Walk:
    """`trusted` is the size up to which the leaves gave a signed root (or a stored tile, which
    narrows down where a change lies); after the first divergence no later root can fit."""

    def __init__(
        self,
        report: Report,
        *,
        heads: dict[int, stored.Head],
        outside: dict[int, list[Outside]],
        tiles: dict[int, str],
        strict_time: bool,
        proved: int = 0,
    ) -> None:
        self.report = report
        self.heads = heads
        self.outside = outside
        self.tiles = tiles
        self.last = LastRecords()
        self.time = Times(strict=strict_time)
        self.grown = Growing(TILE.bit_length() - 1, self._check_tile)
        self.proved = proved
        self.bad_tiles: list[int] = []
        self.trusted = 0
        self.diverged = False

    def leaf(self, place: int, entry_id: int, digest: str, entry: stored.Entry | None) -> None:
        report = self.report
        report.sealed += 1
        if place != self.grown.size and not self.diverged:
            missing = self.grown.size
            report.add(missing, _missing(missing), f"leaf {missing} of the tree is missing")
            self.diverged = True
        if entry is None:
            report.add(place, entry_id, "the entry is missing: it was sealed and then removed")
        else:
            report.entries += 1
            if entry.digest != digest:
                report.add(place, entry.id, "the entry's digest is not the one that was sealed")
            check_entry(report, entry, place, self.last, self.time, proved=place < self.proved)
            self.time.wait(place, entry)
        if not self.diverged:
            self._grow(place, digest)

    def _grow(self, place: int, digest: str) -> None:
        try:
            leaf = bytes.fromhex(digest)
        except (ValueError, TypeError):
            leaf = b""
        self.grown.append(leaf)
        size = self.grown.size
        head = self.heads.get(size)
        if head is not None:
            self.time.check_head(self.report, head)
            self._check_head(head)
        for copy in self.outside.get(size, ()):
            self._check_outside(copy, known=head is not None)

    def _check_tile(self, number: int, root: bytes) -> None:
        if self.tiles.pop(number, None) != root.hex():
            self.bad_tiles.append(number)
        elif not self.bad_tiles:
            self.trusted = self.grown.size

    def _check_head(self, head: stored.Head) -> None:
        size = head.tree_size
        if head.root != self.grown.root().hex():
            self._blame(size, f"the leaves do not give the signed root of the head at {size}")
            return
        self.trusted = size
        for number in self.bad_tiles:
            self.report.add(number * TILE, None, f"tile {number} is not what its leaves give")
        self.bad_tiles.clear()
        if head.frontier != json.dumps([node.hex() for node in self.grown.nodes]):
            self.report.add(size - 1, None, f"the head at {size} stores a frontier that is not its tree's")

    def _check_outside(self, copy: Outside, *, known: bool) -> None:
        copy.met = True
        if copy.root != self.grown.root():
            self._blame(copy.size, f"the tree is not the one under the head kept outside, {copy.name}")
        elif not known:
            self.report.add(copy.size - 1, None, f"the head at {copy.size} is missing from the database")

    def _blame(self, size: int, reason: str) -> None:
        """The leaves since the last root that fitted do not fit. A finding that already names one
        of them is more exact; otherwise the first is named and the reason gives the range."""
        since = min(self.trusted, size - 1)
        if any(since <= finding.place < size for finding in self.report.findings):
            self.report.add(size, None, reason)
        else:
            where = f"{reason}; the change is at leaves {since} to {size - 1}"
            self.report.add(since, stored.entry_at(since), where)
        self.diverged = True

    def end(self) -> None:
        """What is there too much, and what is missing behind the last leaf."""
        if self.diverged:
            return
        report, size = self.report, self.grown.size
        signed = max((head for head in self.heads if head <= size), default=0)
        if signed < size:
            # Every sealing ends with a head: leaves behind the last one came there otherwise.
            report.add(signed, stored.entry_at(signed), "it was placed in the tree without a signed head")
        beyond = max((*self.heads, *self.outside), default=0)
        if beyond > size:
            reason = f"the log was cut: a head was signed at {beyond}, but {size} leaves are left"
            last = stored.entry_at(size - 1) if size else 0
            report.add(size, None if last is None else last + 1, reason)
        for number in (*self.bad_tiles, *self.tiles):
            report.add(NOWHERE, None, f"tile {number} is not what its leaves give")
        for copy in (copy for copies in self.outside.values() for copy in copies):
            if not copy.met and copy.size < 1:
                report.add(NOWHERE, None, f"{copy.name} is a head over nothing")


def _missing(leaf: int) -> int | None:
    """Which entry stood at a leaf whose seal is gone, as far as its neighbours' ids tell."""
    before = stored.entry_at(leaf - 1) if leaf else 0
    after = stored.entry_at(leaf + 1)
    if before is not None and after == before + 2:
        return before + 1
    return None
