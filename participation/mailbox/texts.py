"""What the index keeps of letters. The public drawer holds the redacted copy and nothing else."""

from collections.abc import Collection, Iterator

from sqlalchemy import select

from participation.extensions import db
from participation.mailbox.models import Answer, Letter, Question
from participation.textindex.following import own_id
from participation.textindex.following import register as keep

PUBLIC = (
    "published_at",
    "public_title",
    "public_text",
    "public_answer",
    "public_earlier",
    "about_department_id",
    "number",
)


def _public(ids: Collection[int] | None) -> Iterator[tuple[int, str]]:
    # 信访工作条例 art. 30: a letter about a unit is never public, whatever else went wrong.
    columns = (Letter.number, Letter.public_title, Letter.public_text, Letter.public_answer, Letter.public_earlier)
    query = select(Letter.id, *columns).where(Letter.published_at.is_not(None), Letter.about_department_id.is_(None))
    if ids is not None:
        query = query.where(Letter.id.in_(ids))
    for letter_id, *texts, earlier in db.session.execute(query.order_by(Letter.id)).yield_per(500):
        yield letter_id, "\n".join([*texts, *earlier.values()])


def _desk(ids: Collection[int] | None) -> Iterator[tuple[int, str]]:
    # 个人信息保护法 art. 47: what is only stored still is not found.
    query = select(Letter.id, Letter.title, Letter.text).where(Letter.limited_at.is_(None), Letter.erased_at.is_(None))
    if ids is not None:
        query = query.where(Letter.id.in_(ids))
    for letter_id, title, text in db.session.execute(query.order_by(Letter.id)).yield_per(500):
        yield letter_id, f"{title}\n{text}"


def _new_public(letter: Letter) -> str:
    if letter.published_at is None or letter.about_department_id is not None:
        return ""
    earlier = letter.public_earlier or {}
    return "\n".join([letter.number, letter.public_title, letter.public_text, letter.public_answer, *earlier.values()])


def _new_desk(letter: Letter) -> str:
    return f"{letter.title}\n{letter.text}" if letter.limited_at is None and letter.erased_at is None else ""


def _answers(ids: Collection[int] | None) -> Iterator[tuple[int, str]]:
    """By the id of the answer: a letter has one a round."""
    query = (
        select(Answer.id, Answer.text)
        .join(Letter, Letter.id == Answer.letter_id)
        .where(Answer.approved_at.is_not(None), Answer.kind == "answer")
        .where(Letter.limited_at.is_(None), Letter.erased_at.is_(None))
    )
    if ids is not None:
        query = query.where(Answer.id.in_(ids))
    yield from db.session.execute(query.order_by(Answer.id)).yield_per(500)


def _questions(ids: Collection[int] | None) -> Iterator[tuple[int, str]]:
    """Whether the letter it comes from is public still, the queries ask."""
    query = select(Question.id, Question.question, Question.answer).where(Question.retired_at.is_(None))
    if ids is not None:
        query = query.where(Question.id.in_(ids))
    for question_id, question, answer in db.session.execute(query.order_by(Question.id)).all():
        yield question_id, f"{question}\n{answer}"


def register() -> None:
    keep("letter_public", _public, {Letter: (PUBLIC, own_id)}, written=_new_public)
    keep("question", _questions, {Question: (("question", "answer", "retired_at"), own_id)})
    followed = {Letter: (("title", "text", "limited_at", "erased_at"), own_id)}
    keep("letter_desk", _desk, followed, written=_new_desk)
    keep("answer", _answers, {Answer: (("approved_at", "text", "kind"), own_id)})
