"""Excel files that people work on: every text stays text, numbers are numbers."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from flask import Response

from participation.web.printable import printable

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CELL_LIMIT = 32_767  # Excel's own


@dataclass(frozen=True)
class Sheet:
    """One sheet: `notes` are lines above the table that say what it is and how it was counted."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    notes: Sequence[str] = ()
    as_text: Sequence[int] = ()
    """Columns that people will fill in and whose digits are no number: telephones, days, order numbers."""


def workbook(sheets: Sequence[Sheet], *, title: str = "", author: str = "") -> bytes:
    """The file. The header repeats on each printed page; texts are never read as formulas or links."""
    buffer = io.BytesIO()
    _write_book(buffer, sheets, {"in_memory": True}, title=title, author=author)
    return buffer.getvalue()


def workbook_file(path: Path, sheets: Sequence[Sheet]) -> None:
    """The same, row by row onto the disk."""
    _write_book(str(path), sheets, {"constant_memory": True, "tmpdir": str(path.parent)})


def _write_book(
    target: io.BytesIO | str, sheets: Sequence[Sheet], how: dict[str, object], *, title: str = "", author: str = ""
) -> None:
    options = {**how, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    import xlsxwriter  # here: few processes ever write a workbook

    with xlsxwriter.Workbook(target, options) as book:
        book.set_size(1600, 1000)
        book.set_properties({"title": printable(title), "author": printable(author)})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        plain = book.add_format({"num_format": "@"})
        note = book.add_format({"italic": True})
        for number, sheet in enumerate(sheets, start=1):
            page = book.add_worksheet(_name(sheet.title, number))
            for row, line in enumerate(sheet.notes):
                page.write_string(row, 0, printable(line), note)
            top = len(sheet.notes) + (1 if sheet.notes else 0)
            for column, text in enumerate(sheet.header):
                page.write_string(top, column, printable(text), head)
                width = _width([text, *(row[column] for row in sheet.rows[:200])])
                page.set_column(column, column, width, plain if column in sheet.as_text else None)
            for row, values in enumerate(sheet.rows, start=top + 1):
                for column, value in enumerate(values):
                    _write(page, row, column, value, body, day)
            page.freeze_panes(top + 1, 0)
            page.repeat_rows(top)
            page.set_landscape()
            page.set_paper(9)
            page.fit_to_pages(1, 0)


def xlsx_response(name: str, sheets: Sequence[Sheet]) -> Response:
    """A download; `name` is plain ASCII."""
    return Response(
        workbook(sheets),
        mimetype=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _write(page, row: int, column: int, value: object, body, day) -> None:  # type: ignore[no-untyped-def]
    if value is None or value == "":
        page.write_blank(row, column, None, body)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        page.write_number(row, column, value, body)
    elif isinstance(value, date) and not isinstance(value, datetime):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    else:
        page.write_string(row, column, printable(str(value))[:_CELL_LIMIT], body)


def _width(values: Sequence[object]) -> float:
    """Chinese characters are as wide as two Latin ones; long texts wrap."""
    longest = max((sum(2 if ord(char) > 255 else 1 for char in str(value or "")[:60]) for value in values), default=8)
    return float(min(60, max(8, longest + 2)))


def _name(title: str, number: int) -> str:
    """Excel allows 31 characters and none of []:*?/\\ in the name of a sheet."""
    clean = "".join(char for char in printable(title) if char not in "[]:*?/\\'").strip()[:31]
    return clean or f"{number}"
