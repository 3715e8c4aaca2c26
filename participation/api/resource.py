"""What a resource of the open data is. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from participation.api.fields import Fields

Place = Sequence[Any]
"""Where a page ended, as JSON: what the next one begins after."""

DEFAULT_LIMIT, MOST = 50, 200


@dataclass(frozen=True)
class Param:
    """A filter of a list. `read` turns its text into a value, or raises ValueError; `schema` says the
    same as JSON Schema."""

    name: str
    meaning: str
    read: Callable[[str], Any]
    schema: Mapping[str, Any]
    example: str = ""


@dataclass(frozen=True)
class Asked:
    """What a list is asked for. `filters` has a value only for what was asked."""

    now: datetime
    limit: int = DEFAULT_LIMIT
    after: Place | None = None
    filters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """Things to write, and where the page ended (None: nothing follows). `beside` stands beside them."""

    rows: Sequence[Any]
    place: Place | None = None
    beside: Any = None


@dataclass(frozen=True)
class Resource:
    """`fields` are written in lists and files, `more` besides in the answer for a single thing, which
    `one` finds by its key (a number, or what `key` names). `beside` are fields of the list itself.
    `filed`: goes into the nightly files; `retractable`: may be withdrawn later, so that no older file
    of it is kept; `filed_with`: the filters of the files. Without `listed` it is a file only."""

    name: str
    label: str
    meaning: str
    fields: Fields
    page: Callable[[Asked], Found]
    params: tuple[Param, ...] = ()
    more: Fields = ()
    one: Callable[[Any, datetime], Any] | None = None
    key: str = "int"
    key_name: str = "id"
    key_meaning: str = ""
    key_example: str = "1"
    beside: Fields = ()
    listed: bool = True
    filed: bool = True
    retractable: bool = False
    filed_with: Mapping[str, Any] = field(default_factory=dict)
