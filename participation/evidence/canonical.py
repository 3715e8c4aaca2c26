"""The canonical form of what evidence says, and its digests. Pure.

A payload is JSON after RFC 8785 (keys sorted by UTF-16 code units, no spaces, UTF-8), restricted
further: no floats, no integers beyond 2**53 - 1, instants in UTC with six decimals, dates as ISO.
The same facts therefore have one byte string for ever, on every machine and database.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

FORMAT = 1
"""The version of the form below. A later form gets a new number; old entries keep theirs."""

ALGORITHM = "sha256"
"""Stored with each entry, so that another digest (SM3) can follow without touching the old ones."""

IN_DOUBT = "in doubt"
"""What an entry says of its clock when the clock may have been wrong."""

LARGEST = 2**53 - 1


class NotCanonical(ValueError):
    """A value that has no canonical form, or a text that is not in it."""


def instant_text(instant: datetime) -> str:
    """`2026-11-23T02:26:41.000000Z`. A datetime without its time zone is refused."""
    if instant.tzinfo is None:
        raise NotCanonical("an instant needs its time zone")
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f").rjust(26, "0") + "Z"


def _ordered(keys: list[str]) -> list[str]:
    # Below U+10000 code points and UTF-16 code units have the same order.
    if "".join(keys).isascii():
        return sorted(keys)
    return sorted(keys, key=lambda key: key.encode("utf-16-be", "surrogatepass"))


def plain(value: Any) -> object:
    """The value in JSON's own types, dictionaries in canonical order."""
    kind = type(value)
    # Nearly everything is one of these.
    if kind is str or value is None or kind is bool:
        return value
    if kind is dict and all(type(key) is str for key in value):
        return {key: plain(value[key]) for key in _ordered(list(value))}
    if kind is list:
        return [item if type(item) is str else plain(item) for item in value]
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
        return {key: plain(value[key]) for key in _ordered(list(value))}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        raise NotCanonical("a set has no order; give a sorted list")
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False).encode
_sorted = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False, sort_keys=True
).encode


def _no_float(_number: str) -> object:
    raise NotCanonical("floats have no canonical form")


_read = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float).decode
_MAY_BE_LARGE = re.compile(r"[-:,\[][0-9]{16}")
_OUTSIDE_BMP = re.compile("[\U00010000-\U0010ffff\ud800-\udfff]")


def text(value: object) -> str:
    """The value as canonical JSON. Raises `NotCanonical` for floats, sets, lone surrogates."""
    written = _written(plain(value))
    try:
        written.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("text with lone surrogates") from error
    return written


def parse(written: str) -> dict[str, object]:
    """Reads a payload back. Raises `NotCanonical` unless it is an object in exactly this form."""
    value = load(written)
    try:
        # Without large numbers, floats and signs beyond the BMP, JSON with sorted keys is this form.
        simple = not _MAY_BE_LARGE.search(written) and (written.isascii() or not _OUTSIDE_BMP.search(written))
        again = _sorted(value) if simple else text(value)
    except RecursionError as error:
        raise NotCanonical("not JSON") from error
    if again != written:
        raise NotCanonical("not in canonical form")
    return value


def load(written: str) -> dict[str, Any]:
    """Reads a payload whose form was proved elsewhere. Raises `NotCanonical` if it is no object."""
    try:
        value = _read(written)
    except (ValueError, RecursionError, TypeError) as error:
        raise NotCanonical("not JSON") from error
    if not isinstance(value, dict):
        raise NotCanonical("not an object")
    return value


def join(values: dict[str, object]) -> str:
    """The canonical text of what was read from a canonical payload: already in order."""
    return _written(values)


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
