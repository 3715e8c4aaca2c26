"""Frequent questions: made from a published answer by somebody who may approve."""

from datetime import datetime

from participation import redaction
from participation.access import Actor, Capability
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.models import Letter, Question
from participation.mailbox.rules import TOPICS


def question_refusal(letter: Letter, *, actor: Actor) -> Refused | None:
    """Why this person may not make or change a question of the letter; None when they may."""
    if letter.about_department_id is not None or letter.published_at is None:
        return Refused("wrong_time", N_("A question is made from a letter that is public"))
    if letter.department_id is None or not actor.can(Capability.APPROVE, letter.department_id):
        return Refused("forbidden", N_("The head of the unit that answered makes the question"))
    return None


def make_question(
    letter: Letter, *, topic: str, question: str, answer: str, sort: int, actor: Actor, now: datetime
) -> Question:
    """Public at once, with a link to the letter."""
    _check(letter, topic, question, answer, actor)
    made = Question(
        letter_id=letter.id, topic=topic, question=question, answer=answer, sort=sort, published_at=now,
        published_by=actor.person_id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    evidence.record("question.published", subject=made, actor=actor, now=now, facts={"letter": letter.id})
    return made


def change_question(
    made: Question,
    letter: Letter,
    *,
    topic: str,
    question: str,
    answer: str,
    sort: int,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Other words, another place in the order."""
    _check(letter, topic, question, answer, actor)
    if made.retired_at is not None:
        raise Refused("wrong_time", N_("The question was taken off. Make a new one"))
    if version is not None and version != made.version:
        raise Refused("conflict", N_("A colleague changed the question meanwhile. Look at it again"))
    made.topic, made.question, made.answer, made.sort = topic, question, answer, sort
    evidence.record("question.changed", subject=made, actor=actor, now=now, facts={"letter": letter.id})
    db.session.flush()


def retire_question(made: Question, letter: Letter, *, reason: str, actor: Actor, now: datetime) -> None:
    """Off the list, with the reason."""
    refused = question_refusal(letter, actor=actor)
    if refused is not None:
        raise refused
    if not reason:
        raise Refused("invalid", N_("Write why it is taken off"), field="reason")
    if made.retired_at is None:
        made.retired_at, made.retired_reason = now, reason
        evidence.record("question.retired", subject=made, actor=actor, now=now, facts={"letter": letter.id})
        db.session.flush()


def _check(letter: Letter, topic: str, question: str, answer: str, actor: Actor) -> None:
    """Nothing personal comes in beside what the published copy says already."""
    refused = question_refusal(letter, actor=actor)
    if refused is not None:
        raise refused
    if topic not in TOPICS:
        raise Refused("invalid", N_("Choose a topic"), field="topic")
    said = (letter.public_title, letter.public_text, letter.public_answer, *letter.public_earlier.values())
    for field, text in (("question", question), ("answer", answer)):
        left = redaction.leftovers(field, text, kept=said, writer=letter.author_name)
        if left:
            raise Refused(
                "invalid", N_("“%(text)s” looks personal. Leave it out"), field=field, args_={"text": left[0].text}
            )
