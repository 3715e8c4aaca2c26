"""The queue of requests that a person has to decide, for the government office and the administrator."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from participation import clock
from participation.access import Capability
from participation.duties import queries as duty_queries
from participation.errors import Refused
from participation.extensions import db
from participation.privacy import clearing, holdings, service
from participation.privacy.forms import DecideForm
from participation.privacy.models import DataRequest
from participation.privacy.rules import GROUNDS
from participation.privacy.views.blueprint import bp
from participation.web.guards import current_actor, requires
from participation.web.said import sentence

PAGE = 50


def _may() -> None:
    actor = current_actor()
    if not (actor.can(Capability.DISPATCH) or actor.can(Capability.MANAGE_PEOPLE)):
        abort(403)


@bp.get("/desk/data-requests")
@requires(Capability.USE_DESK)
def requests() -> str:
    _may()
    asked = request.args.get("before", "")
    query = select(DataRequest).order_by((DataRequest.state != "waiting"), DataRequest.id.desc())
    if asked.isascii() and asked.isdecimal() and len(asked) < 10:
        query = query.where(DataRequest.id < int(asked), DataRequest.state != "waiting")
    rows = list(db.session.scalars(query.limit(PAGE + 1)))
    more = rows[PAGE - 1].id if len(rows) > PAGE else None
    waiting = [row.id for row in rows if row.state == "waiting"]
    due = {row_id: duty.due_on for row_id in waiting for duty in duty_queries.duties_of("data_request", row_id)}
    return render_template("privacy/requests.html", rows=rows[:PAGE], more=more, due=due)


@bp.get("/desk/data-requests/<int:request_id>")
@requires(Capability.USE_DESK)
def one_request(request_id: int) -> str:
    _may()
    found = _found(request_id)
    return _page(found, DecideForm(formdata=None, version=found.version))


def _found(request_id: int, *, lock: bool = False) -> DataRequest:
    found = db.session.get(DataRequest, request_id, with_for_update=lock)
    if found is None:
        abort(404)
    return found


def _page(found: DataRequest, form: DecideForm) -> str:
    row = db.session.get(holdings.MODELS[found.subject_kind], found.subject_id) if found.subject_kind else None
    due = next((duty.due_on for duty in duty_queries.duties_of("data_request", found.id)), None)
    ground = GROUNDS.get(row.limited_ground) if row is not None else None
    return render_template("privacy/request.html", found=found, row=row, form=form, due=due, ground=ground)


@bp.post("/desk/data-requests/<int:request_id>")
@requires(Capability.USE_DESK)
def decide(request_id: int) -> AnyResponse:
    _may()
    form, found = DecideForm(), _found(request_id, lock=True)
    if not form.validate():
        return Response(_page(found, form), 422)
    try:
        gone = service.decide(
            found,
            granted=form.granted.data == "yes",
            answer=form.answer.data or "",
            version=int(form.version.data) if (form.version.data or "").isdecimal() else None,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        if refused.code != "invalid":
            raise
        db.session.rollback()
        form.refuse(refused.field, sentence(refused))
        return Response(_page(_found(request_id), form), 422)
    db.session.commit()
    clearing.remove_bytes(gone)
    flash(_("The request is decided; the person sees the answer."))
    return redirect(url_for("privacy.requests"), 303)
