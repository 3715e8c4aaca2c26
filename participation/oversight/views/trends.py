"""How letters are answered over twelve months: a table, and the chart that is drawn from it."""

from flask import abort, render_template, request
from flask_babel import gettext

from participation import clock
from participation.access import Capability
from participation.accounts.queries import departments
from participation.errors import N_
from participation.mailbox.definitions import DEFINITIONS
from participation.mailbox.figures import MINIMUM_FOR_A_RATE
from participation.oversight.queries import trends as queries
from participation.oversight.views.blueprint import oversight
from participation.web.guards import requires
from participation.web.navigation import add_tab

add_tab("oversight.trends", N_("Trends"), Capability.READ_LEDGER, 84, under=("oversight.ledger",))
EXPLAINED = ("on_time", "extended", "late", "overdue", "rate", "median")


@oversight.get("/ledger/trends")
@requires(Capability.READ_LEDGER)
def trends() -> str:
    units = departments()
    asked = request.args.get("department", "")
    chosen = next((unit for unit in units if str(unit.id) == asked), None)
    if asked and chosen is None:
        abort(404)
    return render_template(
        "oversight/trends.html",
        found=queries.trends(now=clock.now(), department_id=chosen.id if chosen else None),
        departments=units,
        chosen=chosen,
        minimum=MINIMUM_FOR_A_RATE,
        definitions=[one for one in DEFINITIONS if one.key in EXPLAINED],
        translated=gettext,
    )
