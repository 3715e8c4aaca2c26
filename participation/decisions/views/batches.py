"""Beginning a year, its criteria, approvals and publication."""

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.decisions import service
from participation.decisions.forms import ApprovalForm, CriteriaForm, PublishForm, YearForm
from participation.decisions.forms.parts import blame
from participation.decisions.models import Catalogue, CatalogueBatch
from participation.decisions.views.blueprint import bp, commit, found_catalogue
from participation.decisions.views.desk import year_page
from participation.errors import N_, Refused
from participation.extensions import db
from participation.web.guards import current_actor, requires


def _to(year: int) -> Response:
    return redirect(url_for("decisions.desk", year=year), 303)


def _again(year: int, **form: object) -> Response:
    db.session.rollback()
    return make_response(year_page(found_catalogue(year), **form), 422)  # type: ignore[arg-type]


def _draft(catalogue: Catalogue) -> CatalogueBatch:
    if catalogue.draft is None:
        raise Refused("wrong_time", N_("There is no batch in preparation. Add an item first."))
    return catalogue.draft


@bp.post("/desk/decisions/years")
@requires(Capability.MANAGE_CATALOGUE)
def begin() -> Response:
    form = YearForm()
    if form.validate():
        try:
            service.begin_year(
                year=form.number or 0, criteria=form.criteria.data or "", actor=current_actor(), now=clock.now()
            )
            commit()
        except Refused as refused:
            if refused.code not in ("invalid", "conflict"):
                raise
            db.session.rollback()
            blame(form, refused)
        else:
            flash(_("The catalogue of %(year)s is begun. Now add items or import a file.", year=form.number))
            return _to(form.number or 0)
    return make_response(render_template("decisions/desk_begin.html", form=form), 422)


@bp.post("/desk/decisions/<int:year>/criteria")
@requires(Capability.MANAGE_CATALOGUE)
def criteria(year: int) -> Response:
    catalogue, form = found_catalogue(year), CriteriaForm()
    if not form.validate():
        return _again(year, criteria=form)
    service.write_criteria(
        catalogue,
        criteria=form.criteria.data or "",
        note=form.note.data or "",
        seen=form.version,
        actor=current_actor(),
        now=clock.now(),
    )
    commit()
    flash(_("The criteria are saved."))
    return _to(year)


@bp.post("/desk/decisions/<int:year>/approvals")
@requires(Capability.MANAGE_CATALOGUE)
def approvals(year: int) -> Response:
    catalogue, form = found_catalogue(year), ApprovalForm()
    if not form.validate():
        return _again(year, approvals=form)
    try:
        service.record_approvals(
            _draft(catalogue),
            government_approved_on=form.government_approved_on.data,
            government_meeting=form.government_meeting.data or "",
            party_agreed_on=form.party_agreed_on.data,
            party_document_no=form.party_document_no.data,
            seen=form.version,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        if refused.code != "invalid":
            raise
        blame(form, refused)
        return _again(year, approvals=form)
    commit()
    flash(_("The approvals are recorded."))
    return _to(year)


@bp.post("/desk/decisions/<int:year>/publish")
@requires(Capability.MANAGE_CATALOGUE)
def publish(year: int) -> Response:
    catalogue, form = found_catalogue(year), PublishForm()
    if not form.validate():
        return _again(year, publish=form)
    try:
        service.publish_batch(
            _draft(catalogue), reason=form.reason.data or "", seen=form.version, actor=current_actor(), now=clock.now()
        )
    except Refused as refused:
        if refused.code != "invalid":
            raise
        blame(form, refused)
        return _again(year, publish=form)
    commit()
    flash(_("Published. Everybody can read it now."))
    return _to(year)
