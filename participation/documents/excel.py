"""From an Excel file to lines of text: each sheet's name, then its rows as `| cell | cell |`.

The file has passed `files.recognise` before. What is hidden in it is not read; `unseen` tells of it.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from participation.errors import N_, Refused

SHEETS, ROWS, COLUMNS, CELL = 5, 500, 30, 2000
_MOST_STRINGS = 20 * 1024 * 1024
"""Bytes of the shared texts of a file; with more of them it is offered as a download only."""


@dataclass(frozen=True)
class ExcelText:
    """`cut`: the file has more sheets, rows, columns or longer cells than are shown."""

    text: str
    cut: bool


def read_excel(path: Path) -> ExcelText:
    """The visible sheets, as far as the limits go. Raises Refused("invalid", field="file") when the file
    is no workbook."""
    # Loaded here: it brings numpy, 17 MB that most processes never need.
    from openpyxl import load_workbook

    try:
        if _strings(path) > _MOST_STRINGS:
            return ExcelText("", True)
        # Kept files have no extension, and openpyxl goes by that of a path.
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=True)
            reader = _Reader()
            lines = list(reader.lines(book))
            book.close()
    except Exception:
        # A package that is well formed as a ZIP can still be no workbook in a hundred ways.
        raise Refused(
            "invalid",
            N_("The file cannot be read as an Excel workbook. Save it in Excel as .xlsx again, then choose it again."),
            field="file",
        ) from None
    return ExcelText("\n".join(lines), reader.cut)


def _strings(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return sum(entry.file_size for entry in archive.infolist() if entry.filename == "xl/sharedStrings.xml")


class _Reader:
    def __init__(self) -> None:
        self.cut = False

    def lines(self, book: Any) -> Iterator[str]:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        self.cut = len(shown) > SHEETS
        for sheet in shown[:SHEETS]:
            rows = list(self._rows(sheet))
            if not rows:
                continue
            if len(shown) > 1:
                yield " ".join(str(sheet.title).split())
            width = max(len(row) for row in rows)
            for row in rows:
                # A single column is no table but lines.
                filled = row + [""] * (width - len(row))
                yield f"| {' | '.join(filled)} |" if width > 1 else row[0]

    def _rows(self, sheet: Any) -> Iterator[list[str]]:
        # The size that a sheet claims for itself is not believed.
        sheet.reset_dimensions()
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            if number > ROWS:
                self.cut = self.cut or any(value is not None for value in values)
                return
            self.cut = self.cut or any(value is not None for value in values[COLUMNS:])
            cells = [self._cell(value) for value in values[:COLUMNS]]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield cells

    def _cell(self, value: object) -> str:
        text = " ".join(_plain(value).split()).replace("|", "｜")
        self.cut = self.cut or len(text) > CELL
        return text[:CELL]


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    return str(value)
