"""The feedback on the desk: the equation, what is missing, submit, return, publish."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.consultations import service
from participation.consultations.forms.announcing import ReasonForm
from participation.consultations.forms.commenting import ConfirmForm
from participation.consultations.queries import changes, counts, late_entries, points
from participation.consultations.views.blueprint import ONE, bp, own_or_404, page
from participation.duties import queries as duties
from participation.errors import Refused
from participation.extensions import db
from participation.web.guards import current_actor, requires
from participation.web.said import sentence

Answer = Response | tuple[str, int]


@bp.get(f"/desk/consultations/{ONE}/feedback")
@requires(Capability.USE_DESK)
def report(consultation_id: int) -> tuple[str, int]:
    return _page(consultation_id)


def _page(consultation_id: int, status: int = 200, form: ReasonForm | None = None) -> tuple[str, int]:
    consultation, now = own_or_404(consultation_id), clock.now()
    refusals = service.refusals(consultation, actor=current_actor(), now=now)
    lines, final = points.points_of(consultation.id), changes.final_of(consultation.id)
    return page(
        "report.html",
        status,
        consultation=consultation,
        tally=counts.tally(consultation.id),
        lines=lines,
        late=late_entries.counted(consultation_id),
        final=final,
        changes_missing=changes.without_change(changes.changes_of(consultation.id), lines) if final else [],
        refusals=refusals,
        duty=duties.duty_for("consultation", consultation.id, "feedback"),
        form=form or ReasonForm(formdata=None),
        people=accounts.person_names({consultation.feedback_submitted_by or 0}),
    )


@bp.post(f"/desk/consultations/{ONE}/feedback/submit")
@requires(Capability.ANSWER)
def submit_feedback(consultation_id: int) -> Answer:
    consultation = own_or_404(consultation_id)
    if not ConfirmForm().validate():
        return _page(consultation_id, 422)
    service.submit_feedback(consultation, actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("Submitted. The head decides on publication."))
    return redirect(url_for("consultations.report", consultation_id=consultation_id), 303)


@bp.post(f"/desk/consultations/{ONE}/feedback/return")
@requires(Capability.APPROVE)
def return_feedback(consultation_id: int) -> Answer:
    consultation, form = own_or_404(consultation_id), ReasonForm()
    if not form.validate():
        return _page(consultation_id, 422, form)
    try:
        service.return_feedback(consultation, reason=form.reason.data or "", actor=current_actor(), now=clock.now())
    except Refused as refused:
        if refused.code != "invalid":
            raise
        db.session.rollback()
        form.refuse("reason", sentence(refused))
        return _page(consultation_id, 422, form)
    db.session.commit()
    flash(_("Sent back."))
    return redirect(url_for("consultations.report", consultation_id=consultation_id), 303)


@bp.post(f"/desk/consultations/{ONE}/feedback/publish")
@requires(Capability.APPROVE)
def publish_feedback(consultation_id: int) -> Answer:
    consultation = own_or_404(consultation_id)
    if not ConfirmForm().validate():
        return _page(consultation_id, 422)
    service.publish_feedback(consultation, actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("The feedback is public, and everybody who commented is told."))
    return redirect(url_for("consultations.feedback", consultation_id=consultation_id), 303)
