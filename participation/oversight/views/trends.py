"""How duties are kept, and how letters are answered, over twelve months: tables, and charts drawn from them."""

from flask import abort, render_template, request
from flask_babel import gettext

from participation import clock
from participation.access import Capability
from participation.accounts.models import Department
from participation.accounts.queries import departments
from participation.duties.rules import DUTIES
from participation.duties.tally import MINIMUM_FOR_A_RATE
from participation.errors import N_
from participation.mailbox import figures as letters
from participation.mailbox.definitions import DEFINITIONS
from participation.oversight.queries import trends as queries
from participation.oversight.queries.duty_trends import duty_trends
from participation.oversight.views.blueprint import oversight
from participation.web.guards import requires
from participation.web.navigation import add_tab

add_tab("oversight.trends", N_("Trends"), Capability.READ_LEDGER, 84, under=("oversight.ledger",))
EXPLAINED = ("on_time", "extended", "late", "overdue", "rate", "median")


def _chosen(units: list[Department]) -> Department | None:
    """The department of the address; 404 for one that does not exist."""
    asked = request.args.get("department", "")
    found = next((unit for unit in units if str(unit.id) == asked), None)
    if asked and found is None:
        abort(404)
    return found


@oversight.get("/ledger/trends")
@requires(Capability.READ_LEDGER)
def trends() -> str:
    units, kind = list(departments()), request.args.get("kind") or None
    chosen = _chosen(units)
    if kind is not None and kind not in DUTIES:
        abort(404)
    return render_template(
        "oversight/trends.html",
        found=duty_trends(now=clock.now(), kind=kind, department_id=chosen.id if chosen else None),
        departments=units,
        chosen=chosen,
        kind=kind,
        duties=DUTIES,
        minimum=MINIMUM_FOR_A_RATE,
    )


@oversight.get("/ledger/trends/letters")
@requires(Capability.READ_LEDGER)
def trends_of_letters() -> str:
    units = list(departments())
    chosen = _chosen(units)
    return render_template(
        "oversight/trends_letters.html",
        found=queries.trends(now=clock.now(), department_id=chosen.id if chosen else None),
        departments=units,
        chosen=chosen,
        minimum=letters.MINIMUM_FOR_A_RATE,
        definitions=[one for one in DEFINITIONS if one.key in EXPLAINED],
        translated=gettext,
    )
