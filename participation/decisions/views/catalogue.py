"""The year's catalogue for everybody."""

from flask import current_app, render_template, url_for

from participation.decisions.progress import GROUPS
from participation.decisions.rules import CATEGORIES, FIELDS, deadline
from participation.decisions.views.blueprint import bp
from participation.decisions.views.lines import asked, grouped
from participation.web.guards import published

PROPOSING = "decisions.propose"


@bp.get("/decisions")
@published
def catalogue() -> str:
    found = asked()
    if found is None:
        return render_template("decisions/none.html", propose_url=_propose_url())
    year = found.year.catalogue
    return render_template(
        "decisions/catalogue.html",
        catalogue=year,
        batches=[batch for batch in year.batches if batch.published_at],
        changes=found.year.changes,
        changed_at=found.year.changed_at,
        years=found.years,
        total=len(found.every),
        shown=len(found.lines),
        groups=grouped(found.lines),
        group_keys=GROUPS,
        units=sorted({unit for line in found.every if (unit := line.entry.shown("lead_unit"))}),
        categories=CATEGORIES,
        fields=FIELDS,
        filters=found.filters,
        query=found.query,
        due_on=deadline(year.year),
        propose_url=_propose_url(),
    )


def _propose_url() -> str:
    return url_for(PROPOSING) if PROPOSING in current_app.view_functions else ""
