"""What moves a consultation on: submit, publish, extend, correct, withdraw."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.consultations import service
from participation.consultations.forms.announcing import ExtendForm, ReasonForm
from participation.consultations.forms.commenting import ConfirmForm
from participation.consultations.models import Consultation
from participation.consultations.views.blueprint import ONE, blame, bp, own_or_404, page
from participation.consultations.views.desk import overview
from participation.errors import Refused
from participation.extensions import db
from participation.web.forms import Form
from participation.web.guards import current_actor, requires
from participation.web.said import sentence

Answer = Response | tuple[str, int]


def _act(consultation_id: int, form: Form, verb: Callable[..., Any], done: str, **facts: Any) -> Answer:
    """One act from the overview: what the form or the rule refuses is said there."""
    consultation = own_or_404(consultation_id)
    if not form.validate():
        return overview(consultation_id, 422, form if isinstance(form, ReasonForm) else None)
    try:
        verb(consultation, actor=current_actor(), now=clock.now(), **facts)
    except Refused as refused:
        if refused.code != "invalid":
            raise
        db.session.rollback()
        reasons = form if isinstance(form, ReasonForm) else ReasonForm(formdata=None)
        reasons.form_errors = [*reasons.form_errors, sentence(refused)]
        return overview(consultation_id, 422, reasons)
    db.session.commit()
    flash(done)
    return redirect(url_for("consultations.file", consultation_id=consultation_id), 303)


@bp.post(f"/desk/consultations/{ONE}/submit")
@requires(Capability.DRAFT_CONSULTATION)
def submit(consultation_id: int) -> Answer:
    return _act(consultation_id, ConfirmForm(), service.submit, _("Submitted. The head decides on publication."))


@bp.post(f"/desk/consultations/{ONE}/send-back")
@requires(Capability.APPROVE)
def send_back(consultation_id: int) -> Answer:
    form = ReasonForm()
    return _act(consultation_id, form, service.send_back, _("Sent back."), reason=form.reason.data or "")


@bp.post(f"/desk/consultations/{ONE}/publish")
@requires(Capability.APPROVE)
def publish(consultation_id: int) -> Answer:
    return _act(consultation_id, ConfirmForm(), service.publish, _("Published. People can comment now."))


@bp.post(f"/desk/consultations/{ONE}/ask-withdrawal")
@requires(Capability.DRAFT_CONSULTATION)
def ask_withdrawal(consultation_id: int) -> Answer:
    form = ReasonForm()
    done = _("The head decides on the withdrawal.")
    return _act(consultation_id, form, service.ask_withdrawal, done, reason=form.reason.data or "")


@bp.post(f"/desk/consultations/{ONE}/withdraw")
@requires(Capability.APPROVE)
def withdraw(consultation_id: int) -> Answer:
    return _act(
        consultation_id, ConfirmForm(), service.withdraw, _("Withdrawn. Its comments are answered all the same.")
    )


@bp.get(f"/desk/consultations/{ONE}/extend")
@requires(Capability.APPROVE)
def extend(consultation_id: int) -> tuple[str, int]:
    return _extension(own_or_404(consultation_id), ExtendForm(formdata=None), 200)


@bp.post(f"/desk/consultations/{ONE}/extend")
@requires(Capability.APPROVE)
def extended(consultation_id: int) -> Answer:
    consultation, form = own_or_404(consultation_id), ExtendForm()
    if not form.validate():
        return _extension(consultation, form, 422)
    try:
        service.extend(
            consultation,
            ends_on=form.ends_on.data,
            feedback_on=form.feedback_on.data,
            reason=form.reason.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        blame(form, refused)
        return _extension(own_or_404(consultation_id), form, 422)
    db.session.commit()
    flash(_("The period is extended; the announcement shows both dates."))
    return redirect(url_for("consultations.file", consultation_id=consultation_id), 303)


def _extension(consultation: Consultation, form: ExtendForm, status: int) -> tuple[str, int]:
    """A period that has not begun, or is over, has no such page: the refusal says why."""
    refused = service.refusals(consultation, actor=current_actor(), now=clock.now())["extend"]
    if refused is not None:
        raise refused
    return page("extend.html", status, consultation=consultation, form=form)
