"""The report as a file: for everybody once it is published, before that for the department and the
meeting."""

from flask import Response, abort

from participation.access import Capability
from participation.consultations.models import Consultation
from participation.consultations.reporting.as_excel import excel
from participation.consultations.reporting.as_pdf import pdf
from participation.consultations.reporting.as_word import MEDIA_TYPE as WORD
from participation.consultations.reporting.as_word import word
from participation.consultations.reporting.content import report_of
from participation.consultations.views.blueprint import ONE, bp, own_or_404, published_or_404
from participation.web.guards import public, requires
from participation.web.paper import MEDIA_TYPE as PDF
from participation.web.workbook import MEDIA_TYPE as EXCEL

_MAKERS = {"docx": (word, WORD), "xlsx": (excel, EXCEL), "pdf": (pdf, PDF)}


@bp.get(f"/consultations/{ONE}/feedback.<any(docx, xlsx, pdf):form>")
@public
def feedback_file(consultation_id: int, form: str) -> Response:
    consultation = published_or_404(consultation_id)
    if consultation.feedback_published_at is None:
        abort(404)
    return _sent(consultation, form)


@bp.get(f"/desk/consultations/{ONE}/feedback.<any(docx, xlsx, pdf):form>")
@requires(Capability.USE_DESK)
def own_feedback_file(consultation_id: int, form: str) -> Response:
    """As far as it is written; the file says that the head has not approved it."""
    consultation = own_or_404(consultation_id)
    if consultation.starts_on is None:
        abort(404)
    return _sent(consultation, form)


def _sent(consultation: Consultation, form: str) -> Response:
    make, media_type = _MAKERS[form]
    name = f"feedback-{consultation.id}.{form}"
    return Response(
        make(report_of(consultation)),
        mimetype=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
