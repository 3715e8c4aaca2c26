"""For everybody: one unit's letters of the year, late ones first."""

from flask import abort, render_template
from flask_babel import gettext

from participation import clock
from participation.mailbox.definitions import DISTRIBUTION, SATISFACTION
from participation.mailbox.figures import ASPECTS, LEVELS, MINIMUM_FOR_A_RATE
from participation.mailbox.rating import ASPECTS as ASPECT_LABELS
from participation.mailbox.rating import LEVELS as LEVEL_LABELS
from participation.oversight.queries import department as queries
from participation.oversight.views.blueprint import oversight
from participation.web.guards import published


@oversight.get("/board/departments/<int:department_id>")
@published
def department(department_id: int) -> str:
    now = clock.now()
    found = queries.record(department_id, now=now)
    if found is None:
        abort(404)
    return render_template(
        "oversight/department.html",
        record=found,
        translated=gettext,
        aspects=ASPECTS,
        aspect_labels=ASPECT_LABELS,
        levels=LEVELS,
        level_labels=LEVEL_LABELS,
        satisfaction=SATISFACTION,
        distribution=DISTRIBUTION,
        minimum=MINIMUM_FOR_A_RATE,
    )
