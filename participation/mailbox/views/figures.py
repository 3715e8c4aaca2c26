"""For everybody: how letters are answered, in figures with their definitions, and the monthly reports."""

from flask import Response, abort, request

from participation import clock
from participation.mailbox import month_sheet
from participation.mailbox.definitions import AGAIN_LABELS, ASIDE, DEFINITIONS, DISTRIBUTION, SATISFACTION
from participation.mailbox.figures import ASPECTS, BUCKETS, LEVELS, MINIMUM_FOR_A_RATE
from participation.mailbox.queries import report as reports
from participation.mailbox.rating import ASPECTS as ASPECT_LABELS
from participation.mailbox.rating import LEVELS as LEVEL_LABELS
from participation.mailbox.views.blueprint import bp, page
from participation.web.guards import published

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/letters/figures", endpoint="figures")
@published
def latest_month() -> tuple[str, int]:
    """The last month that is over; in the first month of all, the running one."""
    now = clock.now()
    return _page(reports.report(reports.latest(now=now), now=now))


@bp.get("/letters/figures/<month>", endpoint="month_report")
@published
def month_report(month: str) -> tuple[str, int] | Response:
    """The report of a month that is over: 2026-10 as a page, 2026-10.xlsx and 2026-10.pdf as files."""
    now = clock.now()
    name, _, suffix = month.partition(".")
    wanted = reports.month_named(name, now=now)
    if wanted is None or suffix not in ("", "xlsx", "pdf") or month.endswith("."):
        abort(404)
    found = reports.report(wanted, now=now)
    if suffix == "xlsx":
        return _file(month_sheet.workbook(found), XLSX, f"letters-{name}.xlsx")
    if suffix == "pdf":
        from participation.mailbox import month_paper  # here: it brings reportlab

        return _file(month_paper.paper(found, address=request.host_url), "application/pdf", f"letters-{name}.pdf")
    return _page(found)


def _page(found: reports.Report) -> tuple[str, int]:
    return page(
        "figures.html",
        report=found,
        definitions=DEFINITIONS,
        aside=ASIDE,
        again=AGAIN_LABELS,
        buckets=BUCKETS,
        aspects=ASPECTS,
        aspect_labels=ASPECT_LABELS,
        levels=LEVELS,
        level_labels=LEVEL_LABELS,
        satisfaction=SATISFACTION,
        distribution=DISTRIBUTION,
        minimum=MINIMUM_FOR_A_RATE,
    )


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
