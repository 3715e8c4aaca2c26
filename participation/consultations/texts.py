"""What the index keeps of consultations: what the public can read of them."""

from collections.abc import Collection, Iterator

from sqlalchemy import select

from participation.consultations.lifecycle import PUBLISHED
from participation.consultations.models import Consultation
from participation.documents.models import Document
from participation.extensions import db
from participation.textindex.following import own_id
from participation.textindex.following import register as keep

COLUMNS = ("title", "why", "explanation", "stage", "feedback_summary", "feedback_published_at")


def _texts(ids: Collection[int] | None) -> Iterator[tuple[int, str]]:
    query = select(
        Consultation.id,
        Consultation.title,
        Consultation.why,
        Consultation.explanation,
        Consultation.feedback_summary,
        Consultation.feedback_published_at,
    ).where(Consultation.stage.in_(sorted(PUBLISHED)))
    if ids is not None:
        query = query.where(Consultation.id.in_(ids))
    for found, title, why, explanation, summary, out_at in db.session.execute(query.order_by(Consultation.id)).all():
        yield found, "\n".join([title, why, explanation, summary if out_at else "", *_drafts(found)])


def _drafts(consultation_id: int) -> Iterator[str]:
    """Every version that was ever public."""
    query = select(Document.text).where(
        Document.subject_kind == "consultation",
        Document.subject_id == consultation_id,
        Document.frozen_at.is_not(None),
    )
    yield from db.session.scalars(query.order_by(Document.number))


def _consultation_of(document: Document) -> int | None:
    return document.subject_id if document.subject_kind == "consultation" else None


def register() -> None:
    keep(
        "consultation",
        _texts,
        {Consultation: (COLUMNS, own_id), Document: (("text", "frozen_at"), _consultation_of)},
    )
