"""Published consultations that hold words, in what the public can read of them."""

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, select

from participation.consultations.lifecycle import PUBLISHED
from participation.consultations.models import Consultation
from participation.extensions import db
from participation.textindex.queries import ids_matching
from participation.web.matching import EVERYTHING, MANY, Narrow, Words


def _public_and_says(words: Words, narrow: Narrow, many: int) -> ColumnElement[bool]:
    """Each word in title, reasons, the draft's public versions, or the summary once it is out."""
    asked = [
        Consultation.stage.in_(sorted(PUBLISHED)),
        Consultation.id.in_(ids_matching("consultation", words, many=many)),
    ]
    if narrow.department_id is not None:
        asked.append(Consultation.department_id == narrow.department_id)
    if narrow.year is not None:
        asked.append(Consultation.starts_on.between(date(narrow.year, 1, 1), date(narrow.year, 12, 31)))
    return and_(*asked)


def ids(words: Words, narrow: Narrow = EVERYTHING, *, many: int = MANY) -> Select[int]:
    """The search itself, for whoever counts several in one query."""
    return select(Consultation.id).where(_public_and_says(words, narrow, many))


def these(consultation_ids: list[int]) -> list[Consultation]:
    """The consultations of these ids, the newest first."""
    return list(db.session.scalars(_these(), {"ids": consultation_ids}))


@cache
def _these() -> Any:
    wanted = Consultation.id.in_(bindparam("ids", expanding=True))
    return select(Consultation).where(wanted).order_by(Consultation.id.desc())
