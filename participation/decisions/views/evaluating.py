"""Desk pages of the evaluation, the turns of a decision, and the filing of its dossier."""

from collections.abc import Callable
from typing import Any

from flask import abort, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.decisions import lifecycle, queries, service
from participation.decisions.aftermath import TURNS
from participation.decisions.forms.afterwards import CloseForm, EvaluationForm, FilingForm, ResultForm, TurnForm
from participation.decisions.forms.parts import VersionedForm
from participation.decisions.models import (
    Decision,
    DecisionDossierFiling,
    DecisionEvaluation,
    DecisionEvaluationResult,
    DecisionTurn,
)
from participation.decisions.queries import papers
from participation.decisions.queries.dossiers import dossiers_of
from participation.decisions.service import filing, recording
from participation.decisions.service.dossiers import making_refusal
from participation.decisions.service.turning import HEAD
from participation.decisions.views.acting import Drawn, Page, by, draw, inside, is_settled, run, seen
from participation.decisions.views.after_cards import made_card
from participation.decisions.views.blueprint import bp
from participation.decisions.views.publishing import number
from participation.decisions.views.starting import ONE, split
from participation.web.filters import link
from participation.web.guards import current_actor, requires


@bp.get(f"{ONE}/evaluation")
@requires(Capability.USE_DESK)
def evaluation(decision_id: int) -> Response:
    return _evaluation(inside(decision_id))


def _reports(found: Decision) -> list[tuple[int, str]]:
    rows = papers.of(found.id, round=found.round, actor=current_actor())
    return [(row.id, row.title) for row in rows if row.role == "evaluation_report" and row.taken_back_at is None]


def _evaluation(found: Decision, begun: EvaluationForm | None = None, result: ResultForm | None = None) -> Response:
    now, before = split(found, DecisionEvaluation, DecisionEvaluationResult)
    facts, today = queries.facts_of(found), clock.local_date(clock.now())
    refused = recording.refusal(found, "evaluated", current_actor())
    settled = is_settled(found, "evaluated")
    if facts.evaluation == "begun":
        result = result or ResultForm(formdata=None, data=seen(found) | {"on": today}, papers=_reports(found))
        url = url_for("decisions.finish_evaluation", decision_id=found.id)
        form = Drawn(result, url, _("What it came to"), _("Record the evaluation"), blocked=refused)
    else:
        begun = begun or EvaluationForm(formdata=None, data=seen(found) | {"on": today})
        url = url_for("decisions.begin_evaluation", decision_id=found.id)
        form = Drawn(begun, url, _("Why, by whom and how"), _("Begin the evaluation"), blocked=refused)
    links = [(_("Enter the report"), link("decisions.new_paper", decision_id=found.id, role="evaluation_report"))]
    if settled and lifecycle.refusal("rerun", facts, current_actor()) is None:
        links = [(_("Run the procedure again"), url_for("decisions.turn", decision_id=found.id, kind="rerun"))]
        links.append((_("Suspend it"), url_for("decisions.turn", decision_id=found.id, kind="suspend")))
    page = Page(
        _("Evaluation"),
        now,
        () if settled else (form,),
        "" if settled else "evaluated",
        _("Whoever argued or assessed the decision before does not evaluate it. The result guides its adjustment."),
        before,
        links,
    )
    return draw(found, page)


@bp.post(f"{ONE}/evaluation")
@requires(Capability.USE_DESK)
def begin_evaluation(decision_id: int) -> Response:
    found, form = inside(decision_id), EvaluationForm()
    return run(
        found,
        form,
        lambda: service.begin_evaluation(
            found,
            on=form.on.data,
            cause=form.cause.data or "",
            reason=form.reason.data or "",
            assessor_kind=form.assessor_kind.data or "",
            assessor=form.assessor.data or "",
            people=form.people.data or "",
            method=form.method.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("The evaluation has begun."),
        again=lambda: _evaluation(found, begun=form),
        to=url_for("decisions.evaluation", decision_id=decision_id),
    )


@bp.post(f"{ONE}/evaluation/result")
@requires(Capability.USE_DESK)
def finish_evaluation(decision_id: int) -> Response:
    found = inside(decision_id)
    form = ResultForm(papers=_reports(found))
    return run(
        found,
        form,
        lambda: service.finish_evaluation(
            found,
            on=form.on.data,
            heard=form.heard.data or "",
            findings=form.findings.data or "",
            conclusion=form.conclusion.data or "",
            advice=form.advice.data or "",
            paper_id=number(form.paper_id.data),
            seen=form.version,
            **by(),
        ),
        done=_("The evaluation is recorded."),
        again=lambda: _evaluation(found, result=form),
        to=url_for("decisions.evaluation", decision_id=decision_id),
    )


_VERBS: dict[str, Callable[..., Any]] = {
    "suspend": service.suspend,
    "resume": service.resume,
    "terminate": service.terminate,
    "rerun": service.rerun,
    "close": service.close,
}


def _heading(kind: str, found: Decision) -> tuple[str, str, str]:
    """What the page is called, what it says, and its button."""
    drops = kind == "terminate" and found.round > 1
    return {
        "suspend": (_("Suspend"), _("In urgency the head of the government decides; the reason is public."),
                    _("Suspend the decision")),
        "resume": (_("Resume"), _("The decision goes on where it stood."), _("Resume the decision")),
        "terminate": (
            _("Give up the change") if drops else _("End without a decision"),
            _("The decision in force stays as it is.") if drops else _("The chain ends here, with its reason."),
            _("Give up the change") if drops else _("End the decision"),
        ),
        "rerun": (_("Change in substance"),
                  _("The procedure runs again from the draft on. What is in force stays until the new text is public."),
                  _("Run the procedure again")),
        "close": (_("Close"), _("Everything is recorded and the dossier is filed. What is in force stays so."),
                  _("Close the decision")),
    }[kind]  # fmt: skip


@bp.get(f"{ONE}/turns/<kind>")
@requires(Capability.MANAGE_CATALOGUE)
def turn(decision_id: int, kind: str) -> Response:
    if kind not in _VERBS:
        abort(404)
    return _turn(inside(decision_id), kind)


def _turn(found: Decision, kind: str, form: TurnForm | CloseForm | None = None) -> Response:
    given: dict[str, Any] = {"on": clock.local_date(clock.now()), "decided_by": HEAD if kind == "suspend" else ""}
    form = form or (CloseForm if kind == "close" else TurnForm)(formdata=None, data=seen(found) | given)
    heading, lead, button = _heading(kind, found)
    refused = lifecycle.refusal(kind, queries.facts_of(found), current_actor())
    url = url_for("decisions.enter_turn", decision_id=found.id, kind=kind)
    drawn = Drawn(form, url, heading, button, blocked=refused)
    now = split(found, DecisionTurn)[0]
    return draw(found, Page(heading, now, (drawn,), "close" if kind == "close" else "", lead))


@bp.post(f"{ONE}/turns/<kind>")
@requires(Capability.MANAGE_CATALOGUE)
def enter_turn(decision_id: int, kind: str) -> Response:
    if kind not in _VERBS:
        abort(404)
    found = inside(decision_id)
    form: Any = CloseForm() if kind == "close" else TurnForm()
    said = {} if kind == "close" else {"reason": form.reason.data or "", "decided_by": form.decided_by.data or ""}
    return run(
        found,
        form,
        lambda: _VERBS[kind](found, on=form.on.data, seen=form.version, **said, **by()),
        done=_("Recorded. Everybody can read it in the chain."),
        again=lambda: _turn(found, kind, form),
    )


@bp.get(f"{ONE}/filing")
@requires(Capability.USE_DESK)
def dossier_filing(decision_id: int) -> Response:
    return _filing(inside(decision_id))


def _filing(found: Decision, form: FilingForm | None = None) -> Response:
    now, before = split(found, DecisionDossierFiling)
    given = {"on": clock.local_date(clock.now()), "receiver": filing.RECEIVER}
    form = form or FilingForm(formdata=None, data=seen(found) | given)
    url = url_for("decisions.file_dossier", decision_id=found.id)
    blocked = filing.filing_refusal(found, current_actor())
    made = dossiers_of(found.id)
    forms = [_making(found, first=not made)]
    if not now:
        forms.append(Drawn(form, url, _("The filing"), _("Record the filing"), solid=bool(made), blocked=blocked))
    lead = _("The dossier is filed with the justice bureau within 10 days of publication.")
    cards = [*now, *(made_card(row) for row in made)]
    return draw(found, Page(_("File the dossier"), cards, tuple(forms), lead=lead, before=before))


def _making(found: Decision, *, first: bool) -> Drawn:
    return Drawn(
        VersionedForm(formdata=None, data=seen(found)),
        url_for("decisions.make_dossier", decision_id=found.id),
        _("Make the dossier"),
        _("Make the dossier now") if first else _("Make it again"),
        solid=first,
        intro=_(
            "One file with everything public in the order of the procedure, the names of what is internal, "
            "fingerprints and proofs."
        ),
        blocked=making_refusal(found, current_actor()),
    )


@bp.post(f"{ONE}/filing")
@requires(Capability.USE_DESK)
def file_dossier(decision_id: int) -> Response:
    found, form = inside(decision_id), FilingForm()
    return run(
        found,
        form,
        lambda: service.file_dossier(
            found,
            on=form.on.data,
            receiver=form.receiver.data or "",
            receipt_number=form.receipt_number.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("The filing is recorded."),
        again=lambda: _filing(found, form),
        to=url_for("decisions.dossier_filing", decision_id=decision_id),
    )


assert set(_VERBS) <= set(TURNS)
