"""Published consultations that hold words, in what the public can read of them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from participation.consultations.lifecycle import PUBLISHED
from participation.consultations.models import Consultation
from participation.documents.models import Document
from participation.extensions import db
from participation.web.matching import Words, says


def _public_and_says(words: Words) -> ColumnElement[bool]:
    """Each word in title, reasons, the draft's public versions, or the summary once it is out."""
    out = Consultation.feedback_published_at.is_not(None)
    each = []
    for word in words:
        draft = (
            select(Document.id)
            .where(
                Document.subject_kind == "consultation",
                Document.subject_id == Consultation.id,
                Document.frozen_at.is_not(None),
                says([word], Document.text),
            )
            .exists()
        )
        plain = says([word], Consultation.title, Consultation.why, Consultation.explanation)
        each.append(or_(plain, draft, and_(out, says([word], Consultation.feedback_summary))))
    return and_(Consultation.stage.in_(sorted(PUBLISHED)), *each)


def how_many(asked: Sequence[Words]) -> list[int]:
    """For each of several searches the number of consultations, by one query."""
    if not asked:
        return []
    columns = [func.coalesce(func.sum(case((_public_and_says(words), 1), else_=0)), 0) for words in asked]
    return [int(count) for count in db.session.execute(select(*columns).select_from(Consultation)).one()]


def matching(words: Words, *, limit: int, before: int | None = None) -> list[Consultation]:
    """The newest first; `before` is the last id of the page before."""
    query = select(Consultation).where(_public_and_says(words))
    if before is not None:
        query = query.where(Consultation.id < before)
    return list(db.session.scalars(query.order_by(Consultation.id.desc()).limit(limit)))
