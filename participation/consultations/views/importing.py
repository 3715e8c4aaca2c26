"""Opinions from a file: every row is shown before anything is entered, then all of it or nothing."""

from typing import Any

from flask import Response as Download
from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response
from wtforms import FileField

from participation import clock
from participation.access import Capability
from participation.consultations import importing, service
from participation.consultations.forms.commenting import ConfirmForm
from participation.consultations.importing import COLUMNS, Judged, Row
from participation.consultations.models import Consultation
from participation.consultations.queries import tracking
from participation.consultations.rules.comments import read_contact
from participation.consultations.views.blueprint import ONE, blame, bp, own_or_404, page
from participation.consultations.views.comment import clauses_of
from participation.errors import Refused
from participation.extensions import db
from participation.web.fields import Wanted
from participation.web.forms import Form
from participation.web.guards import current_actor, requires
from participation.web.secrets import digest_secret, new_secret
from participation.web.spreadsheet import csv_response
from participation.web.tables import MOST_BYTES
from participation.web.workbook import Sheet, xlsx_response

BATCH = "<int(max=2147483647):batch_id>"


class ImportForm(Form):
    file = FileField(_l("The table, .csv or .xlsx"), validators=[Wanted(_l("Choose the file"))])


@bp.get(f"/desk/consultations/{ONE}/import")
@requires(Capability.ENTER_FOR_OTHERS)
def import_opinions(consultation_id: int) -> tuple[str, int]:
    consultation = own_or_404(consultation_id)
    refused = service.refusals(consultation, actor=current_actor(), now=clock.now())["enter"]
    if refused is not None:
        raise refused
    return _form(consultation, ImportForm(formdata=None), 200)


@bp.get(f"/desk/consultations/{ONE}/import/template.<any(csv, xlsx):kind>")
@requires(Capability.ENTER_FOR_OTHERS)
def import_opinions_template(consultation_id: int, kind: str) -> Download:
    own_or_404(consultation_id)
    heading = [names[0] for names in COLUMNS.values()]
    if kind == "csv":
        return csv_response("opinions-template.csv", heading, [])
    return xlsx_response("opinions-template.xlsx", [Sheet("意见", heading, [])])


@bp.post(f"/desk/consultations/{ONE}/import")
@requires(Capability.ENTER_FOR_OTHERS)
def import_opinions_read(consultation_id: int) -> Response | tuple[str, int]:
    consultation, form, now = own_or_404(consultation_id), ImportForm(), clock.now()
    if not form.validate() or not isinstance(form.file.data, FileStorage):
        return _form(consultation, form, 422)
    upload, clauses = form.file.data, {clause.label: clause.id for clause in clauses_of(consultation)}
    data, name = upload.stream.read(MOST_BYTES + 1), upload.filename or ""
    try:
        table, judged = importing.read(
            data, name, consultation=consultation, clauses=clauses, today=clock.local_date(now)
        )
    except Refused as refused:
        blame(form, refused)
        return _form(own_or_404(consultation_id), form, 422)
    if any(each.problems for each in judged):
        return _form(consultation, form, 422, judged=judged, unknown=table.unknown)
    rows = [each.row.as_json() for each in judged if each.row is not None]
    batch = service.keep_import(consultation, rows, filename=name, actor=current_actor(), now=now)
    db.session.commit()
    where = {"consultation_id": consultation_id, "batch_id": batch.id}
    return redirect(url_for("consultations.import_opinions_shown", **where), 303)


@bp.get(f"/desk/consultations/{ONE}/import/{BATCH}")
@requires(Capability.ENTER_FOR_OTHERS)
def import_opinions_shown(consultation_id: int, batch_id: int) -> tuple[str, int]:
    consultation = own_or_404(consultation_id)
    batch = tracking.batch_in(consultation.id, batch_id)
    if batch is None or batch.read_by != current_actor().person_id:
        abort(404)
    rows = [Row.from_json(kept) for kept in batch.payload]
    stored = tracking.stored_already([row.digest for row in rows])
    return page("import_shown.html", consultation=consultation, batch=batch, rows=rows, stored=stored)


@bp.post(f"/desk/consultations/{ONE}/import/{BATCH}")
@requires(Capability.ENTER_FOR_OTHERS)
def import_opinions_confirmed(consultation_id: int, batch_id: int) -> Response:
    """All new rows become comments in one transaction; the same rows again become none."""
    consultation, actor, now = own_or_404(consultation_id), current_actor(), clock.now()
    if not ConfirmForm().validate():
        abort(400)
    batch = tracking.batch_in(consultation.id, batch_id, lock=True)
    if batch is None or batch.read_by != actor.person_id:
        abort(404)
    rows = [Row.from_json(kept) for kept in batch.payload]
    new = importing.fresh(rows, tracking.stored_already([row.digest for row in rows]))
    for row in new:
        service.enter(
            consultation,
            channel=row.channel,
            received_on=row.received_on,
            text=row.text,
            author_name=row.name,
            contact=read_contact(row.contact) if row.contact else None,
            clause_id=row.clause_id,
            consent_public=row.consent,
            submission_digest=row.digest,
            secret_digest=digest_secret(new_secret()),
            actor=actor,
            now=now,
        )
    batch.entered_at = batch.entered_at or now
    batch.payload = []
    db.session.commit()
    flash(ngettext("%(num)d opinion was entered.", "%(num)d opinions were entered.", len(new)))
    return redirect(url_for("consultations.file", consultation_id=consultation_id), 303)


def _form(consultation: Consultation, form: ImportForm, status: int, **shown: Any) -> tuple[str, int]:
    judged: list[Judged] = shown.get("judged", [])
    return page(
        "import.html",
        status,
        consultation=consultation,
        form=form,
        wrong=[each for each in judged if each.problems],
        right=len([each for each in judged if not each.problems]),
        unknown=shown.get("unknown", ()),
        most=importing.MOST,
        title=_("Enter opinions from a file"),
    )
