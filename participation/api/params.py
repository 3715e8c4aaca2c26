"""The filters that several resources share. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from participation.api.resource import Param
from participation.errors import N_

LARGEST = 2**31 - 1
_DIGITS = re.compile(r"[0-9]{1,10}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def number(least: int, most: int) -> Any:
    """Reads a whole number between these two."""

    def read(text: str) -> int:
        if not _DIGITS.fullmatch(text) or not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return read


def day(text: str) -> date:
    """Any day; what lies outside this century is taken as its edge, because nothing lies there."""
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return min(max(date.fromisoformat(text), date(2000, 1, 1)), date(2099, 12, 31))


def choice(name: str, meaning: str, codes: Iterable[str], example: str = "") -> Param:
    """A filter that takes one of some codes."""
    known = list(codes)

    def read(text: str) -> str:
        if text not in known:
            raise ValueError(text)
        return text

    return Param(name, meaning, read, {"type": "string", "enum": known}, example or known[0])


def numbered(name: str, meaning: str, least: int, most: int, example: str) -> Param:
    schema: Mapping[str, Any] = {"type": "integer", "minimum": least, "maximum": most}
    return Param(name, meaning, number(least, most), schema, example)


def dated(name: str, meaning: str, example: str) -> Param:
    return Param(name, meaning, day, {"type": "string", "format": "date"}, example)


DEPARTMENT = numbered("department", N_("Only this department, by its id"), 1, LARGEST, "2")
YEAR = numbered("year", N_("Only this year"), 2000, 2100, "2026")
