"""What a field of the open data is, and how a value is written. Pure.

One table a resource: the answers, the OpenAPI document, the data dictionary and the columns of the
files are all made from it, so none can say anything else than the others.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from participation.errors import N_

Kind = Literal["text", "code", "day", "instant", "integer", "number", "boolean", "url", "object", "list", "any"]
Say = Callable[[str], str]

KIND_LABELS: dict[str, str] = {
    "text": N_("text"),
    "code": N_("code"),
    "day": N_("date"),
    "instant": N_("moment"),
    "integer": N_("whole number"),
    "number": N_("number"),
    "boolean": N_("yes or no"),
    "url": N_("web address"),
    "object": N_("group of fields"),
    "list": N_("list"),
    "any": N_("any value"),
}
LABEL = "_label"
"""A code `stage` has its words beside it, in the reader's language: `stage_label`."""


@dataclass(frozen=True)
class Field:
    """`value` reads it from the thing that is written; without one, the attribute or key of its name.
    `nullable`: may be missing, and an empty text is missing too. `fields` are those of an object, or of
    each thing in a list; a list of plain values names their kind in `of`. `codes`: code -> English label."""

    name: str
    kind: Kind
    meaning: str
    value: Callable[[Any], Any] | None = None
    nullable: bool = False
    unit: str = ""
    article: str = ""
    codes: Mapping[str, str] | None = None
    fields: tuple["Field", ...] = ()
    of: Kind | None = None

    def read(self, source: Any) -> Any:
        if self.value is not None:
            return self.value(source)
        return source[self.name] if isinstance(source, Mapping) else getattr(source, self.name)


Fields = Sequence[Field]


def written(fields: Fields, source: Any, say: Say) -> dict[str, Any]:
    """The thing as JSON: moments in UTC, days as days, labels beside codes."""
    found: dict[str, Any] = {}
    for field in fields:
        value = field.read(source)
        if field.nullable and (value is None or value == ""):
            value = None
        found[field.name] = None if value is None else _plain(field, value, say)
        if field.codes is not None:
            found[field.name + LABEL] = say(field.codes[value]) if value is not None else None
    return found


def _plain(field: Field, value: Any, say: Say) -> Any:
    if field.kind == "list":
        if field.fields:
            return [written(field.fields, one, say) for one in value]
        return [_scalar(field.of or "text", one) for one in value]
    if field.kind == "object":
        return written(field.fields, value, say)
    return _scalar(field.kind, value)


def _scalar(kind: Kind, value: Any) -> Any:
    if kind == "instant":
        return moment(value)
    if kind == "day":
        assert isinstance(value, date)
        assert not isinstance(value, datetime)
        return value.isoformat()
    return value


def moment(instant: datetime) -> str:
    """2026-11-23T02:26:50Z, with the fraction of a second where there is one."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "day": {"type": "string", "format": "date"},
    "instant": {"type": "string", "format": "date-time"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "url": {"type": "string", "format": "uri"},
    "any": {},
}


def schema(fields: Fields, say: Say) -> dict[str, Any]:
    """The fields as JSON Schema (2020-12). Every field is always there; nothing else is."""
    properties: dict[str, Any] = {}
    for field in fields:
        properties[field.name] = _schema_of(field, say)
        if field.codes is not None:
            kind: Any = ["string", "null"] if field.nullable else "string"
            properties[field.name + LABEL] = {"type": kind, "description": say(LABEL_MEANING)}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


LABEL_MEANING = N_("The code before it in words, in the language asked for")


def _schema_of(field: Field, say: Say) -> dict[str, Any]:
    if field.kind == "list":
        inner = schema(field.fields, say) if field.fields else dict(_FORMATS[field.of or "text"])
        found: dict[str, Any] = {"type": "array", "items": inner}
    elif field.kind == "object":
        found = schema(field.fields, say)
    elif field.kind == "code":
        found = {"type": "string"}
        if field.codes is not None:
            found["enum"] = [*field.codes, *((None,) if field.nullable else ())]
    else:
        found = dict(_FORMATS[field.kind])
    if field.nullable and "type" in found:
        found["type"] = [found["type"], "null"]
    return found | {"description": described(field, say)}


def described(field: Field, say: Say) -> str:
    """The meaning, then the unit and the article where there are any."""
    parts = [say(field.meaning)]
    if field.unit:
        parts.append(f"{say(N_('Unit:'))} {say(field.unit)}")
    if field.article:
        parts.append(field.article)
    return " · ".join(parts)


@dataclass(frozen=True)
class Column:
    """A column of a table, or a line of the data dictionary. `of_code`: the words of the code before it."""

    name: str
    field: Field
    of_code: bool = False


def columns(fields: Fields, before: str = "") -> Iterator[Column]:
    """The fields as columns: an object's stand beside the others as `department_name`."""
    for field in fields:
        name = before + field.name
        if field.kind == "object":
            yield from columns(field.fields, f"{name}_")
            continue
        yield Column(name, field)
        if field.codes is not None:
            yield Column(name + LABEL, field, of_code=True)


def cells(fields: Fields, row: Mapping[str, Any] | None) -> Iterator[Any]:
    """The cells of a written row, in the order of `columns`."""
    for field in fields:
        value = row[field.name] if row is not None else None
        if field.kind == "object":
            yield from cells(field.fields, value)
            continue
        yield value
        if field.codes is not None:
            yield row[field.name + LABEL] if row is not None else None
