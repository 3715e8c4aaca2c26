"""The monthly report as an XLSX file: one sheet a table. No cell is a formula."""

from flask_babel import gettext as _

from participation.mailbox.month_tables import tables, title
from participation.mailbox.queries.report import Report
from participation.web import workbook as writer
from participation.web.filters import moment


def workbook(report: Report) -> bytes:
    notes = [title(report), _("As of %(moment)s", moment=moment(report.as_of))]
    return writer.workbook(
        [
            writer.Sheet(heading, header, rows, notes if number == 0 else ())
            for number, (heading, header, rows) in enumerate(tables(report))
        ],
        title=title(report),
        author=_("People's Government of Zhoucun District, Government Office"),
    )
