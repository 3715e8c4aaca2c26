"""Entering a paper, changing it, and writing a newer version of it."""

from flask import flash, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.decisions import papers as rules
from participation.decisions.forms.paper import PaperForm
from participation.decisions.forms.parts import blame
from participation.decisions.models import Decision, DecisionPaper
from participation.decisions.queries import papers as queries
from participation.decisions.service import paper_texts, papers
from participation.decisions.views.blueprint import bp, commit, found_decision
from participation.decisions.views.papers import found_paper, not_now, to_paper
from participation.errors import Refused
from participation.extensions import db
from participation.files import queries as files
from participation.files import service as file_service
from participation.files.rules import PAPERS
from participation.web.guards import current_actor, requires
from participation.web.request import takes_up_to
from participation.web.said import sentence
from participation.web.submission import is_ours, new_submission_key

LARGEST = 120 * 1024 * 1024
"""Bytes of a form with a file. More than a paper may have, so that one that is too large is refused
with a sentence, and what was typed is kept."""


@bp.get("/desk/decisions/items/<int:decision_id>/papers/new")
@requires(Capability.USE_DESK)
def new_paper(decision_id: int) -> Response:
    found = _may_enter(decision_id)
    role = request.args.get("role", "")
    form = PaperForm(formdata=None, data={"issuer": found.lead_unit, "upload_key": new_submission_key()})
    if role in rules.PAPER_ROLES:
        form.role.data = role
        if rules.PAPER_ROLES[role].internal:
            form.form.data, form.attribute.data, form.ground_kind.data = "reference", "not_public", "process"
    return _page(form, found)


@bp.post("/desk/decisions/items/<int:decision_id>/papers/new")
@requires(Capability.USE_DESK)
@takes_up_to(LARGEST)
def enter_paper(decision_id: int) -> Response:
    found, form = _may_enter(decision_id), PaperForm()
    if not _validated(form):
        return _page(form, found_decision(decision_id, current_actor()), status=422)
    try:
        fields = form.fields
        paper = papers.enter(
            found, **{**fields.__dict__, "form_key": form.upload_key.data}, actor=current_actor(), now=clock.now()
        )
        commit()
    except Refused as refused:
        return _refused(refused, form, decision_id)
    flash(_("The paper is entered. Two colleagues check it before it goes out."))
    return to_paper(paper)


@bp.get("/desk/decisions/items/<int:decision_id>/papers/<int:paper_id>/edit")
@requires(Capability.USE_DESK)
def edit_paper(decision_id: int, paper_id: int) -> Response:
    paper = _may("rewrite", decision_id, paper_id)
    return _page(_filled(paper), paper.decision, paper)


@bp.post("/desk/decisions/items/<int:decision_id>/papers/<int:paper_id>/edit")
@requires(Capability.USE_DESK)
@takes_up_to(LARGEST)
def change_paper(decision_id: int, paper_id: int) -> Response:
    paper, form = _may("rewrite", decision_id, paper_id), PaperForm()
    _as_it_is(form, paper, form_too=True)
    if not _validated(form):
        return _page(form, found_decision(decision_id, current_actor()), found_paper(decision_id, paper_id), status=422)
    try:
        papers.rewrite(
            paper, fields=form.fields, form_key=form.upload_key.data, seen=form.version, actor=current_actor(),
            now=clock.now(),
        )  # fmt: skip
        commit()
    except Refused as refused:
        return _refused(refused, form, decision_id, paper_id)
    flash(_("Changed. The checks begin anew."))
    return to_paper(paper)


@bp.get("/desk/decisions/items/<int:decision_id>/papers/<int:paper_id>/version")
@requires(Capability.USE_DESK)
def new_version(decision_id: int, paper_id: int) -> Response:
    paper = _may("renew", decision_id, paper_id)
    return _page(_filled(paper), paper.decision, paper, newer=True)


@bp.post("/desk/decisions/items/<int:decision_id>/papers/<int:paper_id>/version")
@requires(Capability.USE_DESK)
@takes_up_to(LARGEST)
def enter_version(decision_id: int, paper_id: int) -> Response:
    paper, form = _may("renew", decision_id, paper_id), PaperForm()
    _as_it_is(form, paper)
    if not _validated(form):
        found = found_paper(decision_id, paper_id)
        return _page(form, found.decision, found, newer=True, status=422)
    try:
        newer = papers.renew(
            paper, fields=form.fields, reason=form.reason.data or "", form_key=form.upload_key.data,
            seen=form.version, actor=current_actor(), now=clock.now(),
        )  # fmt: skip
        commit()
    except Refused as refused:
        return _refused(refused, form, decision_id, paper_id, newer=True)
    flash(_("The new version is entered. Two colleagues check it before it goes out."))
    return to_paper(newer)


def _may_enter(decision_id: int) -> Decision:
    found = found_decision(decision_id, current_actor())
    refused = rules.refusal("enter", papers.new_facts(found), current_actor())
    if refused:
        raise refused
    return found


def _may(act: str, decision_id: int, paper_id: int) -> DecisionPaper:
    paper = found_paper(decision_id, paper_id)
    refused = rules.refusal(act, papers.facts_of(paper, chain=False), current_actor())
    if refused:
        raise refused
    return paper


def _filled(paper: DecisionPaper) -> PaperForm:
    names = "role step title form custodian signed_on doc_number index_number issuer attribute ground_kind ground"
    data = {name: getattr(paper, name) for name in names.split()}
    document = paper_texts.text_of(paper)
    words = document.text if document is not None and paper.form == "text" else ""
    return PaperForm(
        formdata=None, data=data | {"text": words, "seen": str(paper.version), "upload_key": new_submission_key()}
    )


def _as_it_is(form: PaperForm, paper: DecisionPaper, *, form_too: bool = False) -> None:
    """What a later version, or a change, never changes is not asked again."""
    form.role.data, form.step.data = paper.role, paper.step
    if form_too:
        form.form.data = paper.form


def _validated(form: PaperForm) -> bool:
    """Keeps a chosen file under the form's key first, so that it survives whatever else is wrong."""
    if not is_ours(form.upload_key.data):
        form.upload_key.data = new_submission_key()
    refused = _take(form)
    valid = form.validate()
    if refused:
        form.refuse("file", refused)
    return bool(valid) and not refused


def _take(form: PaperForm) -> str:
    """Returns the sentence of a refusal; empty when all is well. A newer file replaces an earlier one."""
    upload, key = form.file.data, form.upload_key.data
    if form.form.data != "file" or not isinstance(upload, FileStorage) or not upload.filename:
        return ""
    now = clock.now()
    try:
        papers.refuse_upload(form.fields)
        before = {file.id for file in files.staged(key)}
        for file_id in before:
            file_service.unstage(key, file_id)
        file_service.stage([upload], form_key=key, actor=current_actor(), now=now, allowance=PAPERS)
        paper_texts.check_readable(key)
    except Refused as refused:
        db.session.rollback()
        return sentence(refused)
    db.session.commit()
    return ""


def _refused(
    refused: Refused, form: PaperForm, decision_id: int, paper_id: int | None = None, *, newer: bool = False
) -> Response:
    db.session.rollback()
    paper = found_paper(decision_id, paper_id) if paper_id is not None else None
    if refused.code != "invalid":
        if paper is not None:
            return not_now(paper, refused)
        raise refused
    blame(form, refused)
    return _page(form, found_decision(decision_id, current_actor()), paper, newer=newer, status=422)


def _page(
    form: PaperForm, found: Decision, paper: DecisionPaper | None = None, *, newer: bool = False, status: int = 200
) -> Response:
    waiting = files.staged(form.upload_key.data) if form.upload_key.data else []
    return make_response(
        render_template(
            "decisions/paper_form.html",
            form=form,
            decision=found,
            paper=paper,
            newer=newer,
            waiting=waiting[-1] if waiting else None,
            original=paper_texts.original_of(paper) if paper is not None and not newer else None,
            present=queries.roles_present(found.id, found.round) if paper is None else {},
        ),
        status,
    )
