"""The ledger: every duty by how late it is, each with its date explained."""

from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from participation import clock
from participation.access import Capability
from participation.accounts.queries import departments
from participation.duties import queries as duties
from participation.duties.calendar import store
from participation.duties.history import moment
from participation.duties.places import MANY
from participation.duties.rules import BASIS_LABELS, DUTIES, STATE_LABELS
from participation.errors import N_
from participation.extensions import db
from participation.oversight import inquiries, inquiring, packing, saving, service
from participation.oversight.filtering import STANDING, filter_of, moment_of, near, written
from participation.oversight.forms import FindingForm
from participation.oversight.queries import ledger as queries
from participation.oversight.queries.board import with_lateness
from participation.oversight.queries.reasons import reasons
from participation.oversight.views.blueprint import oversight
from participation.web.forms import Form
from participation.web.guards import current_actor, requires
from participation.web.navigation import add_tab

add_tab("oversight.ledger", N_("Ledger"), Capability.READ_LEDGER, 32)


@oversight.get("/ledger")
@requires(Capability.READ_LEDGER)
def ledger() -> str:
    actor, now, filters = current_actor(), clock.now(), filter_of(request.args)
    wanted = request.args.get("at", "").strip()[:40]
    at, wrong = _moment(wanted, now)
    after = request.args.get("after")
    if at is None:
        page = duties.ledger(now=now, actor=actor, filters=filters, after=after, history=False)
    else:
        page = moment.ledger_at(at, actor=actor, filters=filters, after=after)
    rows = with_lateness(page.rows, now=page.as_of)
    units = departments()
    query = {key: request.args.getlist(key) for key in (*saving.KEPT, "at") if key in request.args}
    return render_template(
        "oversight/ledger.html",
        page=page,
        rows=rows,
        reasons=reasons(rows, as_of=page.as_of),
        may_mark=actor.can(Capability.WRITE_FINDING),
        versions={one.label: one for one in store.versions()},
        units=len(units),
        many=MANY,
        filters=filters,
        standing=filters.states == STANDING,
        departments=units,
        duties=DUTIES,
        state_labels=STATE_LABELS,
        basis_labels=BASIS_LABELS,
        query=query,
        filtered=[key for key in query if key != "at"],
        wanted=written(at) if at else wanted,
        wrong=wrong,
        at=at,
        at_text=written(at) if at else "",
        moments=near(now),
        kept=[(one, saving.key_of(one)) for one in saving.of(actor.person_id or 0)],
        form=Form(),
        keeping=saving.query_of(request.args),
        pack_rows=packing.ROWS,
        pack_receipts=packing.RECEIPTS,
        complete=at is None or moment.is_complete(),
    )


def _moment(wanted: str, now: datetime) -> tuple[datetime | None, str]:
    """The past instant that was asked for, and why it cannot be shown."""
    if not wanted:
        return None, ""
    at = moment_of(wanted)
    if at is None:
        return None, _("Write the moment like 2026-11-16 24:00 or 2026-11-16 9:30.")
    if at > now:
        return None, _("This moment is still to come. Below is the ledger as it stands now.")
    return at, ""


@oversight.get("/ledger/<int:duty_id>")
@requires(Capability.READ_LEDGER)
def duty(duty_id: int) -> str:
    return _duty_page(duty_id, FindingForm())


def _duty_page(duty_id: int, form: FindingForm) -> str:
    found = queries.visible_duty(duty_id, actor=current_actor())
    if found is None:
        abort(404)
    actor, now = current_actor(), clock.now()
    followed = [one for one in inquiries.of_duty(duty_id) if inquiries.visible(one.id, actor=actor)]
    return render_template(
        "oversight/duty.html",
        now=now,
        explained=queries.explained(found, actor=current_actor(), now=now),
        rule=DUTIES[found.kind],
        state_labels=STATE_LABELS,
        basis_labels=BASIS_LABELS,
        form=form,
        followed=followed,
        inquiry_stages=inquiring.STAGES,
        may_mark=actor.can(Capability.WRITE_FINDING) and all(one.stage in inquiring.ENDED for one in followed),
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
