"""What everybody reads of one consultation: its draft and comments, older versions, the feedback."""

from flask import abort, request

from participation import clock
from participation.accounts.names import marked_names
from participation.consultations.queries import changes as text_changes
from participation.consultations.queries import comments, counts, kept, periods, points
from participation.consultations.views.blueprint import ONE, bp, is_accepting, number_of, page, published_or_404
from participation.documents import originals
from participation.documents import queries as documents
from participation.duties import queries as duties
from participation.duties.rules import state
from participation.evidence import service as evidence
from participation.web.guards import published
from participation.web.month import month_strip


@bp.get(f"/consultations/{ONE}")
@published
def show(consultation_id: int) -> tuple[str, int]:
    found, now = periods.published_with_counts(consultation_id), clock.now()
    if found is None:
        abort(404)
    consultation, counted_ahead = found
    versions = documents.versions("consultation", consultation.id)
    label = request.args.get("clause")
    shown = comments.public_comments(consultation.id, label=label, before=number_of("before"))
    counted = kept.of_page(consultation.id, counted_ahead)
    assert consultation.starts_on is not None
    assert consultation.ends_on is not None
    return page(
        "show.html",
        consultation=consultation,
        document=versions[0],
        original=originals.original_of(versions[0]),
        versions=versions,
        clauses=documents.clauses_of(versions[0]),
        preamble=documents.preamble_of(versions[0]),
        by_label=counted.by_label,
        received=counted.received,
        counted_at=counted_ahead.as_of if counted_ahead and consultation.stage == "open" else None,
        late=counted.late,
        month=month_strip(consultation.starts_on, consultation.ends_on, today=clock.local_date(now)),
        accepting=is_accepting(consultation, now),
        comments=shown[: comments.SHOWN],
        more=shown[comments.SHOWN - 1].id if len(shown) > comments.SHOWN else None,
        label=label,
        department=marked_names().get(consultation.department_id, ""),
        entry=evidence.entry_for("consultation", consultation.id, "consultation.published"),
        now=now,
    )


@bp.get(f"/consultations/{ONE}/draft/<int(max=9999):number>")
@published
def version(consultation_id: int, number: int) -> tuple[str, int]:
    """An older version of the draft, as it was frozen."""
    consultation = published_or_404(consultation_id)
    versions = documents.versions("consultation", consultation.id)
    document = next((row for row in versions if row.number == number), None)
    if document is None:
        abort(404)
    return page(
        "version.html",
        consultation=consultation,
        document=document,
        original=originals.original_of(document),
        newest=versions[0],
        clauses=documents.clauses_of(document),
        preamble=documents.preamble_of(document),
    )


@bp.get(f"/consultations/{ONE}/feedback")
@published
def feedback(consultation_id: int) -> tuple[str, int]:
    consultation = published_or_404(consultation_id)
    if consultation.feedback_published_at is None:
        abort(404)
    asked = request.args.get("outcome", "")
    lines = points.points_of(consultation.id)
    held = [line for line in lines if line.point.outcome and line.comments]
    duty = duties.duty_for("consultation", consultation.id, "feedback")
    return page(
        "feedback.html",
        consultation=consultation,
        tally=counts.tally(consultation.id),
        lines=[line for line in held if asked in ("", line.point.outcome)],
        every=held,
        everybody=counts.people(consultation.id),
        chosen=asked,
        clauses=counts.by_clause(consultation.id),
        by_channel=counts.by_channel(consultation.id),
        hidden=counts.hidden_by_ground(consultation.id),
        check=periods.count_check(consultation.id),
        final=text_changes.final_of(consultation.id),
        changes=[line for line in held if line.clause],
        duty=duty,
        state=state(duty, clock.now()) if duty else "",
        department=marked_names().get(consultation.department_id, ""),
        entry=evidence.entry_for("consultation", consultation.id, "feedback.published"),
    )
