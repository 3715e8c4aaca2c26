"""PDF files for meetings and files: A4, page numbers, every table with its headings on each page.

The Song face is one that PDF readers bring along for Chinese (STSong-Light), so that the file comes
out alike on a machine without Chinese fonts.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import CondPageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from reportlab.platypus.flowables import Flowable

from participation.web.locale import is_chinese
from participation.web.printable import printable

MEDIA_TYPE = "application/pdf"
FACE = "STSong-Light"
INK, RULE = colors.HexColor("#14284a"), colors.HexColor("#d8cdb9")
_BODY = ParagraphStyle("body", fontName=FACE, fontSize=8.5, leading=12, wordWrap="CJK", textColor=INK)
_NUMBER = ParagraphStyle("number", parent=_BODY, alignment=2)
_LINE = ParagraphStyle("line", parent=_BODY, fontSize=10.5, leading=16, spaceAfter=3)
_HEADING = ParagraphStyle("heading", parent=_BODY, fontSize=13, leading=18, spaceBefore=12, spaceAfter=5)
_TITLE = ParagraphStyle("title", parent=_BODY, fontSize=20, leading=28)


@dataclass(frozen=True)
class Leaf:
    """One table under its heading. `widths` are shares of the page's width, one for each column."""

    heading: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    widths: Sequence[float]


def paper(title: str, *, lines: Sequence[str], leaves: Sequence[Leaf], author: str, subject: str, foot: str) -> bytes:
    """The file. `lines` stand below the title, `foot` below every page beside its number. The same
    content gives the same bytes."""
    pdfmetrics.registerFont(UnicodeCIDFont(FACE))
    held = io.BytesIO()
    document = SimpleDocTemplate(
        held, pagesize=landscape(A4), leftMargin=16 * mm, rightMargin=16 * mm, topMargin=14 * mm, bottomMargin=16 * mm,
        title=printable(title), author=author, subject=subject, lang="zh-CN" if is_chinese() else "en", invariant=1,
    )  # fmt: skip
    story: list[Flowable] = [Paragraph(_marked(title), _TITLE), *(Paragraph(_marked(line), _LINE) for line in lines)]
    for leaf in leaves:
        # No heading alone at the foot of a page.
        story.append(CondPageBreak(45 * mm))
        story += [Paragraph(_marked(leaf.heading), _HEADING), _table(leaf, document.width), Spacer(1, 4)]

    def below(canvas: Any, _document: Any) -> None:
        canvas.setFont(FACE, 8)
        canvas.setFillColor(INK)
        canvas.drawString(16 * mm, 9 * mm, printable(foot)[:110])
        right = landscape(A4)[0] - 16 * mm
        canvas.drawRightString(right, 9 * mm, _("Page %(number)d", number=canvas.getPageNumber()))

    document.build(story, onFirstPage=below, onLaterPages=below)
    return held.getvalue()


def _table(leaf: Leaf, width: float) -> Table:
    lines = [[Paragraph(_marked(text), _BODY) for text in leaf.header]]
    lines += [[_cell(value) for value in row] for row in leaf.rows]
    total = sum(leaf.widths)
    drawn = Table(lines, colWidths=[width * share / total for share in leaf.widths], repeatRows=1, splitInRow=1)
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


def _cell(value: object) -> Paragraph:
    text = str(value)
    is_number = isinstance(value, int | float) or (text[:1].isdigit() and len(text) < 12)
    return Paragraph(_marked(text), _NUMBER if is_number else _BODY)


def _marked(text: str) -> str:
    text = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\n", "<br/>")
