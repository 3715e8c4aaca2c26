"""What the office does with a proposal, one page an act: study, result, outcome, publication, taking back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.decisions import queries as decisions
from participation.decisions.forms.parts import VersionedForm, blame
from participation.decisions.forms.proposal_desk import OutcomeForm, ResultForm, ShowForm, StudyForm, UndoForm
from participation.decisions.models import Decision, Proposal
from participation.decisions.proposing import ORIGINS, SHOWN
from participation.decisions.queries import proposals as queries
from participation.decisions.service import studying
from participation.decisions.service.fields import ItemFields
from participation.decisions.views.blueprint import bp, commit, found_decision
from participation.decisions.views.changed import what_changed
from participation.decisions.views.proposals_desk import found_proposal
from participation.errors import N_, Refused
from participation.extensions import db
from participation.redaction import KINDS, detect
from participation.web.guards import current_actor, requires

ACT = "<any(study,result,outcome,show,undo):act>"


@dataclass(frozen=True)
class Act:
    """A page: its heading, its button, what was done, and the transitions it may be refused by."""

    heading: str
    button: str
    done: str
    asks: tuple[str, ...]


ACTS = {
    "study": Act(N_("Hand the proposal to study"), N_("Hand it over"), N_("The unit is told."), ("begin_study",)),
    "result": Act(
        N_("What the study came to"), N_("Record the study"), N_("The study is recorded."), ("record_study",)
    ),
    "outcome": Act(
        N_("What becomes of the proposal"),
        N_("Record the outcome"),
        N_("The outcome is recorded, and the proposer is told."),
        ("take", "merge", "decline"),
    ),
    "show": Act(
        N_("Look through for personal data, then publish"),
        N_("Publish title and text"),
        N_("Everybody can read it now."),
        ("show",),
    ),
    "undo": Act(N_("Take the outcome back"), N_("Take it back"), N_("The outcome is taken back."), ("undo",)),
}


@bp.get(f"/desk/decisions/proposals/<int:proposal_id>/{ACT}")
@requires(Capability.MANAGE_CATALOGUE)
def proposal_act(proposal_id: int, act: str) -> Response:
    found = found_proposal(proposal_id)
    refused = _refused(found, act)
    if refused is not None:
        raise refused
    return _page(found, act, _form(found, act, data=_given(found, act) | {"seen": str(found.version)}), 200)


@bp.post(f"/desk/decisions/proposals/<int:proposal_id>/{ACT}")
@requires(Capability.MANAGE_CATALOGUE)
def record_proposal_act(proposal_id: int, act: str) -> Response:
    found = found_proposal(proposal_id)
    form = _form(found, act)
    if not form.validate():
        return _page(found, act, form, 422)
    try:
        _VERBS[act](found, form)
        commit()
    except Refused as refused:
        db.session.rollback()
        found = found_proposal(proposal_id)
        if refused.code == "conflict":
            return _page(found, act, form, 409, stale=True)
        if refused.code != "invalid":
            raise
        blame(form, refused)
        return _page(found, act, form, 422)
    flash(_(ACTS[act].done))
    return redirect(url_for("decisions.proposal_desk", proposal_id=proposal_id), 303)


def _refused(found: Proposal, act: str) -> Refused | None:
    refused = studying.refusals(found, actor=current_actor())
    return next((refused[name] for name in ACTS[act].asks if refused[name] is not None), None)


def _given(found: Proposal, act: str) -> dict[str, Any]:
    if act == "result":
        return {"by": found.studied_by, "on": found.studied_on, "result": found.study_result}
    if act == "outcome":
        return {"title": found.public_title or found.title, "catalogue": str(found.year), "body": "government"}
    if act == "show":
        text = found.public_text if found.checked_at else found.text
        return {"title": found.public_title or found.title, "text": text if found.shown != "title" else ""}
    return {}


def _form(found: Proposal, act: str, data: dict[str, Any] | None = None) -> VersionedForm:
    asked: dict[str, Any] = {} if data is None else {"formdata": None, "data": data}
    if act == "outcome":
        return OutcomeForm(catalogues=_catalogues(), items=_items(), **asked)
    forms = {"study": StudyForm, "result": ResultForm, "show": ShowForm, "undo": UndoForm}
    return forms[act](**asked)


def _catalogues() -> list[Any]:
    return [found for year in decisions.years(published=False) if (found := decisions.catalogue_of(year))]


def _items() -> list[Decision]:
    """What a proposal can go into: the items of the newest two years."""
    years = decisions.years(published=False)[:2]
    return [row for year in years for row in decisions.of_year(year, actor=current_actor())]


def _page(found: Proposal, act: str, form: VersionedForm, status: int, *, stale: bool = False) -> Response:
    texts = {name: form[name].data or "" for name in ("title", "text")} if isinstance(form, ShowForm) else {}
    if stale:
        form.seen.data = str(found.version)
    return make_response(
        render_template(
            "decisions/proposal_act.html",
            proposal=found,
            act=act,
            page=ACTS[act],
            form=form,
            origins=ORIGINS,
            shown=SHOWN,
            knows=queries.may_know_names(current_actor()),
            hits=[hit for name, text in texts.items() for hit in detect(name, text, writer=found.author_name)],
            hit_kinds=KINDS,
            changed=what_changed("proposal", found.id) if stale else None,
        ),
        status,
    )


def _study(found: Proposal, form: Any) -> None:
    studying.begin_study(
        found, department_id=int(form.department.data), seen=form.version, actor=current_actor(), now=clock.now()
    )


def _result(found: Proposal, form: Any) -> None:
    studying.record_study(
        found,
        by=form.by.data,
        on=form.on.data,
        result=form.result.data,
        seen=form.version,
        actor=current_actor(),
        now=clock.now(),
    )


def _outcome(found: Proposal, form: Any) -> None:
    shared: dict[str, Any] = {
        "decided_on": form.decided_on.data,
        "body": form.body.data,
        "reason": form.reason.data or "",
        "seen": form.version,
        "actor": current_actor(),
        "now": clock.now(),
    }
    if form.outcome.data == "not_taken":
        studying.decline(found, article=form.article.data or "", **shared)
    elif form.outcome.data == "merged":
        studying.merge(found, item=found_decision(int(form.item.data), current_actor()), **shared)
    else:
        catalogue = decisions.catalogue_of(int(form.catalogue.data))
        assert catalogue is not None
        lead = form.lead_department_id.data
        fields = ItemFields(
            title=form.title.data, category=form.category.data, basis=found.basis,
            lead_department_id=int(lead) if lead else None,
        )  # fmt: skip
        studying.take(found, catalogue=catalogue, fields=fields, **shared)


def _show(found: Proposal, form: Any) -> None:
    studying.show(
        found,
        title=form.title.data,
        text=form.text.data or "",
        seen=form.version,
        actor=current_actor(),
        now=clock.now(),
    )


def _undo(found: Proposal, form: Any) -> None:
    studying.undo(found, reason=form.undo_reason.data, seen=form.version, actor=current_actor(), now=clock.now())


_VERBS: dict[str, Callable[[Proposal, Any], None]] = {
    "study": _study,
    "result": _result,
    "outcome": _outcome,
    "show": _show,
    "undo": _undo,
}
