"""Argon2id for passwords, and only for passwords (tracking secrets are random: an HMAC is enough).

Call these outside a database transaction: one hash takes some 30 ms and 19 MiB.
"""

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
LONGEST = 128

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# No 0/O, 1/I/L: a one-time password is read aloud over the telephone.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def hashed(password: str) -> str:
    return _hasher.hash(_plain(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether it is the password. Without a stored hash the same work is done for nothing, so that
    an unknown account answers as slowly as a wrong password."""
    try:
        right = _hasher.verify(stored or _nobodys(), _plain(password))
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


def one_time() -> str:
    """A password for one first sign-in: 60 random bits in three groups of four."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def _plain(password: str) -> str:
    # An input method may send full-width letters; both forms are the same password.
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_hex(16))
