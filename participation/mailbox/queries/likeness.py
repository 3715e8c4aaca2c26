"""Approved answers that are like a text, of letters that the reader may see."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from participation.access import Actor
from participation.extensions import db
from participation.mailbox.models import Answer, Letter
from participation.mailbox.queries.letters import visible_to
from participation.textindex.likeness import similar

LOOKED_AT = 12


@dataclass(frozen=True)
class SimilarAnswer:
    answer: Answer
    letter: Letter
    score: float


def similar_answers(letter: Letter, text: str, actor: Actor, *, limit: int = 3) -> list[SimilarAnswer]:
    """Answers to other letters, the most like first. Never one of the letter itself, nor of those
    merged with it: they share an answer on purpose."""
    lead = letter.merged_into_id or letter.id
    family = select(Letter.id).where(or_(Letter.id == lead, Letter.merged_into_id == lead))
    found = similar("answer", text, limit=LOOKED_AT)
    scores = {one.subject_id: one.score for one in found}
    query = (
        visible_to(actor)
        .add_columns(Answer)
        .join(Answer, Answer.letter_id == Letter.id)
        .where(Answer.id.in_(scores), Letter.id.not_in(family), Letter.id != letter.id)
    )
    rows = [SimilarAnswer(answer, other, scores[answer.id]) for other, answer in db.session.execute(query)]
    return sorted(rows, key=lambda row: (-row.score, -row.answer.id))[:limit]
