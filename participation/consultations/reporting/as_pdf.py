"""The report as a PDF file."""

from flask import request
from flask_babel import gettext as _

from participation.consultations.reporting.content import Report
from participation.web.paper import Leaf, paper

_POINTS = (0.5, 2.2, 0.7, 0.7, 1, 3.4, 2.6)
_CHANGES = (1, 3.4, 3.4, 2.2)


def pdf(report: Report) -> bytes:
    lines = [_("Draft: the head has not approved it yet")] if report.drafted else []
    lines += [f"{label}：{value}" for label, value in report.facts]
    lines += [text for text in (report.equation, report.not_shown, report.summary) if text]
    counted = [
        Leaf(table.title, table.header, table.rows, (2, *[1] * (len(table.header) - 1)))
        for table in (report.by_clause, report.by_channel)
        if table.rows
    ]
    leaves = (
        [Leaf(report.points.title, report.points.header, report.points.rows, _POINTS)] if report.points.rows else []
    )
    leaves += counted
    if report.changes is not None and report.changes.rows:
        leaves.append(Leaf(report.changes.title, report.changes.header, report.changes.rows, _CHANGES))
    return paper(
        f"{report.title} {report.heading}",
        lines=lines,
        leaves=leaves,
        author=dict(report.facts).get(_("Department"), ""),
        subject=report.heading,
        foot=f"{report.title}  {request.host_url}",
    )
