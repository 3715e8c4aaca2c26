"""Word files as offices print them: real heading styles, tables whose first row repeats on each page."""

import io
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from flask import Response

from participation.web.printable import printable

BODY, HEADING, TITLE = "仿宋", "黑体", "宋体"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def new_document(title: str, *, landscape: bool = False, size: float = 14) -> Document:
    """An empty A4 document; `title` is what a list of files shows, `size` the points of its text."""
    document = docx.Document()
    document.core_properties.title = printable(title)[:255]
    document.core_properties.author = ""
    page = document.sections[0]
    page.page_width, page.page_height = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
    page.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    page.left_margin = page.right_margin = Cm(2.6)
    font(document.styles["Normal"], BODY, size)
    return document


def add_title(document: Document, text: str, *, size: float = 20) -> Paragraph:
    """The title in the middle of its line, as Word's own heading of the first level."""
    paragraph = document.add_heading(level=1)
    _black(paragraph, text, TITLE, size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def add_heading(document: Document, text: str, *, level: int = 2, size: float = 14) -> Paragraph:
    paragraph = document.add_heading(level=level)
    _black(paragraph, text, HEADING, size)
    return paragraph


def _black(paragraph: Paragraph, text: str, name: str, size: float) -> None:
    # Word's own heading styles are blue, which no office prints.
    run = paragraph.add_run(printable(text))
    font(run, name, size)
    run.font.color.rgb = RGBColor(0, 0, 0)


def add_lines(document: Document, text: str, *, name: str = BODY, size: float = 14, centred: bool = False) -> Paragraph:
    """A paragraph; line breaks in the text are line breaks in it."""
    paragraph = document.add_paragraph()
    font(paragraph.add_run(printable(text)), name, size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def add_table(
    document: Document,
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    widths: Sequence[float] = (),
    size: float = 10.5,
) -> None:
    """A table with lines; its first row repeats on each page and no row is torn. `widths` in centimetres."""
    grid = document.add_table(rows=1, cols=len(header))
    grid.style = "Table Grid"
    for cell, text in zip(grid.rows[0].cells, header, strict=True):
        font(cell.paragraphs[0].add_run(printable(text)), HEADING, size)
    _mark(grid.rows[0]._tr, "w:tblHeader")
    for values in rows:
        row = grid.add_row()
        _mark(row._tr, "w:cantSplit")
        for cell, value in zip(row.cells, values, strict=True):
            font(cell.paragraphs[0].add_run(printable(str(value))), BODY, size)
    if widths:
        grid.autofit = False
        for row in grid.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Cm(width)


def _mark(row, name: str) -> None:  # type: ignore[no-untyped-def]
    properties = row.get_or_add_trPr()
    properties.append(properties.makeelement(qn(name), {}))


def font(thing, name: str, size: float) -> None:  # type: ignore[no-untyped-def]
    """A style or a run; Word takes the font of Chinese characters from a place of its own."""
    thing.font.name, thing.font.size = name, Pt(size)
    thing.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def word_response(name: str, document: Document) -> Response:
    """A download; `name` is plain ASCII."""
    return Response(
        saved(document), mimetype=MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
