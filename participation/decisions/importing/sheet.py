"""A file as rows of text: CSV in UTF-8, UTF-16 or GB18030, and XLSX. Nothing is guessed: what cannot
be a table is refused with a sentence that says what to do."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from participation.decisions.importing.headings import is_header
from participation.decisions.importing.words import plain, unreadable
from participation.errors import N_, Refused
from participation.web.tables import decoded

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_ROWS = 2000
MOST_COLUMNS = 60
LONGEST_CELL = 4000


@dataclass(frozen=True)
class Row:
    """`number` as the spreadsheet shows it; `formulas` the columns whose formula has no stored value."""

    number: int
    cells: tuple[str, ...]
    formulas: tuple[int, ...] = ()

    def cell(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def empty(self) -> bool:
        return not any(self.cells) and not self.formulas


def _refuse(message: str, **args: object) -> Refused:
    return Refused("invalid", message, field="file", args_=args)


def rows_of(data: bytes, filename: str = "") -> list[Row]:
    """The rows of the file's first sheet that has a heading row. Raises `Refused`."""
    if not data.strip():
        raise _refuse(N_("The file is empty. Choose the file of the catalogue."))
    if len(data) > MOST_BYTES:
        raise _refuse(N_("The file is larger than 10 MB. Save only the sheet with the catalogue."))
    if data.startswith(b"PK\x03\x04"):
        return _of_workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refuse(N_("This is an old Excel file or one with a password. Save it as .xlsx without a password."))
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")) or PurePath(filename).suffix.lower() in (
        ".pdf",
        ".doc",
        ".docx",
    ):
        raise _refuse(N_("This is a document, not a table. Save the table as .xlsx or .csv."))
    return _of_text(_decoded(data))


def _decoded(data: bytes) -> str:
    unknown = _refuse(N_("The file is not a table that can be read. Save it as .xlsx or as CSV in UTF-8."))
    try:
        text = decoded(data)
    except Refused:
        raise unknown from None
    if unreadable(text):
        raise unknown
    return text


def _of_text(text: str) -> list[Row]:
    best: list[Row] = []
    for delimiter in (",", "\t", ";", "|"):
        rows = list(_parsed(text, delimiter))
        if any(is_header(row.cells) for row in rows[:20]):
            return rows
        best = best or rows
    return best


def _parsed(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    try:
        for cells in reader:
            yield _row(start, cells)
            start = reader.line_num + 1
    except csv.Error as error:
        raise _refuse(
            N_("Row %(row)d cannot be read: a cell is too long or a quotation mark is not closed."), row=start
        ) from error


def _row(number: int, values: list[object] | list[str] | tuple[object, ...], formulas: tuple[int, ...] = ()) -> Row:
    if number > MOST_ROWS:
        raise _refuse(N_("The file has more than %(most)d rows. Save only the catalogue itself."), most=MOST_ROWS)
    cells = [_text(value) for value in values]
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise _refuse(N_("Row %(row)d has more than %(most)d columns."), row=number, most=MOST_COLUMNS)
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise _refuse(N_("Row %(row)d has a cell of more than %(most)d characters."), row=number, most=LONGEST_CELL)
    if any(unreadable(cell) for cell in cells):
        raise _refuse(N_("Row %(row)d has characters that cannot be stored."), row=number)
    return Row(number, tuple(cells), formulas)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e12:
        return str(int(value))
    return plain(value)


def _of_workbook(data: bytes) -> list[Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MOST_UNPACKED or len(entries) > 1000:
                raise _refuse(N_("The file is larger than 10 MB. Save only the sheet with the catalogue."))
            names = {entry.filename for entry in entries}
            if "xl/workbook.xml" not in names:
                raise _refuse(N_("This is a document, not a table. Save the table as .xlsx or .csv."))
            merges = {
                name: _merges(archive.read(name))
                for name in names
                if name.startswith("xl/worksheets/") and name.endswith(".xml")
            }
        return _sheets(data, merges)
    except Refused:
        raise
    except Exception as error:  # openpyxl answers broken files with exceptions of every kind
        raise _refuse(
            N_("The workbook is damaged and cannot be read. Open it, save it anew as .xlsx and try again.")
        ) from error


def _sheets(data: bytes, merges: dict[str, list[tuple[int, int, int]]]) -> list[Row]:
    from openpyxl import load_workbook

    values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    formulas = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    first: list[Row] = []
    for shown, written in zip(values.worksheets, formulas.worksheets, strict=True):
        if getattr(shown, "sheet_state", "visible") != "visible":
            continue
        for sheet in (shown, written):
            sheet.reset_dimensions()
        rows = []
        for number, (cells, sources) in enumerate(
            zip(shown.iter_rows(values_only=True), written.iter_rows(values_only=True), strict=True), start=1
        ):
            missing = tuple(
                at for at, (value, source) in enumerate(zip(cells, sources, strict=False))
                if value is None and isinstance(source, str) and source.startswith("=")
            )  # fmt: skip
            rows.append(_row(number, cells, missing))
        rows = _filled_down(rows, merges.get(str(getattr(shown, "_worksheet_path", "")).lstrip("/"), []))
        if any(is_header(row.cells) for row in rows[:20]):
            return rows
        first = first or rows
    return first


_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,6}):([A-Z]{1,3})(\d{1,6})"')


def _merges(xml: bytes) -> list[tuple[int, int, int]]:
    """Cells merged downwards: (column from 0, first row, last row)."""
    found = []
    for left, top, right, bottom in _MERGE.findall(xml):
        if left == right and int(top) < int(bottom) <= MOST_ROWS:
            column = 0
            for letter in left.decode():
                column = column * 26 + ord(letter) - 64
            found.append((column - 1, int(top), int(bottom)))
    return found


def _filled_down(rows: list[Row], merges: list[tuple[int, int, int]]) -> list[Row]:
    """One unit merged over three rows is the unit of all three. Headings are left as they stand."""
    header = next((row.number for row in rows[:20] if is_header(row.cells)), 0)
    cells = {row.number: list(row.cells) for row in rows}
    for column, first, last in merges:
        if first <= header or first not in cells or column >= len(cells[first]):
            continue
        for number in range(first + 1, last + 1):
            below = cells.get(number)
            if below is not None:
                below.extend([""] * (column + 1 - len(below)))
                below[column] = below[column] or cells[first][column]
    return [Row(row.number, tuple(cells[row.number]), row.formulas) for row in rows]
