"""The monthly report as a PDF file: A4, page numbers, every table with its headings on each page.

The Song face is one that PDF readers bring along for Chinese (STSong-Light), so that the file comes
out alike on a machine without Chinese fonts.
"""

import io
from typing import Any

from flask_babel import gettext as _
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from reportlab.platypus.flowables import Flowable

from participation.mailbox.month_tables import tables, title
from participation.mailbox.queries.report import Report
from participation.web.filters import moment
from participation.web.locale import is_chinese

FACE = "STSong-Light"
INK, RULE = colors.HexColor("#14284a"), colors.HexColor("#d8cdb9")
_BODY = ParagraphStyle("body", fontName=FACE, fontSize=8.5, leading=12, wordWrap="CJK", textColor=INK)
_NUMBER = ParagraphStyle("number", parent=_BODY, alignment=2)
_HEADING = ParagraphStyle("heading", parent=_BODY, fontSize=13, leading=18, spaceBefore=12, spaceAfter=5)
_TITLE = ParagraphStyle("title", parent=_BODY, fontSize=20, leading=28)


def paper(report: Report, *, address: str) -> bytes:
    """`address` of the site stands at the foot of every page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FACE))
    held = io.BytesIO()
    document = SimpleDocTemplate(
        held, pagesize=landscape(A4), leftMargin=16 * mm, rightMargin=16 * mm, topMargin=14 * mm, bottomMargin=16 * mm,
        title=title(report), author=_("People's Government of Zhoucun District, Government Office"),
        subject=_("How letters were answered"), lang="zh-CN" if is_chinese() else "en", invariant=1,
    )  # fmt: skip
    story: list[Flowable] = [
        Paragraph(_escaped(title(report)), _TITLE),
        Paragraph(_escaped(_("As of %(moment)s", moment=moment(report.as_of))), _BODY),
    ]
    for heading, header, rows in tables(report):
        story += [Paragraph(_escaped(heading), _HEADING), _table(header, rows, document.width), Spacer(1, 4)]

    def foot(canvas: Any, _document: Any) -> None:
        canvas.setFont(FACE, 8)
        canvas.setFillColor(INK)
        canvas.drawString(16 * mm, 9 * mm, f"{title(report)}  {address}")
        right = landscape(A4)[0] - 16 * mm
        canvas.drawRightString(right, 9 * mm, _("Page %(number)d", number=canvas.getPageNumber()))

    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return held.getvalue()


def _table(header: list[str], rows: list[list[str | int]], width: float) -> Table:
    lines = [[Paragraph(_escaped(str(text)), _BODY) for text in header]]
    for row in rows:
        lines.append([Paragraph(_escaped(str(cell)), _BODY if _is_text(cell) else _NUMBER) for cell in row])
    drawn = Table(lines, colWidths=_widths(len(header), width), repeatRows=1)
    drawn.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, 0), 1.2, INK),
                ("LINEBELOW", (0, 1), (-1, -1), 0.4, RULE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return drawn


def _is_text(cell: str | int) -> bool:
    return isinstance(cell, str) and not cell[:1].isdigit()


def _widths(columns: int, width: float) -> list[float]:
    """Three columns: figure, number, sentence; else the first is the wide one."""
    if columns == 3:
        return [0.2 * width, 0.1 * width, 0.7 * width]
    first = 0.5 if columns < 5 else 0.16
    return [first * width, *[(1 - first) * width / (columns - 1)] * (columns - 1)]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
