"""The catalogue, one decision's chain, and what was adjusted: for everybody."""

from flask import Response, abort, render_template, request
from flask_babel import gettext as _

from participation import clock
from participation.decisions import comment_periods, queries
from participation.decisions.importing.words import plain
from participation.decisions.progress import GROUPS, Progress, grouped, progress_of
from participation.decisions.rules import BODIES, CATEGORIES, PROCEDURES, deadline
from participation.decisions.views.blueprint import bp, found_catalogue, found_decision
from participation.evidence import service as evidence
from participation.web.fields import narrow
from participation.web.guards import current_actor, public
from participation.web.month import month_strip
from participation.web.spreadsheet import csv_response


def _asked_year(years: list[int]) -> int | None:
    """The year of the address, else the newest; 404 for a year without a public catalogue."""
    text = request.args.get("year", "")
    if not text:
        return years[0] if years else None
    year = int(narrow(text)) if narrow(text).isdecimal() and len(text) == 4 else 0
    return year if year in years else abort(404)


def _lines(year: int) -> list[Progress]:
    now = clock.now()
    decisions = queries.of_year(year)
    periods = comment_periods.of({row.id for row in decisions})
    return [progress_of(row, periods.get(row.id, []), now=now) for row in decisions]


def _wanted(lines: list[Progress], group: str, unit: str, words: str) -> list[Progress]:
    return [
        line
        for line in lines
        if (not group or line.group == group)
        and (not unit or unit == line.decision.lead_unit)
        and (not words or words.lower() in line.decision.title.lower())
    ]


@bp.get("/decisions")
@public
def catalogue() -> str:
    years = queries.years()
    year = _asked_year(years)
    if year is None:
        return render_template("decisions/none.html")
    found = found_catalogue(year)
    lines = _lines(year)
    group, unit, words = (plain(request.args.get(name, ""))[:120] for name in ("stage", "unit", "q"))
    group = group if group in GROUPS else ""
    return render_template(
        "decisions/catalogue.html",
        catalogue=found,
        batches=[batch for batch in found.batches if batch.published_at],
        years=years,
        total=len(lines),
        groups=grouped(_wanted(lines, group, unit, words)),
        units=sorted({line.decision.lead_unit for line in lines if line.decision.lead_unit}),
        asked={"stage": group, "unit": unit, "q": words},
        due_on=deadline(year),
        adjustments=queries.adjustments_of(found.id),
    )


@bp.get("/decisions/<int:decision_id>")
@public
def item(decision_id: int) -> str:
    found = found_decision(decision_id, current_actor())
    now = clock.now()
    today = clock.local_date(now)
    progress = progress_of(found, comment_periods.of({found.id}).get(found.id, []), now=now)
    return render_template(
        "decisions/item.html",
        decision=found,
        progress=progress,
        months={period.id: month_strip(period.starts_on, period.ends_on, today=today) for period in progress.periods},
        today=today,
        now=now,
        categories=CATEGORIES,
        procedures=PROCEDURES,
        bodies=BODIES,
        entry=evidence.entry_for("decision", found.id),
    )


@bp.get("/decisions/adjustments/<int:year>")
@public
def adjustments(year: int) -> str:
    found = found_catalogue(year)
    if found.published_at is None:
        abort(404)
    return render_template(
        "decisions/adjustments.html",
        catalogue=found,
        adjustments=queries.adjustments_of(found.id),
        categories=CATEGORIES,
        procedures=PROCEDURES,
        bodies=BODIES,
    )


@bp.get("/decisions/catalogue.csv")
@public
def export() -> Response:
    """The year's items in the union of the fields that offices publish."""
    year = _asked_year(queries.years())
    if year is None:
        abort(404)
    header = [
        _("Number"),
        _("Title of the decision"),
        _("Category"),
        _("Unit in the lead"),
        _("Units that help"),
        _("Basis"),
        *(_(label) for label in PROCEDURES.values()),
        _("Hearing"),
        _("Planned time"),
        _("Who decides"),
        _("Stage"),
        _("Batch"),
    ]
    applies = {"applicable": _("Applies"), "not": _("Does not apply"), "unknown": ""}
    rows = []
    for line in _lines(year):
        row = line.decision
        rows.append(
            [
                row.number,
                row.title,
                _(CATEGORIES[row.category]) if row.category else "",
                row.lead_unit,
                "、".join(row.joint_units or []),
                row.basis,
                *(applies[row.state_of(key)] for key in PROCEDURES),
                applies[row.hearing],
                row.planned_text,
                _(BODIES[row.body]),
                _(line.current.step.label) if line.current else _("Finished or stopped"),
                row.batch.number,
            ]
        )
    return csv_response(f"catalogue-{year}.csv", header, rows)
