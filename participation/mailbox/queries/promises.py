"""Promises: of one letter, and those that a member of staff may see."""

from sqlalchemy import Select, false, or_, select

from participation.access import Actor, Capability
from participation.extensions import db
from participation.mailbox.models import Letter, LetterPromise

LIMIT = 200


def promises_of(letter_id: int) -> list[LetterPromise]:
    """All promises made to the writer of a letter, by their day. Their texts are the answer's: on a
    public page only where the answer itself is public."""
    query = select(LetterPromise).where(LetterPromise.letter_id == letter_id)
    return list(db.session.scalars(query.order_by(LetterPromise.due_on, LetterPromise.ordinal)))


def visible_to(actor: Actor) -> Select[LetterPromise, Letter]:
    """A unit sees what it promised itself, also when another unit has the letter by now. Never about
    a letter that is about a unit of the reader's (信访工作条例 art. 30)."""
    query = select(LetterPromise, Letter).join(Letter, Letter.id == LetterPromise.letter_id)
    if not actor.can(Capability.READ_ALL):
        own = [dep for dep in actor.department_ids if actor.can(Capability.ANSWER, dep)]
        query = query.where(LetterPromise.department_id.in_(own) if own else false())
    if actor.department_ids:
        concerned = Letter.about_department_id.in_(actor.department_ids)
        query = query.where(or_(Letter.about_department_id.is_(None), ~concerned))
    return query


def of_units(actor: Actor, *, kept: bool) -> list[tuple[LetterPromise, Letter]]:
    """Promises of the actor's units: open ones by day, kept ones the newest first."""
    own = [dep for dep in actor.department_ids if actor.can(Capability.ANSWER, dep)]
    done = LetterPromise.kept_at.is_not(None) if kept else LetterPromise.kept_at.is_(None)
    query = (
        visible_to(actor)
        .where(done, LetterPromise.department_id.in_(own))
        .order_by(LetterPromise.kept_at.desc() if kept else LetterPromise.due_on, LetterPromise.id)
        .limit(LIMIT)
    )
    return [(promise, letter) for promise, letter in db.session.execute(query)]


def waiting(actor: Actor) -> int:
    return len(of_units(actor, kept=False))


def promise_for(promise_id: int, actor: Actor, *, lock: bool = False) -> tuple[LetterPromise, Letter] | None:
    query = visible_to(actor).where(LetterPromise.id == promise_id)
    if lock:
        query = query.with_for_update(of=LetterPromise)
    row = db.session.execute(query).one_or_none()
    return (row[0], row[1]) if row else None
