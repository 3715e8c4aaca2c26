"""The import through a page: choose a file, see what was understood, confirm."""

import base64
import binascii

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.decisions import service
from participation.decisions.forms import ImportForm
from participation.decisions.forms.parts import blame
from participation.decisions.importing.catalogue import Outcome, Remark, read
from participation.decisions.rules import CATEGORIES, FIELDS, PROCEDURES
from participation.decisions.views.blueprint import bp, commit, found_catalogue
from participation.errors import N_, Refused
from participation.extensions import db
from participation.web.guards import current_actor, requires

MOST_BYTES = 1024 * 1024
"""The file travels inside the preview page until it is confirmed, so here it stays small."""


def _sentence(remark: Remark) -> str:
    text = _(remark.message) % remark.values
    return f"{text}（{remark.basis}）" if remark.basis else text


def _page(
    year: int, form: ImportForm, outcome: Outcome | None = None, data: bytes = b"", name: str = "", status: int = 200
) -> Response:
    return make_response(
        render_template(
            "decisions/import.html",
            year=year,
            form=form,
            outcome=outcome,
            data=base64.b64encode(data).decode(),
            name=name,
            categories=CATEGORIES,
            fields=FIELDS,
            procedures=PROCEDURES,
            sentence=_sentence,
        ),
        status,
    )


@bp.get("/desk/decisions/<int:year>/import")
@requires(Capability.MANAGE_CATALOGUE)
def import_file(year: int) -> Response:
    found_catalogue(year)
    return _page(year, ImportForm(formdata=None))


@bp.post("/desk/decisions/<int:year>/import")
@requires(Capability.MANAGE_CATALOGUE)
def preview(year: int) -> Response:
    found_catalogue(year)
    form = ImportForm()
    if not form.validate():
        return _page(year, form, status=422)
    upload: FileStorage = form.file.data
    data = upload.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        blame(
            form,
            Refused(
                "invalid", N_("The file is larger than 1 MB. Save only the sheet with the catalogue."), field="file"
            ),
        )
        return _page(year, form, status=422)
    outcome = service.checked(read(data, year=year, filename=upload.filename or ""), year=year)
    return _page(year, form, outcome, data, upload.filename or "", 422 if outcome.errors else 200)


@bp.post("/desk/decisions/<int:year>/import/confirm")
@requires(Capability.MANAGE_CATALOGUE)
def import_confirmed(year: int) -> Response:
    found_catalogue(year)
    form, name = ImportForm(formdata=None), request.form.get("name", "")[:200]
    try:
        data = base64.b64decode(request.form.get("data", ""), validate=True)
    except (binascii.Error, ValueError):
        data = b""
    outcome = service.checked(read(data, year=year, filename=name), year=year)
    if outcome.errors:
        return _page(year, form, outcome, data, name, 422)
    try:
        _catalogue, decisions = service.import_items(outcome, year=year, actor=current_actor(), now=clock.now())
    except Refused as refused:
        if refused.code != "invalid":
            raise
        db.session.rollback()
        blame(form, refused)
        return _page(year, form, outcome, data, name, 422)
    commit()
    flash(_("%(count)d items are entered. They are public when their batch is published.", count=len(decisions)))
    return redirect(url_for("decisions.desk", year=year), 303)
