"""The office publishes the criteria, and opens, lengthens or ends the call for proposals."""

from datetime import timedelta
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.decisions.forms.call import CallForm, ChangeCallForm
from participation.decisions.forms.parts import VersionedForm, blame
from participation.decisions.models import Catalogue
from participation.decisions.queries import proposals as queries
from participation.decisions.service import calls
from participation.decisions.views.blueprint import bp, commit, found_catalogue
from participation.decisions.views.changed import what_changed
from participation.errors import N_, Refused
from participation.extensions import db
from participation.web.guards import current_actor, requires


def _to(year: int) -> Response:
    return redirect(url_for("decisions.desk", year=year), 303)


@bp.post("/desk/decisions/<int:year>/criteria/publish")
@requires(Capability.MANAGE_CATALOGUE)
def publish_criteria(year: int) -> Response:
    form = VersionedForm()
    calls.publish_criteria(found_catalogue(year), seen=form.version, actor=current_actor(), now=clock.now())
    commit()
    flash(_("The criteria are public."))
    return _to(year)


@bp.get("/desk/decisions/<int:year>/call")
@requires(Capability.MANAGE_CATALOGUE)
def call(year: int) -> Response:
    catalogue = found_catalogue(year)
    found = queries.call_of(year)
    if found is not None:
        return _page(catalogue, ChangeCallForm(formdata=None, data={"seen": str(found.version)}), 200)
    today = clock.local_date(clock.now())
    days = {"opens_on": today, "closes_on": today + timedelta(days=30), "answer_by": today + timedelta(days=90)}
    return _page(catalogue, CallForm(formdata=None, data=days), 200)


def _page(catalogue: Catalogue, form: Any, status: int, *, stale: bool = False) -> Response:
    found = queries.call_of(catalogue.year)
    if stale and found is not None:
        form.seen.data = str(found.version)
    return make_response(
        render_template(
            "decisions/call.html",
            catalogue=catalogue,
            call=found,
            call_state=found.state(clock.now()) if found is not None else "",
            form=form,
            changed=what_changed("proposal_call", found.id) if stale and found is not None else None,
        ),
        status,
    )


@bp.post("/desk/decisions/<int:year>/call")
@requires(Capability.MANAGE_CATALOGUE)
def open_call(year: int) -> Response:
    catalogue, form = found_catalogue(year), CallForm()
    if not form.validate():
        return _page(catalogue, form, 422)
    try:
        calls.open_call(
            catalogue,
            text=form.text.data or "",
            ways=form.ways.data or "",
            opens_on=form.opens_on.data,
            closes_on=form.closes_on.data,
            answer_by=form.answer_by.data,
            actor=current_actor(),
            now=clock.now(),
        )
        commit()
    except Refused as refused:
        if refused.code != "invalid":
            raise
        db.session.rollback()
        blame(form, refused)
        return _page(found_catalogue(year), form, 422)
    flash(_("The call is published. Everybody can send proposals."))
    return _to(year)


@bp.post("/desk/decisions/<int:year>/call/change")
@requires(Capability.MANAGE_CATALOGUE)
def change_call(year: int) -> Response:
    catalogue, form = found_catalogue(year), ChangeCallForm()
    found = queries.call_of(year)
    if found is None:
        raise Refused("wrong_time", N_("There is no call for this year yet."))
    ends = request.form.get("act") == "end"
    if not form.validate():
        return _page(catalogue, form, 422)
    try:
        shared: dict[str, Any] = {
            "reason": form.reason.data or "", "seen": form.version, "actor": current_actor(), "now": clock.now()
        }  # fmt: skip
        if ends:
            calls.close_call(found, **shared)
        elif form.closes_on.data is None:
            raise Refused("invalid", N_("Choose a day after the present last day."), field="closes_on")
        else:
            calls.lengthen_call(found, closes_on=form.closes_on.data, **shared)
        commit()
    except Refused as refused:
        if refused.code not in ("invalid", "conflict"):
            raise
        db.session.rollback()
        if refused.code == "conflict":
            return _page(found_catalogue(year), form, 409, stale=True)
        blame(form, refused)
        return _page(found_catalogue(year), form, 422)
    flash(_("The call has ended.") if ends else _("The call is longer now."))
    return _to(year)
