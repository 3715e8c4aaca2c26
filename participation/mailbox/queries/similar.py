"""Published letters like one that is about to be sent. Only what is public is looked at."""

from collections.abc import Sequence

from participation.duties.calendar import load_calendar
from participation.extensions import db
from participation.mailbox.models import Letter, Question
from participation.mailbox.queries.public import PublicRow, _published, _row
from participation.mailbox.queries.questions import _live
from participation.textindex.grams import distinct
from participation.textindex.likeness import similar

ENOUGH, ENOUGH_OF_TITLE = 0.25, 0.4
"""How much of what is rare in the letter, or in its title, must stand in the other one: less is chance."""
TELLING = 4
"""Grams of a title that says what the letter is about; of less nothing is concluded."""
LOOKED_AT = 12
SHOWN = 3
QUESTIONS = 2


def _scores(kind: str, title: str, text: str) -> dict[int, float]:
    scores: dict[int, float] = {}
    if len(distinct(title)) >= TELLING:
        by_title = similar(kind, title, limit=LOOKED_AT)
        scores = {one.subject_id: one.score for one in by_title if one.score >= ENOUGH_OF_TITLE}
    for one in similar(kind, f"{title}\n{text}", limit=LOOKED_AT):
        if one.score >= ENOUGH or one.subject_id in scores:
            scores[one.subject_id] = max(one.score, scores.get(one.subject_id, 0))
    return scores


def questions_like(title: str, text: str) -> Sequence[Question]:
    """At most two frequent questions like a letter; public ones only."""
    scores = _scores("question", title, text)
    if not scores:
        return []
    rows = db.session.scalars(_live().where(Question.id.in_(scores)))
    return sorted(rows, key=lambda row: (-scores[row.id], row.id))[:QUESTIONS]


def answered_like(title: str, text: str) -> Sequence[PublicRow]:
    """At most three published letters with their answers, the most like first, no answer twice;
    often none."""
    scores = _scores("letter_public", title, text)
    if not scores:
        return []
    query = _published().where(Letter.id.in_(scores), Letter.about_department_id.is_(None))
    calendar = load_calendar()
    rows = [_row(calendar, letter, duty) for letter, duty in db.session.execute(query)]
    rows.sort(key=lambda row: (-scores[row.letter.id], -row.letter.id))
    different: dict[str, PublicRow] = {}
    for row in rows:
        different.setdefault(row.letter.gist, row)
    return list(different.values())[:SHOWN]
