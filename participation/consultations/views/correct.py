"""A public draft gets a new version: corrected, or changed in substance with a fresh period."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.consultations import service
from participation.consultations.forms.announcing import CorrectForm
from participation.consultations.models import Consultation
from participation.consultations.queries import counts
from participation.consultations.rules.period import earliest_end
from participation.consultations.views.blueprint import ONE, blame, bp, own_or_404, page
from participation.consultations.views.original import validated
from participation.documents import originals
from participation.documents import queries as documents
from participation.duties import service as duties
from participation.errors import Refused
from participation.extensions import db
from participation.web.guards import current_actor, requires
from participation.web.submission import new_submission_key

Answer = Response | tuple[str, int]


@bp.get(f"/desk/consultations/{ONE}/correct")
@requires(Capability.APPROVE)
def correct(consultation_id: int) -> tuple[str, int]:
    consultation = own_or_404(consultation_id)
    refused = service.refusals(consultation, actor=current_actor(), now=clock.now())["correct"]
    if refused is not None:
        raise refused
    document = documents.current("consultation", consultation.id)
    form = CorrectForm(formdata=None, data={"text": document.text if document else ""})
    form.upload_key.data = new_submission_key()
    return _page(consultation, form, 200)


@bp.post(f"/desk/consultations/{ONE}/correct")
@requires(Capability.APPROVE)
def corrected(consultation_id: int) -> Answer:
    consultation, form = own_or_404(consultation_id), CorrectForm()
    if not validated(form):
        return _page(own_or_404(consultation_id), form, 422)
    kept = {"text": form.text.data, "reason": form.reason.data, "form_key": form.upload_key.data}
    try:
        if form.substance.data == "yes":
            dates = {"ends_on": form.ends_on.data, "feedback_on": form.feedback_on.data}
            service.revise(consultation, **kept, **dates, actor=current_actor(), now=clock.now())
        else:
            service.correct(consultation, **kept, actor=current_actor(), now=clock.now())
    except Refused as refused:
        blame(form, refused)
        return _page(own_or_404(consultation_id), form, 422)
    db.session.commit()
    flash(_("The new version of the draft is public."))
    return redirect(url_for("consultations.file", consultation_id=consultation_id), 303)


def _page(consultation: Consultation, form: CorrectForm, status: int) -> tuple[str, int]:
    today = clock.local_date(clock.now())
    earliest = earliest_end(consultation.kind, consultation.concerns_business, today, duties.load_calendar())
    assert consultation.ends_on is not None
    return page(
        "correct.html",
        status,
        consultation=consultation,
        form=form,
        tally=counts.tally(consultation.id),
        earliest=max(earliest, consultation.ends_on),
        waiting=originals.waiting(form.upload_key.data or ""),
    )
