"""/api: the description of the interface as a page for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext as _

from participation.accounts.throttle import API_NETWORK
from participation.api.fields import KIND_LABELS
from participation.api.licence import licence
from participation.api.problems import PROBLEMS
from participation.api.resource import DEFAULT_LIMIT, MOST
from participation.api.resources import LISTED
from participation.api.views.data import described
from participation.web.guards import published

bp = Blueprint("open_data", __name__)

_KINDS = {"date": "day", "date-time": "instant", "uri": "url"}
_TYPES = {
    "string": "text", "integer": "integer", "number": "number", "boolean": "boolean",
    "array": "list", "object": "object",
}  # fmt: skip
Schema = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A field as the page shows it: `changes[].field` stands in each thing of the list `changes`."""

    path: str
    kind: str
    nullable: bool
    meaning: str
    codes: list[str]


@bp.get("/api")
@published
def reference() -> str:
    """Everything on it is read from the OpenAPI document."""
    document = described()
    schemas: dict[str, Schema] = document["components"]["schemas"]
    pages = {each.name: document["paths"][f"/{each.name}"]["get"] for each in LISTED}
    return render_template(
        "api/reference.html",
        document=document,
        resources=LISTED,
        own={name: [one for one in page["parameters"] if "name" in one] for name, page in pages.items()},
        rows={each.name: list(rows(schemas[f"{each.name}_row"])) for each in LISTED},
        more={each.name: _besides(schemas, each.name) for each in LISTED},
        beside={each.name: list(rows(schemas[f"{each.name}_page"], without=("data", "next"))) for each in LISTED},
        problems={code: PROBLEMS[int(code)] for code in document["components"]["responses"]},
        limit=API_NETWORK.most,
        page_size=DEFAULT_LIMIT,
        most=MOST,
        licence=licence(),
    )


def _besides(schemas: dict[str, Schema], name: str) -> list[Row]:
    """What the answer for a single thing has besides."""
    one = schemas.get(f"{name}_one")
    return list(rows(one, without=tuple(schemas[f"{name}_row"]["properties"]))) if one else []


def rows(schema: Schema, path: str = "", without: tuple[str, ...] = ()) -> Iterator[Row]:
    """Every field of a schema, those of groups and lists below it."""
    for name, told in schema["properties"].items():
        if name in without:
            continue
        types = told.get("type", "any")
        nullable = isinstance(types, list)
        kind = next((each for each in types if each != "null"), "any") if nullable else types
        said = _KINDS.get(told.get("format", ""), _TYPES.get(kind, "any"))
        if "enum" in told:
            said = "code"
        codes = [str(code) for code in told.get("enum", ()) if code is not None]
        yield Row(path + name, _(KIND_LABELS[said]), nullable, told.get("description", ""), codes)
        inner = told.get("items", told) if kind == "array" else told
        if "properties" in inner:
            yield from rows(inner, f"{path}{name}{'[]' if kind == 'array' else ''}.")
