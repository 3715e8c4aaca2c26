"""The pair of keys of backups. Pure but for the file of the private half.

The server knows the public half (`BACKUP_PUBLIC_KEY`) and can make backups; only the private half, kept
elsewhere, opens them. Each backup has a data key of its own, wrapped for the public half: X25519 with a key
made for this backup alone, HKDF-SHA-256, AES-256-GCM. Destroying the private half destroys every backup made
for it (个人信息保护法 art. 47).
"""

import base64
import binascii
import hashlib
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PUBLIC, PRIVATE = "backup-public-1:", "backup-private-1:"
_INFO = b"participation backup data key 1"
_ONCE = bytes(12)  # the wrapping key serves for one message


class WrongKey(Exception):
    """Not a key of ours, or the key of other backups. Its text is a sentence for whoever runs the command."""


def public_text(public: X25519PublicKey) -> str:
    """The public half as it stands in the environment; its last four bytes find a slip of the pen."""
    raw = public.public_bytes_raw()
    return PUBLIC + base64.urlsafe_b64encode(raw + _mark(raw)).decode("ascii")


def public_of(text: str) -> X25519PublicKey:
    """Raises `WrongKey`."""
    return X25519PublicKey.from_public_bytes(_raw(text, PUBLIC, "BACKUP_PUBLIC_KEY is not a public key of backups"))


def identity(public: X25519PublicKey) -> str:
    """Eight signs by which people tell keys apart."""
    return hashlib.sha256(b"backup key" + public.public_bytes_raw()).hexdigest()[:8]


def write_new(path: Path) -> X25519PrivateKey:
    """A new private half in a file that only its owner reads. Raises FileExistsError: a key is never overwritten."""
    key = X25519PrivateKey.generate()
    raw = key.private_bytes_raw()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"# {identity(key.public_key())} {public_text(key.public_key())}\n")
        file.write(PRIVATE + base64.urlsafe_b64encode(raw + _mark(raw)).decode("ascii") + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def read(path: Path) -> X25519PrivateKey:
    """The private half in a file. Raises `WrongKey`."""
    said = f"{path} is not a key file as `backup keys` writes it"
    try:
        lines = [line for line in path.read_text("ascii").splitlines() if not line.startswith("#")]
    except (OSError, UnicodeDecodeError) as error:
        raise WrongKey(said) from error
    return X25519PrivateKey.from_private_bytes(_raw(lines[0] if lines else "", PRIVATE, said))


def wrap(data_key: bytes, public: X25519PublicKey) -> dict[str, str]:
    """The data key for one recipient, as it stands in the head of a backup."""
    once = X25519PrivateKey.generate()
    wrapping = _wrapping(once.exchange(public), once.public_key(), public)
    wrapped = AESGCM(wrapping).encrypt(_ONCE, data_key, _INFO)
    return {"key": identity(public), "once": once.public_key().public_bytes_raw().hex(), "wrapped": wrapped.hex()}


def unwrap(wrapped: dict[str, str], private: X25519PrivateKey) -> bytes:
    """The data key. Raises `WrongKey`, also when the head of the backup was changed."""
    own = identity(private.public_key())
    if wrapped.get("key") != own:
        raise WrongKey(f"this backup was made for the key {wrapped.get('key')}; the key given is {own}")
    try:
        once = X25519PublicKey.from_public_bytes(bytes.fromhex(wrapped["once"]))
        wrapping = _wrapping(private.exchange(once), once, private.public_key())
        return AESGCM(wrapping).decrypt(_ONCE, bytes.fromhex(wrapped["wrapped"]), _INFO)
    except (InvalidTag, KeyError, ValueError) as error:
        raise WrongKey("the beginning of this backup was changed: its data key cannot be read") from error


def new_data_key() -> bytes:
    return secrets.token_bytes(32)


def _wrapping(shared: bytes, once: X25519PublicKey, public: X25519PublicKey) -> bytes:
    salt = once.public_bytes_raw() + public.public_bytes_raw()
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=_INFO).derive(shared)


def _mark(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()[:4]


def _raw(text: str, begins: str, said: str) -> bytes:
    try:
        raw = base64.b64decode(text.strip().removeprefix(begins), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise WrongKey(said) from error
    if not text.strip().startswith(begins) or len(raw) != 36 or _mark(raw[:32]) != raw[32:]:
        raise WrongKey(said)
    return raw[:32]
