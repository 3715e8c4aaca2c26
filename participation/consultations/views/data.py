"""A consultation as data: for other platforms and whoever counts for themselves. No names, no
contacts, nothing hidden, withdrawn or not reviewed."""

from collections.abc import Iterator
from typing import Any

from flask import Response, jsonify, url_for

from participation.accounts import queries as accounts
from participation.consultations.models import Consultation
from participation.consultations.queries import comments, counts, late_entries, points
from participation.consultations.rules.outcomes import Tally
from participation.consultations.views.blueprint import ONE, bp, published_or_404
from participation.documents import queries as documents
from participation.web.guards import published
from participation.web.spreadsheet import csv_response


@bp.get(f"/consultations/{ONE}.json")
@published
def data(consultation_id: int) -> Response:
    consultation = published_or_404(consultation_id)
    out = consultation.feedback_published_at is not None
    tally, late = counts.tally(consultation.id), late_entries.counted(consultation.id)
    return jsonify(
        {
            "id": consultation.id,
            "url": url_for("consultations.show", consultation_id=consultation.id, _external=True),
            "title": consultation.title,
            "kind": consultation.kind,
            "department": accounts.department_names().get(consultation.department_id, ""),
            "stage": consultation.stage,
            "starts_on": _day(consultation.starts_on),
            "ends_on": _day(consultation.ends_on),
            "extended_from": _day(consultation.extended_from),
            "extension_reason": consultation.extension_reason,
            "restarted_from": _day(consultation.restarted_from),
            "closes_at": _day(consultation.closes_at),
            "short_reason": consultation.short_reason,
            "promised_feedback_on": _day(consultation.promised_feedback_on),
            "feedback_published_at": _day(consultation.feedback_published_at),
            "withdrawn_at": _day(consultation.withdrawn_at),
            "versions": [
                {"number": row.number, "frozen_at": _day(row.frozen_at), "sha256": row.sha256, "reason": row.reason}
                for row in reversed(documents.versions("consultation", consultation.id))
            ],
            "clauses": [{"number": row.number, "label": row.label, "text": row.text} for row in _clauses(consultation)],
            "counts": _counts(tally, out),
            "by_clause": [{"clause": label, **_counts(one, out)} for label, one in counts.by_clause(consultation.id)],
            "by_channel": [
                {"channel": channel, **_counts(one, out)} for channel, one in counts.by_channel(consultation.id)
            ],
            "entered_late": {"opinions": late.entered, "day_confirmed": late.confirmed},
            "not_shown": dict(counts.hidden_by_ground(consultation.id)),
            "opinions": _opinions(consultation) if out else [],
            "comments": [dict(zip(_COLUMNS, row, strict=True)) for row in _public_rows(consultation, out)],
        }
    )


@bp.get(f"/consultations/{ONE}.csv")
@published
def table(consultation_id: int) -> Response:
    """The public comments with their outcomes, one a row."""
    consultation = published_or_404(consultation_id)
    out = consultation.feedback_published_at is not None
    return csv_response(f"consultation-{consultation.id}.csv", _COLUMNS, _public_rows(consultation, out))


_COLUMNS = ("number", "received_on", "channel", "clause", "text", "outcome", "opinions")


def _public_rows(consultation: Consultation, out: bool) -> Iterator[tuple[str, ...]]:
    """An outcome is public when the feedback is."""
    outcomes = points.outcomes_of(consultation.id) if out else {}
    held = points.numbers_by_comment(consultation.id) if out else {}
    for row in comments.every_public(consultation.id):
        opinions = " ".join(str(number) for number in held.get(row.id, ()))
        yield (
            row.number, row.received_on.isoformat(), row.channel, row.clause, row.text, outcomes.get(row.id) or "",
            opinions,
        )  # fmt: skip


def _opinions(consultation: Consultation) -> list[dict[str, Any]]:
    return [
        {
            "number": line.point.number,
            "title": line.point.title,
            "people": line.people,
            "comments": line.comments,
            "outcome": line.point.outcome,
            "reason": line.point.reason,
            "special_explanation": line.point.special,
            "clause": line.clause,
            "change": line.point.change,
        }
        for line in points.points_of(consultation.id)
        if line.comments
    ]


def _counts(tally: Tally, out: bool) -> dict[str, int]:
    found = {"received": tally.received, "withdrawn": tally.withdrawn}
    return found | {key: count for key, count in tally.terms if key != "withdrawn"} if out else found


def _clauses(consultation: Consultation) -> list[Any]:
    document = documents.current("consultation", consultation.id)
    return documents.clauses_of(document) if document is not None else []


def _day(value: Any) -> str | None:
    return value.isoformat() if value is not None else None
