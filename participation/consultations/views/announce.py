"""Writing an announcement; the officer's part of publication."""

from collections.abc import Sequence
from typing import Any

from flask import abort, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.consultations import service
from participation.consultations.forms.announcing import AnnounceForm
from participation.consultations.models import Consultation
from participation.consultations.views.blueprint import ONE, blame, bp, number_of, own_or_404, page
from participation.consultations.views.original import validated
from participation.documents import originals
from participation.documents import queries as documents
from participation.duties import service as duties
from participation.duties.subjects import lines_for
from participation.errors import Refused
from participation.extensions import db
from participation.web.guards import current_actor, requires
from participation.web.submission import new_submission_key

_PLAIN = (
    "title", "kind", "concerns_business", "why", "explanation", "ends_on", "short_reason", "promised_feedback_on",
    "contact_person", "contact_phone", "contact_address", "contact_email", "contact_visit",
)  # fmt: skip


def _departments() -> list[tuple[str, str]]:
    actor, names = current_actor(), accounts.department_names()
    own = sorted(dep for dep in actor.department_ids if actor.can(Capability.DRAFT_CONSULTATION, dep))
    return [(str(dep), names.get(dep, "")) for dep in own]


@bp.get("/desk/consultations/new")
@requires(Capability.DRAFT_CONSULTATION)
def new() -> tuple[str, int]:
    form = AnnounceForm(formdata=None, departments=_departments())
    form.kind.data = "major_decision"
    form.upload_key.data = new_submission_key()
    asked = number_of("decision")
    line = lines_for([("decision", asked)], staff=True).get(("decision", asked)) if asked is not None else None
    if line is not None:
        form.decision.data = str(asked)
        form.title.data = f"{line.title}（征求意见稿）"
    year = number_of("catalogue")
    if year is not None and 2000 <= year <= 2100:
        form.catalogue.data = str(year)
        form.title.data = form.title.data or f"{year}年度重大行政决策事项目录（征求意见稿）"
    return _form(form, None, 200)


@bp.post("/desk/consultations/new")
@requires(Capability.DRAFT_CONSULTATION)
def create() -> Response | tuple[str, int]:
    form = AnnounceForm(departments=_departments())
    if not validated(form):
        return _form(form, None, 422)
    try:
        consultation = service.draft(
            form.plan,
            text=form.text.data,
            department_id=int(form.department.data),
            actor=current_actor(),
            now=clock.now(),
            form_key=form.upload_key.data,
        )
    except Refused as refused:
        blame(form, refused)
        return _form(form, None, 422)
    db.session.commit()
    return redirect(url_for("consultations.file", consultation_id=consultation.id), 303)


@bp.get(f"/desk/consultations/{ONE}/edit")
@requires(Capability.DRAFT_CONSULTATION)
def change(consultation_id: int) -> tuple[str, int]:
    consultation = own_or_404(consultation_id)
    if consultation.published_at is not None:
        abort(404)
    form = AnnounceForm(formdata=None, data=_saved(consultation), departments=_departments())
    form.version.data = str(consultation.version)
    form.upload_key.data = new_submission_key()
    return _form(form, consultation, 200)


@bp.post(f"/desk/consultations/{ONE}/edit")
@requires(Capability.DRAFT_CONSULTATION)
def save(consultation_id: int) -> Response | tuple[str, int]:
    consultation = own_or_404(consultation_id)
    form = AnnounceForm(departments=_departments())
    if form.department.data is None:
        form.department.data = str(consultation.department_id)
    if not validated(form):
        return _form(form, own_or_404(consultation_id), 422)
    if form.version.data != str(consultation.version):
        form.form_errors.append(_("A colleague has changed this meanwhile. Compare both before you save again."))
        form.version.data = str(consultation.version)
        saved = _saved(consultation).items()
        theirs = [(form[name].label.text, value) for name, value in saved if form[name].data != value]
        return _form(form, consultation, 409, theirs)
    try:
        service.edit(
            consultation, form.plan, text=form.text.data, form_key=form.upload_key.data, actor=current_actor(),
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        blame(form, refused)
        return _form(form, own_or_404(consultation_id), 422)
    db.session.commit()
    return redirect(url_for("consultations.file", consultation_id=consultation_id), 303)


def _saved(consultation: Consultation) -> dict[str, Any]:
    """What the form's fields hold in the database."""
    document = documents.current("consultation", consultation.id)
    data = {name: getattr(consultation, name) for name in _PLAIN}
    return data | {
        "text": document.text if document else "",
        "decision": str(consultation.decision_id or ""),
        "catalogue": str(consultation.catalogue_year or ""),
    }


def _form(
    form: AnnounceForm, consultation: Consultation | None, status: int, theirs: Sequence[tuple[str, Any]] = ()
) -> tuple[str, int]:
    """`theirs` is what a colleague saved meanwhile, where it differs: label and value."""
    ends_on, offered = form.ends_on.data, None
    today = clock.local_date(clock.now())
    if ends_on is not None and 0 < (ends_on - today).days < 366:
        calendar = duties.load_calendar()
        offered = None if calendar.is_workday(ends_on) else calendar.next_workday(ends_on)
    shown = {"form": form, "consultation": consultation, "theirs": theirs}
    document = documents.current("consultation", consultation.id) if consultation is not None else None
    shown["waiting"] = originals.waiting(form.upload_key.data or "")
    shown["original"] = originals.original_of(document) if document is not None else None
    return page("announce.html", status, offered=offered, today=today, **shown)
