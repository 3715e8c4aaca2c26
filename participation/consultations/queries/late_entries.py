"""Opinions from elsewhere that were entered more than one workday after they came in."""

from dataclasses import dataclass

from sqlalchemy import and_, func, select

from participation.consultations.models import Comment
from participation.extensions import db

SHOWN = 50
LATE = Comment.gap_workdays > 1
UNCONFIRMED = and_(LATE, Comment.gap_confirmed_at.is_(None))


@dataclass(frozen=True)
class Late:
    """How many were entered late, and of how many a second person confirmed the day."""

    entered: int
    confirmed: int

    @property
    def unconfirmed(self) -> int:
        return self.entered - self.confirmed


def counted(consultation_id: int) -> Late:
    return counted_of([consultation_id]).get(consultation_id, Late(0, 0))


def counted_of(consultation_ids: list[int]) -> dict[int, Late]:
    """The same for several, in one query; one without any is not in it."""
    query = (
        select(Comment.consultation_id, func.count(), func.count(Comment.gap_confirmed_at))
        .where(Comment.consultation_id.in_(consultation_ids), LATE)
        .group_by(Comment.consultation_id)
    )
    return {row[0]: Late(row[1], row[2]) for row in db.session.execute(query)}


def waiting(consultation_id: int) -> list[Comment]:
    """Those nobody has confirmed, the longest gap first."""
    query = select(Comment).where(Comment.consultation_id == consultation_id, UNCONFIRMED)
    return list(db.session.scalars(query.order_by(Comment.gap_workdays.desc(), Comment.id).limit(SHOWN)))


def chosen(consultation_id: int, ids: list[int]) -> list[Comment]:
    """These of them, held so that two who confirm at once do it once."""
    query = select(Comment).where(Comment.consultation_id == consultation_id, UNCONFIRMED, Comment.id.in_(ids))
    return list(db.session.scalars(query.order_by(Comment.id).with_for_update()))
