"""Taking back what was recorded by mistake: a single record, or a whole step. A new entry, never an edit."""

from typing import Any

from flask import abort, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation.access import Capability
from participation.decisions import lifecycle, queries, service
from participation.decisions.forms.before import ReasonForm
from participation.decisions.models import Decision, DecisionExpert, DecisionHearing, DecisionMeans
from participation.decisions.queries.records import records
from participation.decisions.service import recording
from participation.decisions.steps import STEPS
from participation.decisions.views.acting import Drawn, Page, by, draw, inside, run, seen
from participation.decisions.views.blueprint import bp
from participation.decisions.views.cards import card
from participation.decisions.views.starting import ONE
from participation.web.guards import current_actor, requires

NOUNS: dict[str, tuple[Any, str]] = {
    "means": (DecisionMeans, "decisions.participation"),
    "hearing": (DecisionHearing, "decisions.hearing"),
    "expert": (DecisionExpert, "decisions.experts"),
}


def _record(found: Decision, noun: str, record_id: int) -> Any:
    if noun not in NOUNS:
        abort(404)
    return recording.find(NOUNS[noun][0], record_id, found)


@bp.get(f"{ONE}/records/<noun>/<int:record_id>/set-aside")
@requires(Capability.USE_DESK)
def set_aside(decision_id: int, noun: str, record_id: int) -> Response:
    found = inside(decision_id)
    return _set_aside(found, noun, _record(found, noun, record_id))


def _set_aside(found: Decision, noun: str, row: Any, form: ReasonForm | None = None) -> Response:
    form = form or ReasonForm(formdata=None, data=seen(found))
    url = url_for("decisions.enter_set_aside", decision_id=found.id, noun=noun, record_id=row.id)
    now = [card(one) for one in records(found.id, (type(row),))[type(row)] if one.id == row.id]
    forms = (Drawn(form, url, _("Why"), _("Set it aside")),)
    lead = _("It stays readable with the reason. Record it again as it should be.")
    return draw(found, Page(_("Set a record aside"), now, forms, lead=lead))


@bp.post(f"{ONE}/records/<noun>/<int:record_id>/set-aside")
@requires(Capability.USE_DESK)
def enter_set_aside(decision_id: int, noun: str, record_id: int) -> Response:
    found, form = inside(decision_id), ReasonForm()
    row = _record(found, noun, record_id)
    return run(
        found,
        form,
        lambda: recording.set_aside(found, row, reason=form.reason.data or "", seen=form.version, **by()),
        done=_("The record is set aside, with the reason."),
        again=lambda: _set_aside(found, noun, row, form),
        to=url_for(NOUNS[noun][1], decision_id=decision_id),
    )


@bp.get(f"{ONE}/undo/<step>")
@requires(Capability.USE_DESK)
def undo(decision_id: int, step: str) -> Response:
    found = inside(decision_id)
    if step not in STEPS or step == "listed":
        abort(404)
    return _undo(found, step)


def _undo(found: Decision, step: str, form: ReasonForm | None = None) -> Response:
    form = form or ReasonForm(formdata=None, data=seen(found))
    url = url_for("decisions.enter_undo", decision_id=found.id, step=step)
    refused = lifecycle.refusal(f"reverse:{step}", queries.facts_of(found), current_actor())
    forms = (Drawn(form, url, _("Why"), _("Undo the step"), blocked=refused),)
    lead = _(
        "The step and its records are set aside and stay readable with the reason. The chain shows it to everybody."
    )
    return draw(found, Page(_("Undo: %(step)s", step=_(STEPS[step].label)), (), forms, lead=lead))


@bp.post(f"{ONE}/undo/<step>")
@requires(Capability.USE_DESK)
def enter_undo(decision_id: int, step: str) -> Response:
    found, form = inside(decision_id), ReasonForm()
    if step not in STEPS or step == "listed":
        abort(404)
    return run(
        found,
        form,
        lambda: service.reverse(found, step=step, reason=form.reason.data or "", seen=form.version, **by()),
        done=_("The step is undone. It stays readable, with the reason."),
        again=lambda: _undo(found, step, form),
    )
