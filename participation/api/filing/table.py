"""The rows of a file, its headings, and the data dictionary: from the same table of fields as the answers."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from participation.api.fields import KIND_LABELS, LABEL, LABEL_MEANING, Fields, Say, cells, columns
from participation.api.resource import Resource
from participation.errors import N_
from participation.web.spreadsheet import neutral

FORMS = ("csv", "jsonl")
MARK = "\ufeff"
"""By it Chinese spreadsheet programs know UTF-8."""

HEADINGS = (
    N_("File"), N_("Name of the field"), N_("Column of the table"), N_("Type"),
    N_("Meaning"), N_("Unit of measure"), N_("Article"), N_("Codes"),
)  # fmt: skip


def headings(fields: Fields) -> list[str]:
    return [column.name for column in columns(fields)]


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as they stand in a CSV file; no cell becomes a formula."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows([neutral(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def table_rows(fields: Fields, rows: Iterable[dict[str, Any]]) -> Iterator[list[object]]:
    for row in rows:
        yield [_cell(value) for value in cells(fields, row)]


def _cell(value: Any) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def json_lines(rows: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)


def dictionary(resources: Iterable[Resource], say: Say) -> Iterator[list[str]]:
    """Every field of every file: its path in JSON, its column in CSV, type, meaning, unit, article, codes."""
    yield [say(heading) for heading in HEADINGS]
    for resource in resources:
        yield from _entries(resource.name, resource.fields, say, "", "")


def _entries(file: str, fields: Fields, say: Say, path: str, column: str | None) -> Iterator[list[str]]:
    for field in fields:
        name = None if column is None else column + field.name
        codes = "；".join(f"{code}={say(label)}" for code, label in (field.codes or {}).items())
        shown = "" if field.kind == "object" else name or ""
        kind, unit = say(KIND_LABELS[field.kind]), say(field.unit) if field.unit else ""
        yield [file, path + field.name, shown, kind, say(field.meaning), unit, field.article, codes]
        if field.codes is not None:
            words = "" if name is None else name + LABEL
            yield [file, path + field.name + LABEL, words, say(KIND_LABELS["text"]), say(LABEL_MEANING), "", "", ""]
        if field.kind == "object":
            yield from _entries(file, field.fields, say, f"{path}{field.name}.", None if name is None else f"{name}_")
        elif field.fields:
            yield from _entries(file, field.fields, say, f"{path}{field.name}[].", None)
