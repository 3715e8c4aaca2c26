"""Writing a comment: the form, kept in the database until its contact is verified."""

from datetime import datetime
from typing import Any

from flask import abort, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts import contacts
from participation.accounts.draft_code import DraftCode
from participation.consultations import drafts
from participation.consultations.forms.commenting import CommentForm
from participation.consultations.models import CommentDraft, Consultation
from participation.consultations.queries import tracking
from participation.consultations.rules.comments import read_contact
from participation.consultations.service.receiving import refuse_unless_open
from participation.consultations.views.blueprint import ONE, bp, number_of, page, published_or_404
from participation.documents import queries as documents
from participation.documents.models import Clause
from participation.errors import Refused
from participation.extensions import csrf, db
from participation.files import queries as files
from participation.files import service as file_service
from participation.files.sending import send
from participation.web.guards import current_actor, public
from participation.web.said import sentence
from participation.web.submission import is_ours, new_submission_key

CODE = DraftCode("comment_code")
LATE = "late_comment"
FIELDS = ("clause", "text", "consent", "name", "contact")


def clauses_of(consultation: Consultation) -> list[Clause]:
    document = documents.current("consultation", consultation.id)
    return documents.clauses_of(document) if document is not None else []


@bp.get(f"/consultations/{ONE}/comment")
@public
def write(consultation_id: int) -> tuple[str, int]:
    consultation = published_or_404(consultation_id)
    refuse_unless_open(consultation, now=clock.now(), kept="")
    kept = _kept(consultation)
    clauses = clauses_of(consultation)
    form = CommentForm(formdata=None, data=kept.payload if kept else None, clauses=clauses)
    form.submission_key.data = kept.key if kept else new_submission_key()
    number = number_of("clause")
    if not kept and number is not None:
        form.clause.data = next((str(clause.id) for clause in clauses if clause.number == number), "")
    contact = contacts.verified_contact()
    if not form.contact.data and contact is not None:
        form.contact.data = contact.address
    return _form(consultation, form, 200, clauses=clauses, fresh=kept is None)


# The form checks its own token, so that an expired one shows the text again instead of an error page.
@csrf.exempt
@bp.post(f"/consultations/{ONE}/comment")
@public
def write_submitted(consultation_id: int) -> Response | tuple[str, int]:
    consultation, now = published_or_404(consultation_id), clock.now()
    form = CommentForm(clauses=clauses_of(consultation))
    if not is_ours(form.submission_key.data):
        form.submission_key.data = new_submission_key()
    try:
        refuse_unless_open(consultation, now=now, kept=request.form.get("text", ""))
    except Refused as refused:
        _stage(form, form.submission_key.data, now, drop=False)
        db.session.commit()
        return too_late(consultation, form.submission_key.data, refused)
    if not form.csrf_token.validate(form):
        form.validate()
        # Kept for this session alone, whoever sent the form: a file is never asked for twice.
        _stage(form, form.submission_key.data, now, drop=False)
        db.session.commit()
        form.form_errors.append(_("The page was open for too long. Nothing is lost: please send it again."))
        return _form(consultation, form, 400)
    key = form.submission_key.data
    valid = form.validate()
    staged = _stage(form, key, now)
    if not (valid and staged):
        db.session.commit()
        return _form(consultation, form, 422)
    draft_id = drafts.keep(consultation, key=key, payload=_payload(form), complete=True, now=now)
    try:
        wanted = read_contact(form.contact.data)
        wait = CODE.send(draft_id, wanted.channel, wanted.address, now=now)
    except Refused as refused:
        db.session.rollback()
        form.refuse("contact", sentence(refused))
        return _form(consultation, form, 422)
    db.session.commit()
    if wait:
        minutes = wait // 60 + 1
        form.refuse("contact", _("Too many codes were asked for. Please wait %(minutes)d minutes", minutes=minutes))
        return _form(consultation, form, 429)
    return redirect(url_for("consultations.confirm", draft_id=draft_id), 303)


def too_late(consultation: Consultation, key: str, refused: Refused) -> tuple[str, int]:
    """Text and files are shown again: nothing that was written or chosen is lost with the minute."""
    session[LATE] = key
    return page("late.html", refused.status, consultation=consultation, refused=refused, kept=files.staged(key))


@bp.get("/consultations/late/<int:file_id>")
@public
def late_file(file_id: int) -> Response:
    """A file that came too late, back to whoever sent it."""
    key = session.get(LATE, "")
    found = next((file for file in files.staged(key) if file.id == file_id), None) if is_ours(key) else None
    if found is None:
        abort(404)
    return send(found)


def _stage(form: CommentForm, key: str, now: datetime, *, drop: bool = True) -> bool:
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


def _payload(form: CommentForm) -> dict[str, Any]:
    return {name: form[name].data or "" for name in FIELDS}


def _kept(consultation: Consultation) -> CommentDraft | None:
    """The draft that this session asks to go on with."""
    asked = number_of("draft")
    draft = tracking.draft(asked) if asked is not None else None
    if draft is None or draft.consultation_id != consultation.id or draft.comment_id is not None:
        return None
    return draft if is_ours(draft.key) else None


def _form(
    consultation: Consultation,
    form: CommentForm,
    status: int,
    *,
    clauses: list[Clause] | None = None,
    fresh: bool = False,
) -> tuple[str, int]:
    """`fresh`: the key was made for this page, so nothing lies under it."""
    chosen = form.clause.data
    # What was read before a commit would be read again one by one.
    listed = clauses if clauses is not None else clauses_of(consultation)
    clause = next((row for row in listed if str(row.id) == chosen), None)
    staged = [] if fresh else files.staged(form.submission_key.data)
    return page("write.html", status, consultation=consultation, form=form, clause=clause, staged=staged)
