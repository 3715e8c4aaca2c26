"""Reading the log: entries, heads and the proofs that tie them together."""

from dataclasses import dataclass

from sqlalchemy import func, select

from participation.evidence import checkpoint, tree
from participation.evidence.models import EvidenceEntry, EvidenceHead, EvidenceSeal, EvidenceTile
from participation.evidence.sealing import TILE
from participation.extensions import db


@dataclass(frozen=True)
class Proof:
    """That an entry is in the tree under a signed head. `path` leads from the leaf to the root;
    `holds` says whether it does."""

    entry: EvidenceEntry
    leaf_index: int
    head: EvidenceHead
    path: tuple[bytes, ...]
    holds: bool

    def as_json(self, *, whole: bool = False) -> dict[str, object]:
        """The receipt file. `whole`: with the entry itself, for whoever it is about."""
        return {
            "format": "participation-receipt-1",
            "entry": self.entry.id,
            **({"payload": self.entry.payload} if whole else {}),
            "digest": self.entry.digest,
            "leaf_index": self.leaf_index,
            "tree_size": self.head.tree_size,
            "path": [neighbour.hex() for neighbour in self.path],
            "checkpoint": self.head.note,
        }


def entry(entry_id: int) -> EvidenceEntry | None:
    return db.session.get(EvidenceEntry, entry_id)


def opened_with(subject: EvidenceEntry, *, within: int = 12) -> list[EvidenceEntry]:
    """The time limits that began in the same transaction, before or after the entry."""
    near = (EvidenceEntry.id >= subject.id - within, EvidenceEntry.id <= subject.id + within)
    same = (EvidenceEntry.recorded_at == subject.recorded_at, EvidenceEntry.verb == "duty.opened")
    return list(db.session.scalars(select(EvidenceEntry).where(*near, *same).order_by(EvidenceEntry.id)))


def newest_head() -> EvidenceHead | None:
    return db.session.scalar(select(EvidenceHead).order_by(EvidenceHead.tree_size.desc()).limit(1))


def head_at(size: int) -> EvidenceHead | None:
    return db.session.get(EvidenceHead, size)


def heads(*, below: int | None = None, limit: int = 20) -> list[EvidenceHead]:
    """The newest heads first; `below` continues a list."""
    query = select(EvidenceHead).order_by(EvidenceHead.tree_size.desc()).limit(limit)
    if below is not None:
        query = query.where(EvidenceHead.tree_size < below)
    return list(db.session.scalars(query))


def proof_of(subject: EvidenceEntry) -> Proof | None:
    """The proof under the first head that covers the entry; None while it is not sealed yet."""
    place = db.session.scalar(select(EvidenceSeal.leaf_index).where(EvidenceSeal.entry_id == subject.id))
    if place is None:
        return None
    head = db.session.scalar(
        select(EvidenceHead).where(EvidenceHead.tree_size > place).order_by(EvidenceHead.tree_size).limit(1)
    )
    if head is None:
        return None
    path = tuple(tree.inclusion_proof(place, head.tree_size, stored_subtree))
    holds = tree.verify_inclusion(bytes.fromhex(subject.digest), place, head.tree_size, path, bytes.fromhex(head.root))
    return Proof(subject, place, head, path, holds)


def consistency(first: int, second: int) -> list[bytes]:
    """The proof that the tree of `second` leaves only appended to that of `first`."""
    return tree.consistency_proof(first, second, stored_subtree)


@dataclass(frozen=True)
class Consistency:
    """That a later head goes on from an earlier one; `holds` says whether it does."""

    first: checkpoint.Checkpoint
    second: checkpoint.Checkpoint
    path: tuple[bytes, ...]
    holds: bool


def consistency_of(first: checkpoint.Checkpoint, second: checkpoint.Checkpoint) -> Consistency:
    """Raises ValueError when the first is the larger one or this log is shorter than the second."""
    if not 0 < first.size <= second.size:
        raise ValueError("the earlier head has to be the smaller one")
    if second.size > _sealed():
        raise ValueError("the log is shorter than the later head")
    path = tuple(consistency(first.size, second.size))
    holds = tree.verify_consistency(first.size, second.size, first.root, second.root, path)
    return Consistency(first, second, path, holds)


def _sealed() -> int:
    return (db.session.scalar(select(func.max(EvidenceSeal.leaf_index))) or 0) + 1


def stored_subtree(start: int, end: int) -> bytes:
    """The root over sealed leaves, from tiles where they are full: a proof in a million entries
    reads some thousand rows. `start` is a multiple of a tile whenever the range is larger than one,
    as in every subtree of RFC 9162."""
    full = (end - start) // TILE if start % TILE == 0 else 0
    first = start // TILE
    tiles = db.session.scalars(
        select(EvidenceTile.digest)
        .where(EvidenceTile.number >= first, EvidenceTile.number < first + full)
        .order_by(EvidenceTile.number)
    ).all()
    covered = start + full * TILE
    leaves = db.session.scalars(
        select(EvidenceSeal.digest)
        .where(EvidenceSeal.leaf_index >= covered, EvidenceSeal.leaf_index < end)
        .order_by(EvidenceSeal.leaf_index)
    ).all()
    over_tiles = tree.Frontier().extend(bytes.fromhex(digest) for digest in tiles)
    grown = tree.Frontier(over_tiles.size * TILE, over_tiles.nodes)
    return grown.extend(bytes.fromhex(digest) for digest in leaves).root()
