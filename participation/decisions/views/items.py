"""Entering, editing and adjusting an item."""

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.decisions import queries, service
from participation.decisions.forms import AdjustForm, ItemForm
from participation.decisions.forms.parts import blame
from participation.decisions.models import Decision
from participation.decisions.rules import EXCLUDED, PROCEDURES, SCOPE
from participation.decisions.views.blueprint import bp, commit, found_catalogue, found_decision
from participation.errors import Refused
from participation.extensions import db
from participation.web.guards import current_actor, requires


def _page(form: ItemForm, year: int, decision: Decision | None = None) -> str:
    return render_template(
        "decisions/item_form.html",
        form=form,
        year=year,
        decision=decision,
        procedures=PROCEDURES,
        adjusting=isinstance(form, AdjustForm),
        criteria=found_catalogue(year).criteria,
        excluded=[_(label) for label in EXCLUDED.values()],
        scope=SCOPE,
    )


def _again(form: ItemForm, year: int, decision: Decision | None, refused: Refused | None = None) -> Response:
    if refused is not None:
        if refused.code != "invalid":
            raise refused
        db.session.rollback()
        blame(form, refused)
    return make_response(_page(form, year, decision), 422)


def _year_of(decision: Decision) -> int:
    """The year whose catalogue lists the item now; months without a year are read in it."""
    home = queries.catalogue_with_id(queries.home_of(decision)[0])
    return home.year if home is not None else decision.catalogue.year


def _fine(form: ItemForm, year: int, decision: Decision | None) -> bool:
    """Whether the form can be sent on; everything that the law rules out is shown at once."""
    fine = form.validate()
    for refused in service.item_refusals(form.fields(year=year, old=decision)):
        blame(form, refused)
        fine = False
    return fine


@bp.get("/desk/decisions/<int:year>/items/new")
@requires(Capability.MANAGE_CATALOGUE)
def new_item(year: int) -> str:
    return _page(ItemForm(formdata=None), found_catalogue(year).year)


@bp.post("/desk/decisions/<int:year>/items/new")
@requires(Capability.MANAGE_CATALOGUE)
def add_item(year: int) -> Response:
    catalogue, form = found_catalogue(year), ItemForm()
    if not _fine(form, year, None):
        return _again(form, year, None)
    try:
        service.add_item(catalogue, fields=form.fields(year=year), actor=current_actor(), now=clock.now())
    except Refused as refused:
        return _again(form, year, None, refused)
    commit()
    flash(_("The item is entered. It is public when its batch is published."))
    return redirect(url_for("decisions.desk", year=year), 303)


@bp.get("/desk/decisions/items/<int:decision_id>/edit")
@requires(Capability.MANAGE_CATALOGUE)
def edit_item(decision_id: int) -> str:
    found = found_decision(decision_id, current_actor())
    form = AdjustForm if found.published else ItemForm
    return _page(form.showing(found), _year_of(found), found)


@bp.post("/desk/decisions/items/<int:decision_id>/edit")
@requires(Capability.MANAGE_CATALOGUE)
def change_item(decision_id: int) -> Response:
    """Before publication an edit; afterwards an adjustment, with its reason."""
    found = found_decision(decision_id, current_actor())
    form: ItemForm = AdjustForm() if found.published else ItemForm()
    year = _year_of(found)
    if not _fine(form, year, found):
        return _again(form, year, found)
    fields = form.fields(year=year, old=found)
    try:
        if isinstance(form, AdjustForm):
            service.adjust_item(
                found,
                fields=fields,
                reason=form.reason.data or "",
                approved_on=form.approved_on.data,
                seen=form.version,
                actor=current_actor(),
                now=clock.now(),
            )
        else:
            service.edit_item(found, fields=fields, seen=form.version, actor=current_actor(), now=clock.now())
    except Refused as refused:
        return _again(form, year, found, refused)
    commit()
    flash(_("The item is changed."))
    return redirect(url_for("decisions.work", decision_id=decision_id), 303)
