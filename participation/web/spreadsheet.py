"""Tables that people open in a spreadsheet program: no cell may become a formula there."""

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import chain
from tempfile import SpooledTemporaryFile

from flask import Response
from werkzeug.wsgi import FileWrapper

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


def csv_in_parts(name: str, header: Sequence[str], parts: Iterable[Iterable[Sequence[object]]]) -> Response:
    """The same for many rows: see `in_parts`."""
    answer = in_parts(chain(["\ufeff" + _written([header])], map(_written, parts)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


_IN_MEMORY = 4_000_000


def in_parts(texts: Iterable[str], *, mimetype: str) -> Response:
    """What is too long to stand in memory as a whole goes through a file that nobody else sees. It is written before
    anything is sent: what asks the database while it is sent would do so outside the request's transaction."""
    file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed here or with the answer
    for text in texts:
        file.write(text.encode())
    length = file.tell()
    file.seek(0)
    if length <= _IN_MEMORY:
        with file:
            return Response(file.read(), mimetype=mimetype)
    answer = Response(FileWrapper(file), mimetype=mimetype, direct_passthrough=True)  # type: ignore[arg-type]
    answer.content_length = length
    return answer


def _written(rows: Iterable[Sequence[object]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return buffer.getvalue()
