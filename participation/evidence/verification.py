"""Verifying the whole log: entries, their order, the heads, and the rows they describe.

What it finds is listed in docs/evidence.md. It reads only, streams, and trusts nothing that it can
recompute; the signing key's public half is the one thing it must be given.
"""

from collections.abc import Sequence
from pathlib import Path

from participation.evidence import checkpoint, keeping, signers, stored
from participation.evidence.entries import check_entry
from participation.evidence.findings import NOWHERE, Report
from participation.evidence.rows import check_rows
from participation.evidence.signers import Signers
from participation.evidence.walk import Outside, Walk


def verify(*, heads: Sequence[Path] = (), since: Path | None = None, key: bytes | None = None) -> Report:
    """Checks everything. `heads` are files with checkpoints that somebody outside kept; `key` the
    32 public bytes to trust instead of this installation's own key.

    `since` is one more such head, up to which somebody has verified before: the tree must go on from it.
    Entries under it are still held against its leaves and the rows they describe, because a row of last
    year can be changed today; only form and time of those entries are not asked a second time."""
    report = Report()
    # The copies first: a head that is sealed meanwhile must not look like one that was cut off.
    given = (*heads, since) if since else heads
    copies = [(path.name, path.read_bytes()) for path in (*keeping.kept_heads().values(), *given)]
    stored.take_snapshot()
    signed = stored.heads()
    report.heads = len(signed)
    public = key or _own_key(report, needed=bool(signed))
    known = signers.signers(public, keeping.origin()) if public else None
    _check_notes(report, signed, known)
    outside = _outside(report, copies, known)
    proved = 0
    if since is not None:
        proved = stored.proved_by(*_held(since.read_bytes(), known))
        report.since = proved
    walk = Walk(
        report,
        heads=signed,
        outside=outside,
        proved=proved,
        tiles=stored.tiles(),
        # A demonstration's history is played through the services on a clock that stands still.
        strict_time=not keeping.settings().is_demo,
    )
    for leaf, entry_id, digest, entry in stored.leaves():
        walk.leaf(leaf, entry_id, digest, entry)
    walk.end()
    for place, entry in enumerate(stored.unsealed(), walk.grown.size):
        report.entries += 1
        check_entry(report, entry, place, walk.last, walk.time)
        walk.time.check_unsealed(report, entry, place)
    _check_doubts(report, walk.time.doubtful)
    check_rows(report, walk.last)
    return report


def _held(written: bytes, known: Signers | None) -> tuple[int, bytes]:
    """Size and root of a head from outside; nothing if it is no head of ours (`_outside` says why)."""
    try:
        signed = checkpoint.parse(written.decode("utf-8"))
    except (checkpoint.BadNote, UnicodeDecodeError):
        return 0, b""
    if known is None or known.which(signed) is None:
        return 0, b""
    return signed.checkpoint.size, signed.checkpoint.root


def _check_doubts(report: Report, said: dict[int, tuple[int | None, int | None]]) -> None:
    """The table of doubts repeats what the entries say."""
    report.in_doubt = len(said)
    written = stored.doubts()
    for entry in sorted({*said, *written}):
        if said.get(entry) != written.get(entry):
            report.add(NOWHERE, entry, "the table of doubts says something else about its clock than the entry")
    if said:
        report.notes.append(f"{len(said)} entries were recorded while the clock was in doubt")


def _own_key(report: Report, *, needed: bool) -> bytes | None:
    public = keeping.public_key() if needed else None
    if needed and public is None:
        report.add(NOWHERE, None, "the signing key's file is missing: give the public key with --key")
    return public


def _outside(report: Report, copies: list[tuple[str, bytes]], known: Signers | None) -> dict[int, list[Outside]]:
    found: dict[int, list[Outside]] = {}
    for name, written in copies:
        report.outside += 1
        try:
            signed = checkpoint.parse(written.decode("utf-8"))
        except (checkpoint.BadNote, UnicodeDecodeError):
            report.add(NOWHERE, None, f"{name} is not a checkpoint")
            continue
        said = signed.checkpoint
        if known is not None and known.which(signed) is None:
            report.add(NOWHERE, None, f"{name}: the signature is not valid")
            continue
        found.setdefault(said.size, []).append(Outside(name, said.size, said.root))
    return found


def _check_notes(report: Report, heads: dict[int, stored.Head], known: Signers | None) -> None:
    """`heads` in the order of their sizes: after a change of key the former one signs nothing more."""
    reached = 0
    for head in heads.values():
        reached = max(reached, _check_note(report, head, known, reached))


def _check_note(report: Report, head: stored.Head, known: Signers | None, reached: int) -> int:
    size = head.tree_size
    place = max(size - 1, 0)
    try:
        signed = checkpoint.parse(str(head.note))
    except checkpoint.BadNote:
        report.add(place, None, f"the head at {size} is not a checkpoint")
        return reached
    said = signed.checkpoint
    columns = (size, head.root, head.sealed_at, head.key_id, head.signature)
    number = known.which(signed) if known is not None else reached
    if columns != (said.size, said.root.hex(), said.sealed_at, signed.key_id.hex(), signed.signature.hex()):
        report.add(place, None, f"the head at {size} differs from its checkpoint")
    elif number is None:
        report.add(place, None, f"the head at {size}: the signature is not valid")
    elif number < reached:
        report.add(place, None, f"the head at {size} is signed with a key that had been replaced")
    return reached if number is None else number
