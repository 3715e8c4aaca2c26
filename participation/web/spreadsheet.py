"""Tables that people open in a spreadsheet program: no cell may become a formula there."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

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
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([neutral(cell) for cell in header])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return Response(
        "\ufeff" + buffer.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
