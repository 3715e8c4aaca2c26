"""The report as a Word file for the meeting, in the fonts that offices print."""

from flask_babel import gettext as _

from participation.consultations.reporting.content import Report
from participation.web import word as paper
from participation.web.printable import printable

MEDIA_TYPE = paper.MEDIA_TYPE


def word(report: Report) -> bytes:
    """A4, headings that Word's navigation shows, tables whose first row repeats on each page."""
    document = paper.new_document(f"{report.title} {report.heading}")
    paper.add_lines(document, f"{report.title}\n{report.heading}", name=paper.TITLE, size=20, centred=True)
    if report.drafted:
        paper.add_lines(document, _("Draft: the head has not approved it yet"), size=12, centred=True)
    for label, value in report.facts:
        document.add_paragraph(printable(f"{label}：{value}"))
    paper.add_heading(document, _("The equation of the comments"))
    document.add_paragraph(report.equation)
    for text in (report.not_shown, report.summary):
        if text:
            document.add_paragraph(printable(text))
    for table in (report.points, report.by_clause, report.by_channel, report.changes):
        if table is not None and table.rows:
            paper.add_heading(document, table.title)
            paper.add_table(document, table.header, table.rows)
    return paper.saved(document)
