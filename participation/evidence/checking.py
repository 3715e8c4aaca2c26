"""The three questions of a receipt, answered for one entry."""

from dataclasses import dataclass
from datetime import date

from participation.evidence import canonical, checkpoint, keeping, queries, signers
from participation.evidence.models import EvidenceEntry, EvidenceHead


@dataclass(frozen=True)
class Check:
    """`proof` is None while the entry waits for its seal, some seconds after it was recorded."""

    entry: EvidenceEntry
    unchanged: bool
    proof: queries.Proof | None
    signed: bool

    @property
    def included(self) -> bool:
        return self.proof is not None and self.proof.holds

    @property
    def fits(self) -> bool:
        """Nothing contradicts; what is not sealed yet contradicts nothing."""
        return self.unchanged and (self.proof is None or (self.proof.holds and self.signed))


def check(entry: EvidenceEntry) -> Check:
    proof = queries.proof_of(entry)
    unchanged = canonical.leaf_digest(entry.payload).hex() == entry.digest
    return Check(entry, unchanged, proof, proof is not None and is_signed(proof.head))


@dataclass(frozen=True)
class Due:
    """The last day that was promised in the same breath, and whether its own entry fits."""

    on: date
    check: Check


def due_beside(entry: EvidenceEntry) -> Due | None:
    """The latest time limit that began with this act: the entries of the same transaction say so."""
    subject, found = f"{entry.subject_kind}:{entry.subject_id}", []
    for other in queries.opened_with(entry):
        try:
            facts = canonical.load(other.payload)["facts"]
            if facts["subject"] == subject:
                found.append((date.fromisoformat(facts["due_on"]), other.id, other))
        except (canonical.NotCanonical, LookupError, TypeError, ValueError):
            continue
    if not found:
        return None
    on, _id, latest = max(found, key=lambda each: each[:2])
    return Due(on, check(latest))


def is_signed(head: EvidenceHead) -> bool:
    """Whether the head's checkpoint says what the head says, is signed with this installation's
    key, and equals the copy outside the database where there is one."""
    public = keeping.public_key()
    try:
        signed = checkpoint.parse(head.note)
    except checkpoint.BadNote:
        return False
    same = (signed.checkpoint.size, signed.checkpoint.root.hex()) == (head.tree_size, head.root)
    copy = keeping.kept_head(head.tree_size)
    if not same or public is None or copy not in (None, head.note):
        return False
    # Most heads are under the present key; the chain is asked for the others only.
    return checkpoint.is_signed_by(signed, public) or (
        signers.signers(public, keeping.origin()).which(signed) is not None
    )
