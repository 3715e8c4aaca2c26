"""A letter's rounds: each with its duty, its answer, what the writer thinks of it, and why it began."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, select

from participation.duties.models import Duty
from participation.duties.strip import Strip, day_strip
from participation.extensions import db
from participation.mailbox.models import Answer, Extension, Letter, Rating, Reopening


@dataclass(frozen=True)
class Round:
    """One round. `answer` is what was approved in it, `reopening` why it began (None: the first)."""

    number: int
    duty: Duty
    answer: Answer | None
    rating: Rating | None
    reopening: Reopening | None
    extension: Extension | None
    strip: Strip


def rounds_of(letter: Letter, *, now: datetime) -> list[Round]:
    """All rounds, the first one first. The verdict of each is its duty's."""
    rows = db.session.execute(_ROUNDS, {"letter": letter.id})
    last = {row[0].round: row for row in rows}
    return [
        Round(number, duty, answer, rating, reopening, extension, day_strip(duty, now))
        for number, (duty, answer, rating, reopening, extension) in last.items()
    ]


def _of(model: Any, *more: Any) -> Any:
    """Rows of the same letter and the same round as the duty."""
    return and_(model.letter_id == Duty.subject_id, model.round == Duty.round, *more)


_ROUNDS = (
    select(Duty, Answer, Rating, Reopening, Extension)
    .outerjoin(Answer, _of(Answer, Answer.approved_at.is_not(None)))
    .outerjoin(Rating, _of(Rating))
    .outerjoin(Reopening, _of(Reopening))
    .outerjoin(Extension, _of(Extension, Extension.outcome == "approved"))
    .where(Duty.subject_kind == "letter", Duty.subject_id == bindparam("letter"), Duty.kind == "letter_answer")
    .order_by(Duty.round, Answer.id, Rating.id)
)


def approved_answers(letter_id: int) -> list[Answer]:
    """The answers that went out, and refusals: one a round."""
    query = select(Answer).where(Answer.letter_id == letter_id, Answer.approved_at.is_not(None))
    return list(db.session.scalars(query.order_by(Answer.round, Answer.id)))


def reopenings(letter_id: int) -> list[Reopening]:
    return list(db.session.scalars(select(Reopening).where(Reopening.letter_id == letter_id).order_by(Reopening.round)))


def reopening(letter: Letter) -> Reopening | None:
    """Why the running round began; None in the first."""
    return next((row for row in reopenings(letter.id) if row.round == letter.round), None)


def rating(letter_id: int, round: int) -> Rating | None:
    return db.session.scalar(select(Rating).where(Rating.letter_id == letter_id, Rating.round == round))


def ratings_of(letter_ids: Iterable[int]) -> list[Rating]:
    """The ratings of some letters, every round; a letter without one was not rated."""
    wanted = list(letter_ids)
    if not wanted:
        return []
    return list(db.session.scalars(select(Rating).where(Rating.letter_id.in_(wanted)).order_by(Rating.id)))


def supplements_of(letter: Letter) -> list[Letter]:
    """The later letters that add to this one. Who may see them is the caller's business."""
    return list(db.session.scalars(select(Letter).where(Letter.supplements_id == letter.id).order_by(Letter.id)))
