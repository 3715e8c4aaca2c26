"""The canonical form of what evidence says, and its digests. Pure.

A payload is JSON after RFC 8785 (keys sorted by UTF-16 code units, no spaces, UTF-8), restricted
further: no floats, no integers beyond 2**53 - 1, instants in UTC with six decimals, dates as ISO.
The same facts therefore have one byte string for ever, on every machine and database.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum

FORMAT = 1
"""The version of the form below. A later form gets a new number; old entries keep theirs."""

ALGORITHM = "sha256"
"""Stored with each entry, so that another digest (SM3) can follow without touching the old ones."""

LARGEST = 2**53 - 1


class NotCanonical(ValueError):
    """A value that has no canonical form, or a text that is not in it."""


def instant_text(instant: datetime) -> str:
    """`2026-11-23T02:26:41.000000Z`. A datetime without its time zone is refused."""
    if instant.tzinfo is None:
        raise NotCanonical("an instant needs its time zone")
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f").rjust(26, "0") + "Z"


def plain(value: object) -> object:
    """The value in JSON's own types, dictionaries in canonical order."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise NotCanonical("integers beyond 2**53 - 1 are written as text")
        return int(value)
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise NotCanonical("keys are text")
        ordered = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return {key: plain(value[key]) for key in ordered}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        raise NotCanonical("a set has no order; give a sorted list")
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def text(value: object) -> str:
    """The value as canonical JSON. Raises `NotCanonical` for floats, sets, lone surrogates."""
    written = json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        written.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("text with lone surrogates") from error
    return written


def parse(written: str) -> dict[str, object]:
    """Reads a payload back. Raises `NotCanonical` unless it is an object in exactly this form."""
    try:
        value = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise NotCanonical("not JSON") from error
    if not isinstance(value, dict) or text(value) != written:
        raise NotCanonical("not in canonical form")
    return value


def leaf_digest(written: str) -> bytes:
    """RFC 9162 section 2.1.1: the hash of a leaf is SHA-256(0x00 || its bytes)."""
    return hashlib.sha256(b"\x00" + written.encode("utf-8")).digest()


def value_digest(value: object) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(text(value).encode("utf-8")).hexdigest()


def commitment(salt: bytes, column: str, value: object) -> str:
    """What stands in evidence for a personal value. Without the row's salt it tells nothing:
    not even whether two rows hold the same value."""
    message = text({"column": column, "value": value}).encode("utf-8")
    return hmac.new(salt, message, hashlib.sha256).hexdigest()
