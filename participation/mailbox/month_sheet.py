"""The monthly report as an XLSX file: one sheet a table. No cell is a formula."""

import io

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from participation.mailbox.month_tables import tables, title
from participation.mailbox.queries.report import Report
from participation.web.filters import moment
from participation.web.spreadsheet import neutral


def workbook(report: Report) -> bytes:
    book = Workbook(write_only=True)
    book.properties.title = title(report)
    book.properties.creator = _("People's Government of Zhoucun District, Government Office")
    for number, (heading, header, rows) in enumerate(tables(report)):
        sheet = book.create_sheet(heading[:31])
        widths = [max(len(str(line[place])) for line in [header, *rows]) for place in range(len(header))]
        for place, width in enumerate(widths):
            sheet.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]].width = min(8 + 2 * width, 60)
        if number == 0:
            sheet.append([_cell(sheet, title(report), bold=True)])
            sheet.append([_cell(sheet, _("As of %(moment)s", moment=moment(report.as_of)))])
        sheet.append([_cell(sheet, text, bold=True) for text in header])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _cell(sheet: object, value: str | int, *, bold: bool = False) -> WriteOnlyCell:
    """A number as a number, all else as text: openpyxl would take a leading = for a formula."""
    cell = WriteOnlyCell(sheet, value=value if isinstance(value, int) else neutral(value))
    if not isinstance(value, int):
        cell.data_type = "s"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
