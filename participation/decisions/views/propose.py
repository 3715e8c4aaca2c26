"""Proposing: the form, kept in the database until its contact is verified."""

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts import contacts
from participation.accounts.draft_code import DraftCode
from participation.consultations.rules.comments import read_contact
from participation.decisions import proposal_drafts as drafts
from participation.decisions.forms.proposal import ProposeForm, Written
from participation.decisions.models import ProposalDraft
from participation.decisions.proposing import OUTCOME_WORKDAYS
from participation.decisions.queries import proposals as queries
from participation.decisions.views.blueprint import bp
from participation.duties import service as duties
from participation.errors import Refused
from participation.extensions import csrf, db
from participation.files import queries as files
from participation.files import service as file_service
from participation.web.guards import current_actor, public
from participation.web.said import sentence
from participation.web.submission import is_ours, new_submission_key

CODE = DraftCode("proposal_code")
FIELDS = ("title", "text", "reason", "basis", "origin", "shown", "name", "contact")


@bp.get("/decisions/propose")
@public
def propose() -> tuple[str, int]:
    kept = _kept()
    form = ProposeForm(formdata=None, data=kept.payload if kept else None)
    form.submission_key.data = kept.key if kept else new_submission_key()
    contact = contacts.verified_contact()
    if not form.contact.data and contact is not None:
        form.contact.data = contact.address
    return _form(form, 200)


# The form checks its own token, so that an expired one shows the text again instead of an error page.
@csrf.exempt
@bp.post("/decisions/propose")
@public
def propose_submitted() -> Response | tuple[str, int]:
    form, now = ProposeForm(), clock.now()
    if not is_ours(form.submission_key.data):
        form.submission_key.data = new_submission_key()
    key = form.submission_key.data
    if not form.csrf_token.validate(form):
        form.validate()
        staged_with(form, key, now, drop=False)
        db.session.commit()
        form.form_errors.append(_("The page was open for too long. Nothing is lost: please send it again."))
        return _form(form, 400)
    valid = form.validate()
    staged = staged_with(form, key, now)
    if request.form.get("draft"):
        draft = drafts.keep(key=key, payload=_payload(form), complete=False, now=now)
        db.session.commit()
        flash(_("Your proposal is kept in this browser for 7 days. It has not been sent yet."))
        return redirect(url_for("decisions.propose", draft=draft.id), 303)
    if not (valid and staged):
        db.session.commit()
        return _form(form, 422)
    draft = drafts.keep(key=key, payload=_payload(form), complete=True, now=now)
    try:
        wanted = read_contact(form.contact.data or "")
        wait = CODE.send(draft.id, wanted.channel, wanted.address, now=now)
    except Refused as refused:
        db.session.rollback()
        form.refuse("contact", sentence(refused))
        return _form(form, 422)
    db.session.commit()
    if wait:
        minutes = wait // 60 + 1
        form.refuse("contact", _("Too many codes were asked for. Please wait %(minutes)d minutes", minutes=minutes))
        return _form(form, 429)
    return redirect(url_for("decisions.confirm_proposal", draft_id=draft.id), 303)


def staged_with(form: Written, key: str, now: datetime, *, drop: bool = True) -> bool:
    """Keeps the uploads even when the form is shown again; their refusal stands at their field."""
    try:
        file_service.stage(form.files.data or [], form_key=key, actor=current_actor(), now=now)
    except Refused as refused:
        form.refuse("files", sentence(refused))
        return False
    for name in request.form.getlist("drop")[:10] if drop else ():
        if name.isascii() and name.isdigit() and len(name) < 10:
            file_service.unstage(key, int(name))
    return True


def _payload(form: ProposeForm) -> dict[str, Any]:
    return {name: form[name].data or "" for name in FIELDS}


def _kept() -> ProposalDraft | None:
    """The draft that this session asks to go on with."""
    asked = request.args.get("draft", "")
    draft = queries.draft(int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    return draft if draft is not None and draft.proposal_id is None and is_ours(draft.key) else None


def _form(form: ProposeForm, status: int) -> tuple[str, int]:
    now = clock.now()
    call = queries.open_call(now=now)
    count = duties.load_calendar().due(clock.local_date(now), OUTCOME_WORKDAYS)
    staged = files.staged(form.submission_key.data or "")
    return render_template(
        "decisions/propose.html",
        form=form,
        call=call,
        due_on=call.answer_by if call is not None else count.due_on,
        is_provisional=call is None and count.provisional,
        staged=staged,
    ), status
