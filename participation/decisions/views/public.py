"""The catalogue, one decision's chain, and what was adjusted: for everybody."""

from flask import render_template

from participation import clock
from participation.decisions import comment_periods, queries
from participation.decisions.progress import progress_of
from participation.decisions.rules import BODIES, CATEGORIES, FIELDS, PROCEDURES, survey_required
from participation.decisions.views.blueprint import bp, found_decision
from participation.evidence import service as evidence
from participation.web.guards import current_actor, public
from participation.web.month import month_strip


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
        fields=FIELDS,
        survey_required=survey_required(found),
        carries=[row for row in queries.carries_of(found.id) if row.published],
        entry=evidence.entry_for("decision", found.id),
    )
