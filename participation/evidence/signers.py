"""Which keys may sign heads: the first one, and each that its predecessor named when the key was changed.

A change is an entry of the log, `evidence.key_changed`: both keys sign the sentence that one follows the other,
so whoever trusts any key of the chain can tell the others. A head under a later key must cover that entry, and
after it the former key signs nothing more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from participation.evidence import canonical, checkpoint
from participation.evidence.models import EvidenceEntry, EvidenceSeal
from participation.extensions import db

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

VERB = "evidence.key_changed"


@dataclass(frozen=True)
class Change:
    """From one key to the next; `leaf` is the place of its entry, None until it is sealed."""

    former: bytes
    following: bytes
    leaf: int | None


@dataclass(frozen=True)
class Signers:
    """The chain of keys, the first one first; `since[n]` is the least size of a head under key n."""

    keys: tuple[bytes, ...]
    since: tuple[int, ...]

    def which(self, signed: checkpoint.Signed) -> int | None:
        """The number of the key that signed this head, if one of them did and was named by then."""
        for number, key in enumerate(self.keys):
            if signed.checkpoint.size >= self.since[number] and checkpoint.is_signed_by(signed, key):
                return number
        return None

    def key_with(self, identity: str, origin: str) -> bytes | None:
        """The key with this id, as a head names it."""
        return next((key for key in self.keys if checkpoint.key_id(origin, key).hex() == identity), None)


def sentence(origin: str, former: bytes, following: bytes) -> bytes:
    """What both keys sign."""
    lines = ("participation-key-change-1", *(checkpoint.verifier_text(origin, key) for key in (former, following)))
    return "\n".join((*lines, "")).encode()


def facts(origin: str, former: "Ed25519PrivateKey", following: "Ed25519PrivateKey") -> dict[str, str]:
    """What the entry of a change says."""
    keys = [checkpoint.public_bytes(key) for key in (former, following)]
    said = sentence(origin, keys[0], keys[1])
    return {
        "former": checkpoint.verifier_text(origin, keys[0]),
        "following": checkpoint.verifier_text(origin, keys[1]),
        "signed_by_former": former.sign(said).hex(),
        "signed_by_following": following.sign(said).hex(),
    }


def changes(origin: str) -> list[Change]:
    """The changes that this log records, in order; what is not signed by both keys is none."""
    query = (
        select(EvidenceEntry.payload, EvidenceSeal.leaf_index)
        .outerjoin(EvidenceSeal, EvidenceSeal.entry_id == EvidenceEntry.id)
        .where(EvidenceEntry.subject_kind == "platform", EvidenceEntry.subject_id == 0, EvidenceEntry.verb == VERB)
        .order_by(EvidenceEntry.id)
    )
    found = []
    for payload, leaf in db.session.execute(query):
        try:
            told = canonical.load(payload)["facts"]
            former, following = (checkpoint.public_of(told[name]) for name in ("former", "following"))
            said = sentence(origin, former, following)
            both = ((former, "signed_by_former"), (following, "signed_by_following"))
            if all(checkpoint.verifies(key, bytes.fromhex(told[name]), said) for key, name in both):
                found.append(Change(former, following, leaf))
        except (canonical.NotCanonical, checkpoint.BadNote, LookupError, TypeError, ValueError):
            continue
    return found


def chain(trusted: bytes, changed: Iterable[Change]) -> Signers:
    """The keys that go before and after the one that is trusted."""
    after = {change.former: change for change in changed}
    before = {change.following: change for change in after.values()}
    first, seen = trusted, {trusted}
    while first in before and before[first].former not in seen:
        first = before[first].former
        seen.add(first)
    keys, since = [first], [0]
    while (change := after.get(keys[-1])) is not None and change.following not in keys and change.leaf is not None:
        keys.append(change.following)
        since.append(change.leaf + 1)
    return Signers(tuple(keys), tuple(since))


def signers(trusted: bytes, origin: str) -> Signers:
    return chain(trusted, changes(origin))
