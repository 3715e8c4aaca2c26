"""Sealing: unsealed entries become leaves, and the grown tree gets a signed head.

One runner at a time (the lease of `jobs`); the unique constraints hold even without it.
"""

import json
from datetime import datetime

from sqlalchemy import event, exists, func, insert, select
from sqlalchemy.orm import Session

from participation.evidence import checkpoint, keeping
from participation.evidence.models import EvidenceEntry, EvidenceHead, EvidenceSeal, EvidenceTile
from participation.evidence.tree import Frontier
from participation.extensions import db

TILE = 256
AT_ONCE = 20_000
WINDOW = 50_000
"""How far below the highest sealed id a late commit is looked for every few seconds: ids are given
out before commits, so a lower one may appear later. `everything` looks at all of them."""


class BrokenLog(Exception):
    """The log does not continue the heads that were published. Sealing would hide that, so it
    stops: run `flask --app run evidence verify`."""


def newest_head() -> EvidenceHead | None:
    return db.session.scalar(select(EvidenceHead).order_by(EvidenceHead.tree_size.desc()).limit(1))


def frontier_of(head: EvidenceHead | None) -> Frontier:
    """The tree under a head. Raises `BrokenLog` if it does not lead to the head's root."""
    if head is None:
        return Frontier()
    try:
        grown = Frontier(head.tree_size, tuple(bytes.fromhex(node) for node in json.loads(head.frontier)))
    except (ValueError, TypeError) as error:
        raise BrokenLog(f"the head at {head.tree_size} was changed") from error
    if grown.root().hex() != head.root:
        raise BrokenLog(f"the head at {head.tree_size} was changed")
    return grown


def seal(now: datetime, *, everything: bool = False) -> int:
    """Seals what is committed and not yet sealed; returns how many entries. Flushes only: the
    caller commits, and the head's copy is written outside the database after that commit."""
    head = newest_head()
    grown = frontier_of(head)
    _refuse_a_fork(head)
    sealed = 0
    while batch := _unsealed(everything):
        grown = _place(batch, grown)
        sealed += len(batch)
    if sealed:
        _sign(grown, now)
    elif head is not None and not keeping.is_kept(head.tree_size):
        # The last run ended between its commit and the copy.
        _keep_after_commit(head.tree_size, head.note)
    return sealed


def refuse_broken() -> None:
    """Raises `BrokenLog` where sealing would: asked before the site starts."""
    head = newest_head()
    frontier_of(head)
    if head is not None or not keeping.settings().is_demo:
        _refuse_a_fork(head)


def _refuse_a_fork(head: EvidenceHead | None) -> None:
    size = head.tree_size if head else 0
    newest = keeping.newest_kept()
    if newest <= size:
        return
    if head is None and keeping.settings().is_demo:
        keeping.set_aside()
        return
    raise BrokenLog(f"a head at {newest} was published, but the database ends at {size}")


def _unsealed(everything: bool) -> list[tuple[int, str]]:
    sealed = exists().where(EvidenceSeal.entry_id == EvidenceEntry.id)
    query = select(EvidenceEntry.id, EvidenceEntry.digest)
    if not everything:
        highest = db.session.scalar(select(func.max(EvidenceSeal.entry_id))) or 0
        query = query.where(EvidenceEntry.id > highest - WINDOW)
        # Said of the seals too: else PostgreSQL walks through all of them, 180 ms for each million.
        sealed = sealed.where(EvidenceSeal.entry_id > highest - WINDOW)
    rows = db.session.execute(query.where(~sealed).order_by(EvidenceEntry.id).limit(AT_ONCE))
    return [(row.id, row.digest) for row in rows]


def _place(batch: list[tuple[int, str]], grown: Frontier) -> Frontier:
    seals: list[dict[str, object]] = []
    tiles: list[dict[str, object]] = []
    # The lowest bits of the size say which of the frontier's nodes belong to the unfinished tile.
    rest = grown.size % TILE
    tile = Frontier(rest, grown.nodes[len(grown.nodes) - rest.bit_count() :])
    for place, (entry_id, digest) in enumerate(batch, grown.size):
        leaf = bytes.fromhex(digest)
        seals.append({"leaf_index": place, "entry_id": entry_id, "digest": digest})
        tile = tile.append(leaf)
        if tile.size == TILE:
            tiles.append({"number": place // TILE, "digest": tile.root().hex()})
            tile = Frontier()
    db.session.execute(insert(EvidenceSeal), seals)
    if tiles:
        db.session.execute(insert(EvidenceTile), tiles)
    return grown.extend(bytes.fromhex(digest) for _entry_id, digest in batch)


def _sign(grown: Frontier, now: datetime) -> None:
    key = keeping.signing_key()
    said = checkpoint.Checkpoint(keeping.origin(), grown.size, grown.root(), now)
    note = checkpoint.sign(said, key)
    signed = checkpoint.parse(note)
    db.session.add(
        EvidenceHead(
            tree_size=grown.size,
            root=grown.root().hex(),
            sealed_at=now,
            key_id=signed.key_id.hex(),
            signature=signed.signature.hex(),
            note=note,
            frontier=json.dumps([node.hex() for node in grown.nodes]),
        )
    )
    db.session.flush()
    _keep_after_commit(grown.size, note)


def _keep_after_commit(size: int, note: str) -> None:
    db.session().info.setdefault("evidence_heads", []).append((size, note))


def _write_copies(session: Session) -> None:
    for size, note in session.info.pop("evidence_heads", []):
        keeping.keep_head(size, note)


def _drop_copies(session: Session) -> None:
    session.info.pop("evidence_heads", None)


event.listen(db.session, "after_commit", _write_copies)
event.listen(db.session, "after_rollback", _drop_copies)
