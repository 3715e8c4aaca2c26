"""The report as an Excel file: a sheet for each table."""

from participation.consultations.reporting.content import Report
from participation.web.workbook import Sheet, workbook


def excel(report: Report) -> bytes:
    notes = [f"{report.title} {report.heading}", *(f"{label}：{value}" for label, value in report.facts)]
    notes += [text for text in (report.equation, report.not_shown) if text]
    tables = [table for table in (report.points, report.by_clause, report.by_channel, report.changes) if table]
    return workbook(
        [Sheet(table.title, table.header, table.rows, notes if at == 0 else ()) for at, table in enumerate(tables)]
    )
