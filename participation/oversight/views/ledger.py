"""The ledger: every duty by how late it is, each with its date explained."""

from contextlib import suppress
from datetime import date

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from participation import clock
from participation.access import Capability
from participation.accounts.queries import departments
from participation.duties import queries as duties
from participation.duties.ledger import LedgerFilter
from participation.duties.places import MANY
from participation.duties.rules import BASIS_LABELS, DUTIES, STATE_LABELS, State
from participation.errors import N_
from participation.extensions import db
from participation.oversight import service
from participation.oversight.forms import FindingForm
from participation.oversight.queries import ledger as queries
from participation.oversight.queries.board import with_lateness
from participation.oversight.views.blueprint import oversight
from participation.web.guards import current_actor, requires
from participation.web.navigation import add_tab
from participation.web.spreadsheet import csv_response

add_tab("oversight.ledger", N_("Ledger"), Capability.READ_LEDGER, 32)


STANDING = (State.OVERDUE, State.DUE_SOON, State.OPEN, State.MET_LATE)
"""What the ledger shows when nothing is chosen: whatever is not done, and what was done late."""


def _filters() -> LedgerFilter:
    """What the address asks for; a value that is none of ours is left out, as if not given."""
    asked = request.args
    states = tuple(state for state in State if state.value in asked.getlist("state"))
    if not states and asked.get("state", "standing") == "standing":
        states = STANDING
    days: dict[str, date] = {}
    for name in ("due_from", "due_until"):
        with suppress(ValueError):
            days[name] = date.fromisoformat(asked.get(name, ""))
    department = asked.get("department", "")
    number = int(department) if department.isascii() and department.isdigit() and len(department) < 10 else None
    return LedgerFilter(
        kinds=tuple(kind for kind in DUTIES if kind in asked.getlist("kind")),
        bases=tuple(basis for basis in BASIS_LABELS if basis in asked.getlist("basis")),
        department_id=number,
        states=states,
        due_from=days.get("due_from"),
        due_until=days.get("due_until"),
    )


@oversight.get("/ledger")
@requires(Capability.READ_LEDGER)
def ledger() -> str:
    actor, now, filters = current_actor(), clock.now(), _filters()
    page = duties.ledger(now=now, actor=actor, filters=filters, after=request.args.get("after"))
    rows = with_lateness(page.rows, now=page.as_of)
    query = {key: request.args.getlist(key) for key in request.args if key not in ("after", "lang", "size")}
    return render_template(
        "oversight/ledger.html",
        page=page,
        rows=rows,
        many=MANY,
        filters=filters,
        standing=filters.states == STANDING,
        departments=departments(),
        duties=DUTIES,
        state_labels=STATE_LABELS,
        basis_labels=BASIS_LABELS,
        query=query,
    )


@oversight.get("/ledger.csv")
@requires(Capability.READ_LEDGER)
def ledger_csv() -> Response:
    rows = queries.export_rows(_filters(), actor=current_actor(), now=clock.now())
    return csv_response("ledger.csv", queries.EXPORT_HEADER, rows)


@oversight.get("/ledger/<int:duty_id>")
@requires(Capability.READ_LEDGER)
def duty(duty_id: int) -> str:
    return _duty_page(duty_id, FindingForm())


def _duty_page(duty_id: int, form: FindingForm) -> str:
    found = queries.visible_duty(duty_id, actor=current_actor())
    if found is None:
        abort(404)
    now = clock.now()
    return render_template(
        "oversight/duty.html",
        now=now,
        explained=queries.explained(found, actor=current_actor(), now=now),
        rule=DUTIES[found.kind],
        state_labels=STATE_LABELS,
        basis_labels=BASIS_LABELS,
        form=form,
    )


@oversight.post("/ledger/<int:duty_id>/findings")
@requires(Capability.WRITE_FINDING)
def write_finding(duty_id: int) -> Redirect | tuple[str, int]:
    actor = current_actor()
    found = queries.visible_duty(duty_id, actor=actor)
    if found is None:
        abort(404)
    form = FindingForm()
    if not form.validate_on_submit():
        return _duty_page(duty_id, form), 422
    service.write_finding(found, text=form.text.data or "", actor=actor, now=clock.now())
    db.session.commit()
    flash(_("Your finding is recorded."))
    return redirect(url_for("oversight.duty", duty_id=duty_id), 303)
