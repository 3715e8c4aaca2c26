"""A signed head of the tree as text, in the checkpoint format of C2SP (tlog-checkpoint over
signed-note, Ed25519). Pure but for the signature itself.

    zhoucun-district/participation
    48260
    <root, base64>
    time 2026-11-23T02:26:50.000000Z

    — zhoucun-district/participation <4 bytes of key id and the signature, base64>

`cryptography` is loaded by whoever signs or checks a signature: it is 8 MB that few requests need.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from participation.evidence import canonical

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ED25519 = b"\x01"


class BadNote(ValueError):
    """A text that is not a checkpoint of ours."""


@dataclass(frozen=True)
class Checkpoint:
    """What a head says. `sealed_at` stands in an extension line, so that it is signed too."""

    origin: str
    size: int
    root: bytes
    sealed_at: datetime

    @property
    def body(self) -> str:
        root = base64.b64encode(self.root).decode("ascii")
        return f"{self.origin}\n{self.size}\n{root}\ntime {canonical.instant_text(self.sealed_at)}\n"


@dataclass(frozen=True)
class Signed:
    """A checkpoint with its signature, as parsed from a note."""

    checkpoint: Checkpoint
    key_id: bytes
    signature: bytes


def public_bytes(key: "Ed25519PrivateKey") -> bytes:
    """The 32 bytes of the public key."""
    return key.public_key().public_bytes_raw()


def key_id(origin: str, public: bytes) -> bytes:
    return hashlib.sha256(origin.encode("utf-8") + b"\n" + ED25519 + public).digest()[:4]


def verifier_text(origin: str, public: bytes) -> str:
    """The public key as signed-note tools take it: `origin+key id+key`."""
    return f"{origin}+{key_id(origin, public).hex()}+{base64.b64encode(ED25519 + public).decode('ascii')}"


def public_of(verifier: str) -> bytes:
    """The key in a verifier text. Raises `BadNote`."""
    try:
        origin, identity, encoded = verifier.strip().split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error) as error:
        raise BadNote("not a verifier key") from error
    if len(raw) != 33 or raw[:1] != ED25519 or key_id(origin, raw[1:]).hex() != identity:
        raise BadNote("not a verifier key")
    return raw[1:]


def sign(checkpoint: Checkpoint, key: "Ed25519PrivateKey") -> str:
    """The note: body, empty line, signature line."""
    identity = key_id(checkpoint.origin, public_bytes(key))
    signature = key.sign(checkpoint.body.encode("utf-8"))
    encoded = base64.b64encode(identity + signature).decode("ascii")
    return f"{checkpoint.body}\n— {checkpoint.origin} {encoded}\n"


def parse(note: str) -> Signed:
    """Reads a note back. Raises `BadNote` unless it is exactly in the form that `sign` writes."""
    try:
        origin, size, root, time, empty, line, last = note.split("\n")
        mark, name, encoded = line.split(" ")
        raw = base64.b64decode(encoded, validate=True)
        sealed_at = datetime.strptime(time, "time %Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        checkpoint = Checkpoint(origin, int(size), base64.b64decode(root, validate=True), sealed_at)
    except (ValueError, binascii.Error) as error:
        raise BadNote("not a checkpoint") from error
    if (mark, name, empty, last, len(raw)) != ("—", origin, "", "", 68):
        raise BadNote("not a checkpoint")
    # Base64 leaves bits unused at its end: another letter there would read as the same signature.
    if not note.startswith(checkpoint.body) or base64.b64encode(raw).decode("ascii") != encoded:
        raise BadNote("not written canonically")
    return Signed(checkpoint, raw[:4], raw[4:])


def is_signed_by(signed: Signed, public: bytes) -> bool:
    """Whether the key with these 32 public bytes signed the checkpoint."""
    if signed.key_id != key_id(signed.checkpoint.origin, public):
        return False
    return verifies(public, signed.signature, signed.checkpoint.body.encode("utf-8"))


def verifies(public: bytes, signature: bytes, said: bytes) -> bool:
    """Whether this is the key's signature of these bytes."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, said)
    except InvalidSignature:
        return False
    return True
