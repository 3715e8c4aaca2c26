"""The report as a file: for everybody once it is published, before that for the department and the
meeting."""

from collections.abc import Callable

from flask import Response, abort

from participation.access import Capability
from participation.consultations.models import Consultation
from participation.consultations.reporting.content import Report, report_of
from participation.consultations.views.blueprint import ONE, bp, own_or_404, published_or_404
from participation.web.guards import public, requires


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
    make, media_type = _maker(form)
    name = f"feedback-{consultation.id}.{form}"
    return Response(
        make(report_of(consultation)),
        mimetype=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _maker(form: str) -> tuple[Callable[[Report], bytes], str]:
    """The three writers are loaded by whoever uses them: together they are 15 MB of each process."""
    if form == "docx":
        from participation.consultations.reporting.as_word import MEDIA_TYPE, word

        return word, MEDIA_TYPE
    if form == "xlsx":
        from participation.consultations.reporting.as_excel import excel
        from participation.web.workbook import MEDIA_TYPE as EXCEL

        return excel, EXCEL
    from participation.consultations.reporting.as_pdf import pdf
    from participation.web.paper import MEDIA_TYPE as PDF

    return pdf, PDF
