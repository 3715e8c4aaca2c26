"""Rows that this transaction itself has inserted, as the database holds them, without asking it again.

Only where that is certain: nobody else can have changed such a row, and of the columns' types below a value
comes back exactly as it was written. Anything else is read back (`registry.read_rows`).
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Integer, LargeBinary, String, Text, inspect

from participation.evidence.registry import Kind
from participation.extensions import Instant


class Uncertain(Exception):
    """The value may come back as another one."""


Back = Callable[[Any], Any]


def stored(kind: Kind, row: Any) -> Any | None:
    """What `registry.read_rows` would give for the row; None when that has to be read."""
    state = inspect(row)
    if not state.persistent or state.modified:
        return None
    # What was never set was written as NULL; what the database itself filled in is marked as expired.
    values: Mapping[str, Any] = state.dict
    ways = _ways(kind)
    if not state.expired_attributes.isdisjoint([name for name, _back in ways]):
        return None
    try:
        found = {f"c_{name}": back(values.get(name)) for name, back in ways}
    except Uncertain:
        return None
    return SimpleNamespace(row_id=state.identity[0], **found)


_known: dict[type[Any], tuple[tuple[str, Back], ...]] = {}


def _ways(kind: Kind) -> tuple[tuple[str, Back], ...]:
    ways = _known.get(kind.model)
    names = (*kind.columns, *kind.personal)
    if ways is None or len(ways) != len(names):
        attributes = inspect(kind.model).column_attrs
        ways = tuple((name, _way(attributes[name].columns[0].type)) for name in names)
        _known[kind.model] = ways
    return ways


def _way(column: Any) -> Back:
    if type(column) in (String, Text):
        return _text(column.length)
    if type(column) is JSON:
        return _json
    for kind, back in ((Boolean, _of(bool)), (Integer, _of(int)), (Date, _of(date)), (LargeBinary, _of(bytes))):
        if isinstance(column, kind):
            return back
    return _instant if isinstance(column, Instant) else _never


def _of(kind: type[Any]) -> Back:
    def back(value: Any) -> Any:
        if value is not None and type(value) is not kind:
            raise Uncertain
        return value

    return back


def _text(length: int | None) -> Back:
    def back(value: Any) -> Any:
        # What is too long may lose blanks at its end.
        if value is not None and (type(value) is not str or (length is not None and len(value) > length)):
            raise Uncertain
        return value

    return back


def _instant(value: Any) -> Any:
    if value is None:
        return None
    if type(value) is not datetime or value.tzinfo is None:
        raise Uncertain
    return value.astimezone(UTC)


def _json(value: Any) -> Any:
    return json.loads(json.dumps(value))


def _never(_value: Any) -> Any:
    raise Uncertain
