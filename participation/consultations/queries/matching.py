"""Published consultations that hold words, in what the public can read of them."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, select

from participation.consultations.lifecycle import PUBLISHED
from participation.consultations.models import Consultation
from participation.extensions import db
from participation.textindex.queries import ids_matching
from participation.web.matching import EVERYTHING, Narrow, Words


def _public_and_says(words: Words, narrow: Narrow) -> ColumnElement[bool]:
    """Each word in title, reasons, the draft's public versions, or the summary once it is out."""
    asked = [Consultation.stage.in_(sorted(PUBLISHED)), Consultation.id.in_(ids_matching("consultation", words))]
    if narrow.department_id is not None:
        asked.append(Consultation.department_id == narrow.department_id)
    if narrow.year is not None:
        asked.append(Consultation.starts_on.between(date(narrow.year, 1, 1), date(narrow.year, 12, 31)))
    return and_(*asked)


def ids(words: Words, narrow: Narrow = EVERYTHING) -> Select[int]:
    """The search itself, for whoever counts several in one query."""
    return select(Consultation.id).where(_public_and_says(words, narrow))


def matching(words: Words, *, limit: int, before: int | None = None, narrow: Narrow = EVERYTHING) -> list[Consultation]:
    """The newest first; `before` is the last id of the page before."""
    query = select(Consultation).where(_public_and_says(words, narrow))
    if before is not None:
        query = query.where(Consultation.id < before)
    return list(db.session.scalars(query.order_by(Consultation.id.desc()).limit(limit)))
