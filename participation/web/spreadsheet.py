"""Tables that people open in a spreadsheet program: no cell may become a formula there."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from flask import Response, stream_with_context

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(value: object) -> str:
    """The value as text that no spreadsheet program computes. Numbers stay what they are."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    text = str(value)
    # A separator inside a quoted cell is safe; a leading sign, also behind white space, is not.
    return (
        "'" + text if text.lstrip(" \u3000").startswith(_STARTS_FORMULA) or text.startswith(_STARTS_FORMULA) else text
    )


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A CSV download in UTF-8 with the mark by which Chinese spreadsheet programs know it."""
    return Response(
        "\ufeff" + _written([header]) + _written(rows),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def csv_stream(name: str, header: Sequence[str], parts: Iterable[Iterable[Sequence[object]]]) -> Response:
    """The same, sent part by part while it is read: no file of many rows stands in memory as a whole."""

    def lines() -> Iterator[str]:
        yield "\ufeff" + _written([header])
        for part in parts:
            yield _written(part)

    return Response(
        stream_with_context(lines()),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _written(rows: Iterable[Sequence[object]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return buffer.getvalue()
