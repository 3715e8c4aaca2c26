"""The desk page of one decision: its chain, what is missing now, and the one act that is next."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.decisions import comment_periods, gates, lifecycle, queries, service
from participation.decisions.facts import DecisionFacts
from participation.decisions.forms import StepForm, StopForm
from participation.decisions.forms.parts import VersionedForm, blame
from participation.decisions.models import Decision
from participation.decisions.progress import Progress, progress_of
from participation.decisions.queries import papers
from participation.decisions.views import mending
from participation.decisions.views.acting import meanwhile
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
    progress = progress_of(found, comment_periods.of({found.id}).get(found.id, []), now=now)
    inside = papers.sees_inside(actor, found)
    return render_template(
        "decisions/work.html",
        decision=found,
        progress=progress,
        steps=_steps(found, progress, facts, inside),
        sections=_sections(found, facts, possible) if inside else [],
        undone=[row for row in found.every_step if row.set_aside_at is not None] if inside else [],
        names=lifecycle.STEPS,
        form=step or _step_form(possible, seen),
        stop=stop or StopForm(formdata=None, data=seen),
        may={action: refusal is None for action, refusal in refused.items()},
        keeps=actor.can(Capability.MANAGE_CATALOGUE),
        inside=inside,
        shelves=shelves_of(found, actor),
    )


def _step_form(possible: list[str], seen: dict[str, str]) -> StepForm | None:
    """What is done is recorded with its records on the step's own page; here stands what only began, or
    does not apply."""
    noted = [key for key in possible if key in lifecycle.BEGUN]
    return _narrowed(StepForm(noted, formdata=None, data=seen | {"state": "now"})) if noted else None


def _narrowed(form: StepForm) -> StepForm:
    form.state.choices = [choice for choice in form.state.choices or [] if choice.value in ("now", "not_applicable")]
    return form


def _steps(found: Decision, progress: Progress, facts: DecisionFacts, inside: bool) -> list[dict[str, Any]]:
    """The chain in one column: each step with its page, and the way to undo the last ones."""
    actor = current_actor()
    return [
        {
            "link": link,
            "now": progress.current is not None and link.key == progress.current.key,
            "url": mending.page_of(found, link.key) if inside else "",
            "undo": url_for("decisions.undo", decision_id=found.id, step=link.key)
            if inside and link.key in facts.steps and not lifecycle.refusal(
                f"reverse:{link.key}", facts, actor, lifecycle.Wish(reason="?")
            )
            else "",
        }
        for link in progress.links
    ]  # fmt: skip


def _sections(found: Decision, facts: DecisionFacts, possible: list[str]) -> list[dict[str, Any]]:
    """The steps that are in hand now, the first with the solid button: what the law asks of each and what
    is missing. Participation, experts and risk have no order among them."""
    if facts.stage not in lifecycle.RUNNING:
        return []
    now = [key for key in list(lifecycle.STEPS)[1:] if facts.steps.get(key) not in lifecycle.SETTLED]
    wanted = [key for key in now if key in possible] or now[:1]
    made = []
    for key in wanted[:3]:
        act = _act(key, facts)
        checks = gates.checks(act, facts)
        endpoint, label = mending.next_act(key)
        made.append(
            {
                "key": key,
                "step": lifecycle.STEPS[key],
                "checks": mending.drawn(found, checks),
                "missing": sum(1 for check in checks if check.blocks),
                "url": url_for(endpoint, decision_id=found.id) if endpoint else "",
                "label": _(label) if label else "",
                "possible": key in possible,
                "refused": None if key in possible else lifecycle.refusal(f"record:{key}", facts, current_actor()),
            }
        )
    return made


def _act(step: str, facts: DecisionFacts) -> str:
    if step == "legality" and facts.legality in ("", "unlawful"):
        return "send_to_review"
    if step == "deliberation" and not facts.package:
        return "package"
    return step


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
    refused = lifecycle.refusal(f"record:{wanted}", queries.facts_of(found), current_actor())
    if refused is not None and refused.code == "forbidden":
        raise refused
    # A step that was recorded meanwhile is not a wrong choice: the service says so, with its article.
    form = StepForm(list(lifecycle.STEPS)[1:])
    if not form.validate():
        return make_response(_page(found, step=_offered(form, found)), 422)
    try:
        service.note_step(
            found,
            step=wanted,
            state=form.state.data,
            on=form.on.data,
            unit=form.unit.data or "",
            ground=form.ground.data or "",
            note=form.note.data or "",
            seen=form.version,
            actor=current_actor(),
            now=clock.now(),
        )
        commit()
    except Refused as refused:
        db.session.rollback()
        if refused.status == 409:
            return meanwhile(decision_id, refused)
        if refused.code != "invalid":
            raise
        blame(form, refused)
        return make_response(_page(found, step=_offered(form, found)), 422)
    flash(_("Recorded. Everybody can read it in the chain."))
    return redirect(url_for("decisions.work", decision_id=decision_id), 303)


def _offered(form: StepForm, found: Decision) -> StepForm:
    possible = lifecycle.possible(queries.facts_of(found), current_actor())
    noted = lifecycle.BEGUN.intersection(possible)
    form.step.choices = [choice for choice in form.step.choices or [] if choice.value in noted]
    return _narrowed(form)


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
        commit()
    except Refused as refused:
        db.session.rollback()
        if refused.status == 409:
            return meanwhile(decision_id, refused)
        if refused.code != "invalid":
            raise
        blame(form, refused)
        return make_response(_page(found, stop=form), 422)
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
