"""Promises: of one letter, and those that a member of staff may see."""

from sqlalchemy import select

from participation.access import Actor, Capability
from participation.extensions import db
from participation.mailbox.models import Letter, LetterPromise
from participation.mailbox.queries.letters import visible_to

LIMIT = 200


def promises_of(letter_id: int) -> list[LetterPromise]:
    """All promises made to the writer of a letter, by their day. Their texts are the answer's: on a
    public page only where the answer itself is public."""
    query = select(LetterPromise).where(LetterPromise.letter_id == letter_id)
    return list(db.session.scalars(query.order_by(LetterPromise.due_on, LetterPromise.ordinal)))


def of_units(actor: Actor, *, kept: bool) -> list[tuple[LetterPromise, Letter]]:
    """Promises of the actor's units about letters the actor may see: open ones by day, kept ones the
    newest first."""
    own = [dep for dep in actor.department_ids if actor.can(Capability.ANSWER, dep)]
    done = LetterPromise.kept_at.is_not(None) if kept else LetterPromise.kept_at.is_(None)
    query = (
        visible_to(actor)
        .add_columns(LetterPromise)
        .join(LetterPromise, LetterPromise.letter_id == Letter.id)
        .where(done, LetterPromise.department_id.in_(own))
        .order_by(LetterPromise.kept_at.desc() if kept else LetterPromise.due_on, LetterPromise.id)
        .limit(LIMIT)
    )
    return [(promise, letter) for letter, promise in db.session.execute(query)]


def waiting(actor: Actor) -> int:
    return len(of_units(actor, kept=False))


def promise_for(promise_id: int, actor: Actor, *, lock: bool = False) -> tuple[LetterPromise, Letter] | None:
    """A promise whose letter the actor may see."""
    query = (
        visible_to(actor).add_columns(LetterPromise).join(LetterPromise, LetterPromise.letter_id == Letter.id)
    ).where(LetterPromise.id == promise_id)
    if lock:
        query = query.with_for_update(of=LetterPromise)
    row = db.session.execute(query).one_or_none()
    return (row[1], row[0]) if row else None
