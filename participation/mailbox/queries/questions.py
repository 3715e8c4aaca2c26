"""Frequent questions. Public are those whose letter is public now, whatever their own row says."""

from sqlalchemy import Select, select

from participation.extensions import db
from participation.mailbox.models import Letter, Question


def _live() -> Select[Question]:
    return (
        select(Question)
        .join(Letter, Letter.id == Question.letter_id)
        .where(Question.retired_at.is_(None), Letter.published_at.is_not(None), Letter.about_department_id.is_(None))
    )


def live(topic: str = "", *, limit: int = 200) -> list[Question]:
    """The public questions by topic, then by their place in the list."""
    query = _live()
    if topic:
        query = query.where(Question.topic == topic)
    return list(db.session.scalars(query.order_by(Question.topic, Question.sort, Question.id).limit(limit)))


def topics() -> list[str]:
    """The topics that have a public question."""
    # Questions are few: each looks for its letter, never the other way round.
    public = select(Letter.id).where(
        Letter.id == Question.letter_id, Letter.published_at.is_not(None), Letter.about_department_id.is_(None)
    )
    query = select(Question.topic).where(Question.retired_at.is_(None), public.exists()).distinct()
    return list(db.session.scalars(query.order_by(Question.topic)))


def of_letter(letter_id: int) -> list[Question]:
    """The public questions made from this letter."""
    return list(db.session.scalars(_live().where(Question.letter_id == letter_id).order_by(Question.sort, Question.id)))


def question(question_id: int, *, lock: bool = False) -> Question | None:
    query = select(Question).where(Question.id == question_id)
    return db.session.scalar(query.with_for_update() if lock else query)
