"""The desk page of a hearing: what is done, and the form of the act that is next."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation.access import Capability
from participation.decisions.forms.counts import filled
from participation.decisions.forms.hearing import FORMS
from participation.decisions.hearing import ACTS, next_act
from participation.decisions.models import Decision, DecisionHearing
from participation.decisions.service import hearings as service
from participation.decisions.service import recording
from participation.decisions.views.acting import Drawn, Page, by, draw, inside, run, seen
from participation.decisions.views.blueprint import bp
from participation.decisions.views.starting import ONE, set_aside_link, split
from participation.errors import N_, Refused
from participation.web.filters import full_day
from participation.web.guards import current_actor, requires

BUTTONS = {
    "notice": N_("Record the notice"),
    "method": N_("Record the method"),
    "list": N_("Record the list"),
    "materials": N_("Record the delivery"),
    "held": N_("Record the hearing"),
    "signed": N_("Record the signatures"),
    "adopted": N_("Record what was adopted"),
}


@bp.get(f"{ONE}/hearing")
@requires(Capability.USE_DESK)
def hearing(decision_id: int) -> Response:
    return _hearing(inside(decision_id))


def _hearing(found: Decision, form: Any = None, act: str = "") -> Response:
    row = service.present(found)
    refused = recording.refusal(found, "participation", current_actor())
    act = act or next_act(row)
    forms = []
    if act:
        form = form or FORMS[act](formdata=None, data=seen(found))
        url = url_for("decisions.enter_hearing", decision_id=found.id, act=act)
        forms = [Drawn(form, url, _(ACTS[act].label), _(BUTTONS[act]), blocked=refused)]
    can_set_aside = refused is None and row is not None
    now, before = split(
        found,
        DecisionHearing,
        links=lambda one: [set_aside_link(found, "hearing", one)] if can_set_aside else [],
    )
    lead = _(
        "Notice, selection method, list of participants, materials 7 days before, hearing, signed record:"
        " in this order."
    )
    page = Page(_("Hearing"), now, forms, lead=lead, before=before, sequence=_sequence(row))
    return draw(found, page)


def _sequence(row: Any) -> list[dict[str, str]]:
    """All acts in their order: what is done and when, what is next, what comes after it."""
    due = next_act(row)
    made = []
    for key, act in ACTS.items():
        on = getattr(row, act.column) if row is not None else None
        state = "ok" if on else "no" if key == due else "na"
        text = full_day(on) if on else _(act.earlier) if key == due else ""
        made.append({"state": state, "title": _(act.label), "text": text, "law": act.article})
    return made


@bp.post(f"{ONE}/hearing/<act>")
@requires(Capability.USE_DESK)
def enter_hearing(decision_id: int, act: str) -> Response:
    if act not in ACTS:
        raise Refused("not_found", N_("There is no such record."))
    found, form = inside(decision_id), FORMS[act]()
    row = service.present(found)
    if row is None and act != "notice":
        raise Refused("wrong_time", ACTS["notice"].earlier, ACTS["notice"].article)
    return run(
        found,
        form,
        lambda: _CALLS[act](found, row, form, {"on": form.on.data, "seen": form.version, **by()}),
        done=_("Recorded. Everybody can read it in the chain."),
        again=lambda: _hearing(found, form, act),
        to=url_for("decisions.hearing", decision_id=decision_id),
    )


def _notice(found: Decision, _row: Any, form: Any, given: dict[str, Any]) -> Any:
    return service.announce(
        found,
        planned_on=form.planned_on.data,
        at_time=form.at_time.data or "",
        place=form.place.data or "",
        required=form.required.data,
        law=form.law.data or "",
        **given,
    )


def _list(found: Decision, row: Any, form: Any, given: dict[str, Any]) -> Any:
    people = filled(form.participants, "name", "side")
    return service.publish_list(found, row, participants=people, ratio_reason=form.ratio_reason.data or "", **given)


_CALLS = {
    "notice": _notice,
    "method": lambda found, row, form, given: service.publish_method(found, row, method=form.text.data or "", **given),
    "list": _list,
    "materials": lambda found, row, _form, given: service.deliver_materials(found, row, **given),
    "held": lambda found, row, form, given: service.hold(
        found, row, attended=form.number.data, observers=form.observers.data, result=form.text.data or "", **given
    ),
    "signed": lambda found, row, form, given: service.sign(
        found, row, signed=form.number.data, unsigned_reason=form.text.data or "", **given
    ),
    "adopted": lambda found, row, form, given: service.adopt_hearing(
        found, row, adopted=form.text.data or "", not_adopted=form.not_adopted.data or "", **given
    ),
}
