"""Asking for what only a person can decide: a correction of what was written, another look at a ground."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from participation import clock
from participation.errors import Refused
from participation.extensions import db
from participation.privacy import service
from participation.privacy.forms import AskForm
from participation.privacy.views.blueprint import bp, one_of, proved
from participation.web.guards import current_actor, public
from participation.web.said import sentence


@bp.get("/mine/data/<any(correct, object):kind>")
@public
def ask(kind: str) -> Response:
    return _page(kind, AskForm(formdata=None, what=request.args.get("what", "")))


def _page(kind: str, form: AskForm, status: int = 200) -> Response:
    row = one_of(form.what.data or "", proved())
    return Response(render_template("privacy/ask.html", kind=kind, form=form, row=row), status)


@bp.post("/mine/data/<any(correct, object):kind>")
@public
def asked(kind: str) -> AnyResponse:
    who, form = proved(), AskForm()
    row = one_of(form.what.data or "", who)
    if not form.validate():
        return _page(kind, form, 422)
    try:
        service.ask(
            kind, row, text=form.text.data or "", person_id=who.person_id, actor=current_actor(), now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        form.refuse("text", sentence(refused))
        return _page(kind, form, 422)
    db.session.commit()
    flash(_("We have your request. The government office decides within 15 workdays; you see the answer here."))
    return redirect(url_for("privacy.mine"), 303)
