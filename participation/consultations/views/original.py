"""The Word file behind a draft: taken in by a form, handed out to everybody once it is public."""

from flask import abort, flash
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.consultations.forms.announcing import AnnounceForm, CorrectForm
from participation.consultations.forms.changing import FinalForm
from participation.consultations.views.blueprint import ONE, bp, own_or_404, published_or_404
from participation.documents import originals
from participation.documents import queries as documents
from participation.documents.models import Document
from participation.errors import Refused
from participation.extensions import db
from participation.files.sending import send
from participation.web.guards import current_actor, public, requires
from participation.web.said import sentence
from participation.web.submission import is_ours, new_submission_key


def _take(form: AnnounceForm | CorrectForm | FinalForm) -> str:
    """Reads a chosen Word file into the form's text and keeps it until the form is saved; before the
    form is validated, because its text is. Returns the sentence of a refusal, for the file's field
    after validation; empty when all is well."""
    if not is_ours(form.upload_key.data):
        form.upload_key.data = new_submission_key()
    upload = form.file.data
    if not isinstance(upload, FileStorage) or not upload.filename:
        return ""
    try:
        read = originals.take(upload, form_key=form.upload_key.data, actor=current_actor(), now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return sentence(refused)
    db.session.commit()
    form.text.data = read.text
    if isinstance(form, AnnounceForm) and not form.title.data and read.title:
        form.title.data = read.title
    if read.pictures:
        flash(
            ngettext(
                "%(num)d picture was left out of the text; it stays in the file.",
                "%(num)d pictures were left out of the text; they stay in the file.",
                read.pictures,
            )
        )
    if read.revisions:
        flash(
            ngettext(
                "The file holds %(num)d tracked change that everybody will see. Accept it, choose the file again.",
                "The file holds %(num)d tracked changes that everybody will see. Accept them, choose the file again.",
                read.revisions,
            )
        )
    return ""


def validated(form: AnnounceForm | CorrectForm | FinalForm) -> bool:
    """The form's own checks, after the chosen Word file was read into it."""
    refused = _take(form)
    valid = form.validate()
    if refused:
        form.refuse("file", refused)
    return bool(valid) and not refused


@bp.get(f"/consultations/{ONE}/draft/<int(max=9999):number>/original")
@public
def original(consultation_id: int, number: int) -> Response:
    """The file of a version, as the department uploaded it."""
    consultation = published_or_404(consultation_id)
    versions = documents.versions("consultation", consultation.id)
    return _sent(next((row for row in versions if row.number == number and row.frozen_at is not None), None))


@bp.get(f"/desk/consultations/{ONE}/original")
@requires(Capability.USE_DESK)
def own_original(consultation_id: int) -> Response:
    """The file of the newest version, for the department before publication."""
    return _sent(documents.current("consultation", own_or_404(consultation_id).id))


def _sent(document: Document | None) -> Response:
    file = originals.original_of(document) if document is not None else None
    if file is None:
        abort(404)
    return send(file)
