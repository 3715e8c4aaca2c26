"""What changed: for everybody once the feedback is out, and on the desk where each change is explained."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.consultations import service
from participation.consultations.forms.changing import ChangeForm, FinalForm
from participation.consultations.models import Consultation, TextChange
from participation.consultations.queries import changes as queries
from participation.consultations.queries import points
from participation.consultations.views.blueprint import ONE, blame, bp, own_or_404, page, published_or_404
from participation.consultations.views.original import validated
from participation.documents import originals
from participation.documents import queries as documents
from participation.documents.models import Document
from participation.errors import Refused
from participation.extensions import db
from participation.web.guards import current_actor, published, requires
from participation.web.submission import new_submission_key

Answer = Response | tuple[str, int]
VIEWS = ("changed", "all", "sides", "new")


@bp.get(f"/consultations/{ONE}/changes")
@published
def changes(consultation_id: int) -> tuple[str, int]:
    """The draft that people commented on beside the text as it was decided."""
    consultation = published_or_404(consultation_id)
    final = queries.final_of(consultation.id)
    if final is None or consultation.feedback_published_at is None:
        abort(404)
    return page("changes.html", **_compared(consultation, _draft(consultation), final))


@bp.get(f"/consultations/{ONE}/draft/<int(max=9999):old>/<int(max=9999):new>")
@published
def compared(consultation_id: int, old: int, new: int) -> tuple[str, int]:
    """Two versions of the draft."""
    consultation = published_or_404(consultation_id)
    versions = {row.number: row for row in documents.versions("consultation", consultation.id)}
    if old not in versions or new not in versions or old >= new:
        abort(404)
    return page("versions.html", **_compared(consultation, versions[old], versions[new]))


@bp.get(f"/desk/consultations/{ONE}/final")
@requires(Capability.USE_DESK)
def final(consultation_id: int) -> tuple[str, int]:
    consultation = own_or_404(consultation_id)
    refused = service.refusals(consultation, actor=current_actor(), now=clock.now())["sort"]
    if refused is not None:
        raise refused
    document = queries.final_of(consultation.id) or _draft(consultation)
    form = FinalForm(formdata=None, data={"title": document.title, "text": document.text})
    form.upload_key.data = new_submission_key()
    return _final(consultation, form, 200)


@bp.post(f"/desk/consultations/{ONE}/final")
@requires(Capability.ANSWER)
def write_final(consultation_id: int) -> Answer:
    consultation, form = own_or_404(consultation_id), FinalForm()
    if not validated(form):
        return _final(own_or_404(consultation_id), form, 422)
    try:
        service.write_final(
            consultation, title=form.title.data, text=form.text.data, form_key=form.upload_key.data,
            actor=current_actor(), now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        blame(form, refused)
        return _final(own_or_404(consultation_id), form, 422)
    db.session.commit()
    return redirect(url_for("consultations.explain", consultation_id=consultation_id), 303)


@bp.get(f"/desk/consultations/{ONE}/changes")
@requires(Capability.USE_DESK)
def explain(consultation_id: int) -> tuple[str, int]:
    """Each change with its opinions; the department explains, who reads all only reads."""
    return _explained(own_or_404(consultation_id), 200)


@bp.post(f"/desk/consultations/{ONE}/changes/<int(max=2147483647):change_id>")
@requires(Capability.ANSWER)
def explain_one(consultation_id: int, change_id: int) -> Answer:
    consultation = own_or_404(consultation_id)
    change = queries.change_in(consultation.id, change_id)
    if change is None:
        abort(404)
    form = _form_of(change, points.points_of(consultation.id), sent=True)
    if form.validate():
        try:
            service.explain_change(
                consultation, change, point_ids=form.point_ids, reason=form.reason.data, actor=current_actor(),
                now=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            blame(form, refused)
            return _explained(own_or_404(consultation_id), 422, (change_id, form))
        db.session.commit()
        flash(_("Saved."))
        where = url_for("consultations.explain", consultation_id=consultation_id, _anchor=f"change-{change_id}")
        return redirect(where, 303)
    return _explained(consultation, 422, (change_id, form))


def _draft(consultation: Consultation) -> Document:
    document = documents.current("consultation", consultation.id)
    assert document is not None
    return document


def _compared(consultation: Consultation, old: Document, new: Document) -> dict[str, Any]:
    asked = request.args.get("view", "")
    lines = points.points_of(consultation.id)
    found = queries.pairs(old, new)
    explained = queries.changes_of(consultation.id) if new.role == "final" else []
    different = [pair for pair in found if pair.kind != "same"]
    return {
        "consultation": consultation,
        "old": old,
        "new": new,
        "view": asked if asked in VIEWS else "changed",
        "rows": list(queries.rows(found, explained, lines)),
        "clauses": max(documents.clause_count(old), documents.clause_count(new)),
        "different": len(different),
        "by_opinion": sum(1 for change in explained if change.causes),
        "without_opinion": sum(1 for change in explained if not change.causes),
        "missing": queries.without_change(explained, lines) if new.role == "final" else [],
        "originals": [(row, originals.original_of(row)) for row in (old, new)],
        "lines": lines,
    }


def _final(consultation: Consultation, form: FinalForm, status: int) -> tuple[str, int]:
    waiting = originals.waiting(form.upload_key.data or "")
    return page("final.html", status, consultation=consultation, form=form, waiting=waiting)


def _form_of(change: TextChange, lines: list[points.PointLine], *, sent: bool = False) -> ChangeForm:
    if sent:
        return ChangeForm(lines=lines)
    data = {"points": [str(point) for point in sorted(change.point_ids)], "reason": change.reason}
    return ChangeForm(formdata=None, lines=lines, data=data)


def _explained(consultation: Consultation, status: int, wrong: tuple[int, ChangeForm] | None = None) -> tuple[str, int]:
    new = queries.final_of(consultation.id)
    if new is None:
        abort(404)
    shown = _compared(consultation, _draft(consultation), new)
    forms = {row.change.id: _form_of(row.change, shown["lines"]) for row in shown["rows"] if row.change is not None}
    if wrong is not None:
        forms[wrong[0]] = wrong[1]
    may = service.refusals(consultation, actor=current_actor(), now=clock.now())["sort"] is None
    open_ = sum(1 for row in shown["rows"] if row.change is not None and not row.change.explained)
    bad = wrong[1] if wrong is not None else None
    return page("explain.html", status, forms=forms, may=may, unexplained=open_, bad=bad, **shown)
