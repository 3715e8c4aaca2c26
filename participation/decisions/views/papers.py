"""The desk page of a paper: what is missing before it goes out, the two checks, and what comes later."""

from flask import Response as FlaskResponse
from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.decisions import papers as rules
from participation.decisions.forms.paper import (
    PersonalForm,
    ReturnForm,
    SecrecyForm,
    TakeBackForm,
    ValidityForm,
    personal_form,
)
from participation.decisions.forms.parts import VersionedForm, blame
from participation.decisions.models import DecisionPaper
from participation.decisions.queries import papers as queries
from participation.decisions.service import paper_checks, paper_texts, papers
from participation.decisions.steps import STEPS
from participation.decisions.views.blueprint import bp, commit
from participation.decisions.views.changed import what_changed
from participation.decisions.views.paper_checklist import checklist
from participation.documents.unseen import UNSEEN
from participation.errors import Refused
from participation.extensions import db
from participation.files.sending import send
from participation.redaction import KINDS
from participation.web.forms import Form
from participation.web.guards import current_actor, requires

ONE = "/desk/decisions/items/<int:decision_id>/papers/<int:paper_id>"


def found_paper(decision_id: int, paper_id: int) -> DecisionPaper:
    """The paper, for those who see drafts and the names of what is not public; else 404."""
    actor = current_actor()
    found = queries.paper(paper_id, decision_id=decision_id, actor=actor)
    if found is None or not queries.sees_inside(actor, found.decision):
        abort(404)
    return found


def to_paper(paper: DecisionPaper) -> Response:
    return redirect(url_for("decisions.desk_paper", decision_id=paper.decision_id, paper_id=paper.id), 303)


@bp.get(ONE)
@requires(Capability.USE_DESK)
def desk_paper(decision_id: int, paper_id: int) -> str:
    return paper_page(found_paper(decision_id, paper_id))


def paper_page(paper: DecisionPaper, **given: Form) -> str:
    """`given` is a form that was refused, by the name of its act."""
    actor = current_actor()
    facts = papers.facts_of(paper)
    refused = {act: rules.refusal(act, facts, actor) for act in rules.ACTS if act != "enter"}
    findings = paper_checks.findings_of(paper) if facts.goes_out and not facts.published else []
    seen = {"seen": str(paper.version)}
    forms: dict[str, Form] = {
        "secrecy": SecrecyForm(formdata=None, data=seen),
        "personal": personal_form(findings, formdata=None, data=seen),
        "return": ReturnForm(formdata=None, data=seen),
        "publish": VersionedForm(formdata=None, data=seen),
        "take_back": TakeBackForm(formdata=None, data=seen),
        "validity": ValidityForm(formdata=None, data=seen | {"validity": ""}),
    }
    document, original = paper_texts.text_of(paper), paper_texts.original_of(paper)
    hands = (paper.entered_by, paper.secrecy_by, paper.personal_by, paper.returned_by)
    names = accounts.person_names({person for person in hands if person is not None})
    return render_template(
        "decisions/paper_desk.html",
        paper=paper,
        decision=paper.decision,
        role=rules.PAPER_ROLES[paper.role],
        facts=facts,
        refused=refused,
        may={act: value is None for act, value in refused.items()},
        checks=checklist(paper, facts, findings, names),
        forms=forms | given,
        wrong=next((form for form in given.values()), None),
        findings=findings,
        document=document,
        original=original,
        versions=queries.versions_of(paper, actor=actor),
        names=names,
        kinds=KINDS,
        unseen=UNSEEN,
        grounds=rules.GROUNDS,
        validities=rules.VALIDITIES,
    )


@bp.get(f"{ONE}/file")
@requires(Capability.USE_DESK)
def desk_paper_file(decision_id: int, paper_id: int) -> FlaskResponse:
    """The original before it is public, for those who check it."""
    original = paper_texts.original_of(found_paper(decision_id, paper_id))
    return send(original) if original is not None else abort(404)


@bp.post(f"{ONE}/secrecy")
@requires(Capability.USE_DESK)
def check_secrecy(decision_id: int, paper_id: int) -> Response:
    form = SecrecyForm()
    return _act("secrecy", decision_id, paper_id, form, paper_checks.pass_secrecy, _("Checked: nothing secret."))


@bp.post(f"{ONE}/personal")
@requires(Capability.USE_DESK)
def check_personal(decision_id: int, paper_id: int) -> Response:
    form = personal_form(paper_checks.findings_of(found_paper(decision_id, paper_id)))
    done = _("Checked: what is personal in it may be public.")
    return _act("personal", decision_id, paper_id, form, paper_checks.pass_personal, done)


@bp.post(f"{ONE}/return")
@requires(Capability.USE_DESK)
def return_paper(decision_id: int, paper_id: int) -> Response:
    return _act(
        "return", decision_id, paper_id, ReturnForm(), paper_checks.send_back, _("Returned with what is to be changed.")
    )


@bp.post(f"{ONE}/publish")
@requires(Capability.USE_DESK)
def publish_paper(decision_id: int, paper_id: int) -> Response:
    return _act("publish", decision_id, paper_id, VersionedForm(), paper_checks.publish, _("Published and frozen."))


@bp.post(f"{ONE}/take-back")
@requires(Capability.USE_DESK)
def take_paper_back(decision_id: int, paper_id: int) -> Response:
    return _act("take_back", decision_id, paper_id, TakeBackForm(), papers.take_back, _("The paper is taken back."))


@bp.post(f"{ONE}/validity")
@requires(Capability.USE_DESK)
def set_paper_validity(decision_id: int, paper_id: int) -> Response:
    return _act(
        "validity", decision_id, paper_id, ValidityForm(), paper_checks.set_validity, _("The validity is recorded.")
    )


def _act(act: str, decision_id: int, paper_id: int, form: VersionedForm, verb, done: str) -> Response:  # type: ignore[no-untyped-def]
    paper = found_paper(decision_id, paper_id)
    refused = rules.refusal(act, papers.facts_of(paper), current_actor())
    if refused:
        return not_now(paper, refused)
    if not form.validate():
        return make_response(paper_page(paper, **{act: form}), 422)
    try:
        verb(paper, **_said(form), seen=form.version, actor=current_actor(), now=clock.now())
        commit()
    except Refused as refused:
        db.session.rollback()
        if refused.code != "invalid":
            return not_now(found_paper(decision_id, paper_id), refused)
        blame(form, refused)
        return make_response(paper_page(found_paper(decision_id, paper_id), **{act: form}), 422)
    flash(done)
    return to_paper(paper)


def not_now(paper: DecisionPaper, refused: Refused) -> Response:
    """409 says what a colleague did in between, by which post and when; what was written is kept."""
    if refused.status != 409:
        raise refused
    stale = request.form.get("seen", "") != str(paper.version)
    typed = [
        value
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", "seen", "upload_key") and len(value) >= 10
    ]
    page = render_template(
        "decisions/meanwhile.html",
        decision=paper.decision,
        paper=paper,
        refused=refused,
        changed=what_changed("decision_paper", paper.id) if stale else None,
        step=STEPS[paper.step].label,
        kept=typed[:5],
    )
    return make_response(page, 409)


def _said(form: VersionedForm) -> dict[str, object]:
    """What the form says, under the names of the verb's arguments."""
    if isinstance(form, PersonalForm):
        return {"decided": form.decided}
    if isinstance(form, ValidityForm):
        return {"validity": form.validity.data, "on": form.on.data, "reason": form.reason.data or ""}
    if isinstance(form, ReturnForm | TakeBackForm):
        return {"reason": form.reason.data or ""}
    return {}
