"""The monthly report as a PDF file."""

from flask_babel import gettext as _

from participation.mailbox.month_tables import tables, title
from participation.mailbox.queries.report import Report
from participation.web import paper as writer
from participation.web.filters import moment


def paper(report: Report, *, address: str) -> bytes:
    """`address` of the site stands at the foot of every page."""
    return writer.paper(
        title(report),
        lines=[_("As of %(moment)s", moment=moment(report.as_of))],
        leaves=[writer.Leaf(heading, header, rows, _widths(len(header))) for heading, header, rows in tables(report)],
        author=_("People's Government of Zhoucun District, Government Office"),
        subject=_("How letters were answered"),
        foot=f"{title(report)}  {address}",
    )


def _widths(columns: int) -> list[float]:
    """Three columns: figure, number, sentence; else the first is the wide one."""
    if columns == 3:
        return [0.2, 0.1, 0.7]
    first = 0.5 if columns < 5 else 0.16
    return [first, *[(1 - first) / (columns - 1)] * (columns - 1)]
