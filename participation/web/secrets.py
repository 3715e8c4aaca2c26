"""Tracking secrets: what opens a letter or a comment to whoever wrote it, without an account.

80 random bits, read aloud or copied by hand: digits and letters without I, L, O, U, in groups of
four. Only a keyed digest is stored. A slow hash is for passwords that people choose.
"""

import hashlib
import hmac
import secrets
import unicodedata

from flask import current_app

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OILU", "011V")
_LENGTH = 16
_LEAST = 32


def new_secret() -> str:
    """A fresh secret such as `7KQM-4XHG-92TB-C3WZ`. Show it once; keep `digest_secret` of it."""
    return spelled(secrets.token_bytes(10))


def spelled(ten_bytes: bytes) -> str:
    """80 bits in the spelling that people copy."""
    number = int.from_bytes(ten_bytes, "big")
    letters = [_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH))]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, _LENGTH, 4))


def normalised(written: str) -> str:
    """What was meant by what was typed: case, spaces, dashes and full-width forms do not matter,
    and O reads as 0, I and L as 1, U as V."""
    wide = unicodedata.normalize("NFKC", written[:200]).upper()
    return "".join(sign for sign in wide.translate(_MISREAD) if sign in _ALPHABET)[:64]


def digest_secret(secret: str) -> str:
    """What is stored: HMAC-SHA-256 in hexadecimal, keyed with the installation's secret."""
    return keyed_digest(normalised(secret), purpose="tracking-secret")


def secret_matches(secret: str, digest: str) -> bool:
    """Whether the secret belongs to the stored digest, in constant time. For an unknown number
    compare with `digest_secret("")` all the same: both answers then take equally long."""
    return keyed_matches(normalised(secret), digest, purpose="tracking-secret") and bool(normalised(secret))


def keyed_digest(text: str, *, purpose: str) -> str:
    """HMAC-SHA-256 of a text under a key of its own for each purpose."""
    return _digest(current_app.config["SECRET_KEY"], text, purpose)


def keyed_digests(text: str, *, purpose: str) -> list[str]:
    """The same under the present SECRET_KEY and under each former one (SECRET_KEY_FALLBACKS): what is stored
    may be older than the key."""
    keys = (current_app.config["SECRET_KEY"], *(current_app.config["SECRET_KEY_FALLBACKS"] or ()))
    return [_digest(key, text, purpose) for key in keys]


def keyed_matches(text: str, digest: str, *, purpose: str) -> bool:
    """Whether a digest, or its first 32 signs or more, is that of the text under a present or former key. Every
    key is tried: the time tells nothing about which one fits."""
    fits = [
        hmac.compare_digest(made[: len(digest)].encode(), digest.encode())
        for made in keyed_digests(text, purpose=purpose)
    ]
    return any(fits) and len(digest) >= _LEAST


def _digest(key: str | bytes, text: str, purpose: str) -> str:
    raw = key if isinstance(key, bytes) else str(key).encode()
    own = hmac.digest(raw, purpose.encode(), hashlib.sha256)
    return hmac.new(own, text.encode(), hashlib.sha256).hexdigest()
