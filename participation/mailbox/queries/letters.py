"""Who may see which letter, and what belongs to one letter."""

from sqlalchemy import Select, false, or_, select

from participation.access import Actor, Capability
from participation.extensions import db
from participation.mailbox.models import Answer, Letter, LetterEvent
from participation.mailbox.queries.joints import helped_by


def visible_to(actor: Actor) -> Select[Letter]:
    """The letters that this member of staff may know of. 信访工作条例 art. 30: nobody with a post in
    the unit a letter is about, whatever other posts they hold."""
    query = select(Letter)
    if not actor.can(Capability.READ_ALL):
        own = [dep for dep in actor.department_ids if actor.can(Capability.ANSWER, dep)]
        helped = Letter.id.in_(helped_by(own))
        query = query.where(or_(Letter.department_id.in_(own), helped) if own else false())
    if actor.department_ids:
        concerned = Letter.about_department_id.in_(actor.department_ids)
        query = query.where(or_(Letter.about_department_id.is_(None), ~concerned))
    return query


def letter_for(letter_id: int, actor: Actor, *, lock: bool = False) -> Letter | None:
    """The letter, when the actor may see it. `lock` before an act: the second waits for the first."""
    query = visible_to(actor).where(Letter.id == letter_id)
    if lock:
        query = query.with_for_update(of=Letter)
    return db.session.scalar(query)


def of_person(person_id: int) -> list[Letter]:
    """The letters a signed-in citizen has written, the newest first."""
    query = (
        select(Letter)
        .where(Letter.person_id == person_id)
        .order_by(Letter.received_at.desc(), Letter.id.desc())
        .limit(200)
    )
    return list(db.session.scalars(query))


def events_of(letter_id: int) -> list[LetterEvent]:
    """The letter's timeline, in order."""
    return list(
        db.session.scalars(select(LetterEvent).where(LetterEvent.letter_id == letter_id).order_by(LetterEvent.id))
    )


def answer_of(letter: Letter) -> Answer | None:
    """The draft or answer of the unit that has the letter now, or the refusal."""
    query = select(Answer).where(Answer.letter_id == letter.id, Answer.round == letter.round)
    if letter.stage != "refused":
        query = query.where(Answer.department_id == letter.department_id)
    else:
        query = query.where(Answer.kind == "refusal")
    return db.session.scalar(query)


def readable_answer(letter: Letter, actor: Actor) -> Answer | None:
    """The same for a reader: a unit that only helps does not read the draft of the one that leads."""
    answer = answer_of(letter)
    if answer is None or answer.approved_at is not None:
        return answer
    mine = actor.can(Capability.ANSWER, answer.department_id) or actor.can(Capability.READ_ALL)
    return answer if mine else None
