"""Entering an opinion that came another way (代录); its receipt is printed for the person."""

from flask import redirect, request, session, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.consultations import service
from participation.consultations.forms.commenting import EnterForm
from participation.consultations.models import Consultation
from participation.consultations.queries import tracking
from participation.consultations.rules.comments import read_contact
from participation.consultations.views.blueprint import ONE, blame, bp, own_or_404, page
from participation.consultations.views.comment import clauses_of
from participation.consultations.views.send import receipt_page
from participation.errors import Refused
from participation.extensions import db
from participation.files import queries as files
from participation.files import service as file_service
from participation.web.guards import current_actor, requires
from participation.web.said import sentence
from participation.web.secrets import digest_secret
from participation.web.submission import is_ours, new_submission_key, secret_for, submission_digest

ENTERED = "entered_comment"


@bp.get(f"/desk/consultations/{ONE}/enter")
@requires(Capability.ENTER_FOR_OTHERS)
def enter(consultation_id: int) -> tuple[str, int]:
    consultation = own_or_404(consultation_id)
    form = EnterForm(formdata=None, clauses=clauses_of(consultation))
    form.submission_key.data = new_submission_key()
    return _form(consultation, form, 200)


@bp.post(f"/desk/consultations/{ONE}/enter")
@requires(Capability.ENTER_FOR_OTHERS)
def entered(consultation_id: int) -> Response | tuple[str, int]:
    consultation, now = own_or_404(consultation_id), clock.now()
    form = EnterForm(clauses=clauses_of(consultation))
    if not is_ours(form.submission_key.data):
        form.submission_key.data = new_submission_key()
    key = form.submission_key.data
    valid = form.validate()
    try:
        file_service.stage(form.files.data or [], form_key=key, actor=current_actor(), now=now)
    except Refused as refused:
        form.refuse("files", sentence(refused))
        valid = False
    for name in request.form.getlist("drop")[:10]:
        if name.isascii() and name.isdigit() and len(name) < 10:
            file_service.unstage(key, int(name))
    if not valid:
        db.session.commit()
        return _form(consultation, form, 422)
    db.session.commit()
    if tracking.by_submission(submission_digest(key)) is None:
        try:
            _store(own_or_404(consultation_id), form, key)
            db.session.commit()
        except Refused as refused:
            blame(form, refused)
            return _form(own_or_404(consultation_id), form, 422)
        except IntegrityError:
            db.session.rollback()
            if tracking.by_submission(submission_digest(key)) is None:
                raise
    session[ENTERED] = key
    return redirect(url_for("consultations.entered_receipt", consultation_id=consultation_id), 303)


@bp.get(f"/desk/consultations/{ONE}/entered")
@requires(Capability.ENTER_FOR_OTHERS)
def entered_receipt(consultation_id: int) -> Response | tuple[str, int]:
    """Once more the receipt of what was just entered, to print for the person."""
    consultation, key = own_or_404(consultation_id), session.get(ENTERED, "")
    comment = tracking.by_submission(submission_digest(key)) if is_ours(key) else None
    if comment is None or comment.consultation_id != consultation.id:
        return redirect(url_for("consultations.enter", consultation_id=consultation_id))
    return receipt_page(comment, secret_for(key))


def _store(consultation: Consultation, form: EnterForm, key: str) -> None:
    service.enter(
        consultation,
        channel=form.channel.data,
        received_on=form.received_on.data,
        text=form.text.data,
        author_name=form.name.data,
        contact=read_contact(form.contact.data) if form.contact.data else None,
        clause_id=form.clause_id,
        consent_public=form.consent.data == "yes",
        submission_digest=submission_digest(key),
        secret_digest=digest_secret(secret_for(key)),
        form_key=key,
        actor=current_actor(),
        now=clock.now(),
    )


def _form(consultation: Consultation, form: EnterForm, status: int) -> tuple[str, int]:
    staged = files.staged(form.submission_key.data)
    return page("enter.html", status, consultation=consultation, form=form, staged=staged)
