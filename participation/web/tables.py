"""A table that somebody uploads, row by row: CSV in UTF-8, UTF-16 or GB18030, and XLSX. Nothing is
guessed: what is no table is refused with a sentence, what is wrong in a row stays with its row."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from participation.errors import N_, Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS = 10_000
MOST_COLUMNS = 60
LONGEST_CELL = 20_000
_HEADING_WITHIN = 10
_DOCUMENTS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"GIF8")


@dataclass(frozen=True)
class Problem:
    """Why a cell cannot be taken. `message` is marked for translation, with `args` as its values."""

    message: str
    args: Mapping[str, object]


@dataclass(frozen=True)
class Line:
    """One row under the headings. `number` as the spreadsheet shows it; `values` has every column
    that was asked for, empty where the file has none; `problems` are those of its cells."""

    number: int
    values: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Table:
    """`unknown` are headings that no column has: shown, so that nothing is left out silently."""

    lines: list[Line]
    found: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class _Raw:
    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()


def _refuse(message: str, **args: object) -> Refused:
    return Refused("invalid", message, field="file", args_=args)


def read_table(
    data: bytes,
    filename: str,
    columns: Mapping[str, Sequence[str]],
    *,
    needed: Iterable[str] = (),
    most_rows: int = MOST_ROWS,
) -> Table:
    """The rows under the first line that has one of the `columns`' headings (key -> its headings).
    Raises Refused for a file that is no table, lacks a `needed` column, or has too many rows."""
    raw = _rows(data, filename)
    forms = {_form(heading): key for key, headings in columns.items() for heading in headings}
    lines: list[Line] = []
    places: dict[int, str] = {}
    unknown: tuple[str, ...] = ()
    for row in raw:
        if not places:
            places = _places(row, forms)
            if len(places) < min(2, len(columns)):
                places = {}
                if row.number >= _HEADING_WITHIN:
                    break
                continue
            unknown = tuple(cell for at, cell in enumerate(row.cells) if cell and at not in places)
            continue
        if not any(row.cells) and not row.formulas:
            continue
        if len(lines) >= most_rows:
            raise _refuse(N_("The file has more than %(most)d rows. Split it into several."), most=most_rows)
        lines.append(_line(row, places, columns))
    if not places:
        raise _refuse(N_("The first row must hold the headings of the template. Download it and fill it in."))
    missing = [columns[key][0] for key in needed if key not in places.values()]
    if missing:
        raise _refuse(N_("The file has no column for: %(names)s"), names="、".join(missing))
    if not lines:
        raise _refuse(N_("There is no row under the headings"))
    return Table(lines, tuple(key for key in columns if key in places.values()), unknown)


def _places(row: _Raw, forms: Mapping[str, str]) -> dict[int, str]:
    places: dict[int, str] = {}
    for at, cell in enumerate(row.cells):
        key = forms.get(_form(cell))
        if key is None:
            continue
        if key in places.values():
            raise _refuse(N_("The heading %(name)s stands there twice"), name=cell[:40])
        places[at] = key
    return places


def _line(row: _Raw, places: Mapping[int, str], columns: Mapping[str, Sequence[str]]) -> Line:
    values = dict.fromkeys(columns, "")
    problems: list[Problem] = []
    for at, key in places.items():
        text, name = row.cells[at] if at < len(row.cells) else "", columns[key][0]
        if at in row.formulas:
            problems.append(Problem(N_("%(name)s is a formula. Paste its value instead"), {"name": name}))
        elif len(text) > LONGEST_CELL:
            problems.append(
                Problem(N_("%(name)s has more than %(most)d characters"), {"name": name, "most": LONGEST_CELL})
            )
            text = text[:LONGEST_CELL]
        if unreadable(text):
            problems.append(Problem(N_("%(name)s has characters that cannot be read"), {"name": name}))
            text = "".join(char for char in text if not unreadable(char))
        values[key] = text
    if any(row.cells[MOST_COLUMNS:]):
        problems.append(Problem(N_("The row has more than %(most)d cells"), {"most": MOST_COLUMNS}))
    return Line(row.number, values, tuple(problems))


def unreadable(text: str) -> bool:
    """Whether the text holds control characters, half characters or U+FFFD, which stands for a
    character of another encoding."""
    return any(
        (unicodedata.category(char) in ("Cc", "Cs", "Co") and char not in "\n\r\t") or char == "\ufffd" for char in text
    )


def _form(heading: str) -> str:
    """A heading without spaces, punctuation and what stands in brackets."""
    text = unicodedata.normalize("NFKC", heading).partition("(")[0]
    return "".join(char for char in text if char.isalnum()).lower()


def _rows(data: bytes, filename: str) -> Iterator[_Raw]:
    if not data.strip():
        raise _refuse(N_("The file is empty"))
    if len(data) > MOST_BYTES:
        raise _refuse(N_("The file is larger than 10 MB. Split it into several."))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refuse(N_("This is an old Excel file or one with a password. Save it as .xlsx without a password."))
    if data.startswith(_DOCUMENTS) or PurePath(filename).suffix.lower() in (".pdf", ".doc", ".docx", ".xls"):
        raise _refuse(N_("This is no table that can be read. Save the table as .xlsx or .csv."))
    if data.startswith(b"PK\x03\x04"):
        return iter(_of_workbook(data))
    return _of_text(decoded(data))


def decoded(data: bytes) -> str:
    """The text of a CSV file: UTF-8 (with its mark or without), UTF-16 with its mark, or GB18030."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refuse(N_("The characters of this file cannot be read. Save it as .xlsx or as CSV in UTF-8."))


def _of_text(text: str) -> Iterator[_Raw]:
    beginning = "\n".join(text[:20_000].split("\n", _HEADING_WITHIN)[:_HEADING_WITHIN])
    delimiter = max(",\t;|", key=beginning.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    try:
        for cells in reader:
            yield _Raw(start, tuple(cell.strip() for cell in cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise _refuse(
            N_("Row %(row)d cannot be read: a cell is too long or a quotation mark is not closed."), row=start
        ) from error


def _of_workbook(data: bytes) -> list[_Raw]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > 1000 or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise _refuse(N_("The file is larger than 10 MB. Split it into several."))
            if "xl/workbook.xml" not in {entry.filename for entry in entries}:
                raise _refuse(N_("This is no table that can be read. Save the table as .xlsx or .csv."))
        return _first_sheet(data)
    except Refused:
        raise
    except Exception as error:  # openpyxl answers broken files with exceptions of every kind
        raise _refuse(
            N_("The workbook is damaged and cannot be read. Open it, save it anew as .xlsx and try again.")
        ) from error


def _first_sheet(data: bytes) -> list[_Raw]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    visible = [sheet for sheet in book.worksheets if getattr(sheet, "sheet_state", "visible") == "visible"]
    rows: list[_Raw] = []
    for sheet in visible[:1]:
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
            if len(rows) > MOST_ROWS + _HEADING_WITHIN:
                break  # more than anybody may send: the count of the rows says so
            formulas = frozenset(at for at, cell in enumerate(cells) if cell.data_type == "f")
            row = _Raw(number, tuple(_text(cell.value) for cell in cells), formulas)
            if any(row.cells):
                rows.append(row)
    book.close()
    return rows


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
