"""Taking an item out: quietly before publication, afterwards with a reason that stays public."""

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.decisions import service
from participation.decisions.forms import RemoveForm
from participation.decisions.forms.parts import VersionedForm, blame
from participation.decisions.views.blueprint import bp, commit, found_decision
from participation.errors import Refused
from participation.extensions import db
from participation.web.guards import current_actor, requires


@bp.get("/desk/decisions/items/<int:decision_id>/remove")
@requires(Capability.MANAGE_CATALOGUE)
def removal(decision_id: int) -> str:
    found = found_decision(decision_id, current_actor())
    form = RemoveForm(formdata=None, data={"seen": str(found.version)})
    return render_template("decisions/remove.html", decision=found, form=form)


@bp.post("/desk/decisions/items/<int:decision_id>/remove")
@requires(Capability.MANAGE_CATALOGUE)
def remove(decision_id: int) -> Response:
    found, form = found_decision(decision_id, current_actor()), RemoveForm()
    if not found.published:
        seen = VersionedForm()
        service.withdraw_item(found, seen=seen.version, actor=current_actor(), now=clock.now())
    elif not form.validate():
        return make_response(render_template("decisions/remove.html", decision=found, form=form), 422)
    else:
        try:
            service.remove_item(
                found, reason=form.reason.data or "", approved_on=form.approved_on.data, seen=form.version,
                actor=current_actor(), now=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            if refused.code != "invalid":
                raise
            db.session.rollback()
            blame(form, refused)
            return make_response(render_template("decisions/remove.html", decision=found, form=form), 422)
    year = found.catalogue.year
    commit()
    flash(_("The item is taken out."))
    return redirect(url_for("decisions.desk", year=year), 303)
