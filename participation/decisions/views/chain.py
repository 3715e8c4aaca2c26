"""The desk page of one decision: its chain, and what can be recorded now."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.decisions import comment_periods, lifecycle, queries, service
from participation.decisions.forms import StepForm, StopForm
from participation.decisions.forms.parts import VersionedForm, blame
from participation.decisions.models import Decision
from participation.decisions.progress import progress_of
from participation.decisions.views.blueprint import bp, commit, found_decision
from participation.decisions.views.shelf import shelves_of
from participation.errors import N_, Refused
from participation.extensions import db
from participation.web.guards import current_actor, requires


def _page(found: Decision, step: StepForm | None = None, stop: StopForm | None = None) -> str:
    actor, now = current_actor(), clock.now()
    facts = queries.facts_of(found)
    possible = lifecycle.possible(facts, actor)
    seen = {"seen": str(found.version)}
    refused = {action: lifecycle.refusal(action, facts, actor) for action in ("suspend", "resume", "terminate")}
    blocked_step, blocked = _blocked(facts, possible)
    return render_template(
        "decisions/work.html",
        decision=found,
        progress=progress_of(found, comment_periods.of({found.id}).get(found.id, []), now=now),
        possible=possible,
        blocked=blocked,
        blocked_step=blocked_step,
        form=step or (StepForm(possible, formdata=None, data=seen) if possible else None),
        stop=stop or StopForm(formdata=None, data=seen),
        may={action: refusal is None for action, refusal in refused.items()},
        keeps=actor.can(Capability.MANAGE_CATALOGUE),
        shelves=shelves_of(found, actor),
    )


def _blocked(facts: lifecycle.DecisionFacts, possible: list[str]) -> tuple[str, Refused | None]:
    """The first step that is not settled and cannot be recorded, with the reason, for the page to say."""
    for key in list(lifecycle.STEPS)[1:]:
        if facts.steps.get(key) not in lifecycle.SETTLED and key not in possible:
            return lifecycle.STEPS[key].label, lifecycle.refusal(f"record:{key}", facts, current_actor())
    return "", None


@bp.get("/desk/decisions/items/<int:decision_id>")
@requires(Capability.USE_DESK)
def work(decision_id: int) -> str:
    return _page(found_decision(decision_id, current_actor()))


@bp.post("/desk/decisions/items/<int:decision_id>/steps")
@requires(Capability.USE_DESK)
def record_step(decision_id: int) -> Response:
    found = found_decision(decision_id, current_actor())
    wanted = request.form.get("step", "")
    if wanted not in lifecycle.STEPS or wanted == "listed":
        raise Refused("invalid", N_("Choose a step of the chain."))
    # A step that was recorded meanwhile is not a wrong choice: the service says so, with its article.
    form = StepForm(list(lifecycle.STEPS)[1:])
    if not form.validate():
        return make_response(_page(found, step=_offered(form, found)), 422)
    try:
        service.record_step(
            found,
            step=wanted,
            state=form.state.data,
            on=form.on.data,
            unit=form.unit.data or "",
            document_title=form.document_title.data or "",
            document_number=form.document_number.data or "",
            ground=form.ground.data or "",
            note=form.note.data or "",
            seen=form.version,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        if refused.code != "invalid":
            raise
        db.session.rollback()
        blame(form, refused)
        return make_response(_page(found, step=_offered(form, found)), 422)
    commit()
    flash(_("Recorded. Everybody can read it in the chain."))
    return redirect(url_for("decisions.work", decision_id=decision_id), 303)


def _offered(form: StepForm, found: Decision) -> StepForm:
    possible = lifecycle.possible(queries.facts_of(found), current_actor())
    form.step.choices = [choice for choice in form.step.choices or [] if choice.value in possible]
    return form


@bp.post("/desk/decisions/items/<int:decision_id>/suspend")
@requires(Capability.MANAGE_CATALOGUE)
def suspend(decision_id: int) -> Response:
    return _stop(decision_id, service.suspend, _("The decision is suspended."))


@bp.post("/desk/decisions/items/<int:decision_id>/terminate")
@requires(Capability.MANAGE_CATALOGUE)
def terminate(decision_id: int) -> Response:
    return _stop(decision_id, service.terminate, _("The decision has ended."))


def _stop(decision_id: int, verb, done: str) -> Response:  # type: ignore[no-untyped-def]
    found, form = found_decision(decision_id, current_actor()), StopForm()
    if not form.validate():
        return make_response(_page(found, stop=form), 422)
    try:
        verb(found, reason=form.reason.data or "", seen=form.version, actor=current_actor(), now=clock.now())
    except Refused as refused:
        if refused.code != "invalid":
            raise
        db.session.rollback()
        blame(form, refused)
        return make_response(_page(found, stop=form), 422)
    commit()
    flash(done)
    return redirect(url_for("decisions.work", decision_id=decision_id), 303)


@bp.post("/desk/decisions/items/<int:decision_id>/resume")
@requires(Capability.MANAGE_CATALOGUE)
def resume(decision_id: int) -> Response:
    found, form = found_decision(decision_id, current_actor()), VersionedForm()
    service.resume(found, seen=form.version, actor=current_actor(), now=clock.now())
    commit()
    flash(_("The decision goes on."))
    return redirect(url_for("decisions.work", decision_id=decision_id), 303)
