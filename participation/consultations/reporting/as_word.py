"""The report as a Word file for the meeting, in the fonts that offices print."""

import io

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from flask_babel import gettext as _

from participation.consultations.reporting.content import Report, Table
from participation.web.printable import printable

BODY, HEADING, TITLE = "仿宋", "黑体", "宋体"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word(report: Report) -> bytes:
    """A4, headings that Word's navigation shows, tables whose first row repeats on each page."""
    document = docx.Document()
    document.core_properties.title = printable(f"{report.title} {report.heading}")[:255]
    document.core_properties.author = ""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.6)
    _font(document.styles["Normal"], BODY, 14)
    title = _lines(document, f"{report.title}\n{report.heading}", TITLE, 20)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if report.drafted:
        _lines(document, _("Draft: the head has not approved it yet"), BODY, 12).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for label, value in report.facts:
        document.add_paragraph(printable(f"{label}：{value}"))
    _heading(document, _("The equation of the comments"))
    document.add_paragraph(report.equation)
    for text in (report.not_shown, report.summary):
        if text:
            document.add_paragraph(printable(text))
    for table in (report.points, report.by_clause, report.by_channel, report.changes):
        if table is not None and table.rows:
            _heading(document, table.title)
            _table(document, table)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _table(document: Document, table: Table) -> None:
    grid = document.add_table(rows=1, cols=len(table.header))
    grid.style = "Table Grid"
    for cell, text in zip(grid.rows[0].cells, table.header, strict=True):
        _cell(cell.paragraphs[0], text, HEADING)
    properties = grid.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))
    for row in table.rows:
        for cell, value in zip(grid.add_row().cells, row, strict=True):
            _cell(cell.paragraphs[0], str(value), BODY)


def _cell(paragraph: Paragraph, text: str, font: str) -> None:
    _font(paragraph.add_run(printable(text)), font, 10.5)


def _heading(document: Document, text: str) -> None:
    paragraph = document.add_heading(level=2)
    _font(paragraph.add_run(printable(text)), HEADING, 14)


def _lines(document: Document, text: str, font: str, size: float) -> Paragraph:
    paragraph = document.add_paragraph()
    _font(paragraph.add_run(printable(text)), font, size)
    return paragraph


def _font(thing, name: str, size: float) -> None:  # type: ignore[no-untyped-def]
    """A style or a run; Word takes the font of Chinese characters from a place of its own."""
    thing.font.name, thing.font.size = name, Pt(size)
    thing.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
