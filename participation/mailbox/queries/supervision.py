"""Supervisions: one letter's, and the list that a member of staff may see."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from participation.access import Actor, Capability
from participation.extensions import db
from participation.mailbox.models import Letter, Supervision

LIMIT = 200


@dataclass(frozen=True)
class SupervisionRow:
    supervision: Supervision
    letter: Letter


def visible_to(actor: Actor) -> Select[Supervision, Letter]:
    """For who reads everything and for the unit of which it was demanded, also after the letter has
    moved on; never for the unit that the letter is about (信访工作条例 art. 30)."""
    query = select(Supervision, Letter).join(Letter, Letter.id == Supervision.letter_id)
    return query.where(*_demanded_of(actor), *_about_nobody_of(actor))


def _demanded_of(actor: Actor) -> list[ColumnElement[bool]]:
    if actor.can(Capability.READ_ALL):
        return []
    own = [unit for unit in actor.department_ids if actor.can(Capability.ANSWER, unit)]
    return [Supervision.department_id.in_(own) if own else false()]


def _about_nobody_of(actor: Actor) -> list[ColumnElement[bool]]:
    if not actor.department_ids:
        return []
    concerned = Letter.about_department_id.in_(actor.department_ids)
    return [or_(Letter.about_department_id.is_(None), ~concerned)]


def listed(actor: Actor, *, closed: bool = False) -> list[SupervisionRow]:
    """The open ones by the day on which the unit has to explain, or the closed ones, newest first."""
    query = visible_to(actor)
    if closed:
        query = query.where(Supervision.closed_at.is_not(None)).order_by(
            Supervision.closed_at.desc(), Supervision.id.desc()
        )
    else:
        query = query.where(Supervision.closed_at.is_(None)).order_by(Supervision.respond_by, Supervision.id)
    return [SupervisionRow(*row) for row in db.session.execute(query.limit(LIMIT))]


def counts(actor: Actor) -> dict[str, int]:
    """How many are open, wait for the unit's explanation, and are closed, of those the actor sees."""
    # Supervisions are few: each looks for its letter, never the other way round.
    letter = select(Letter.id).where(Letter.id == Supervision.letter_id, *_about_nobody_of(actor))
    query = select(Supervision.closed_at, Supervision.responded_at).where(*_demanded_of(actor), letter.exists())
    seen = query.subquery()
    row = db.session.execute(
        select(
            func.count().filter(seen.c.closed_at.is_(None)),
            func.count().filter(seen.c.closed_at.is_(None), seen.c.responded_at.is_(None)),
            func.count().filter(seen.c.closed_at.is_not(None)),
        )
    ).one()
    return {"open": row[0], "unexplained": row[1], "closed": row[2]}


def seen_by(supervision_id: int, actor: Actor, *, lock: bool = False) -> SupervisionRow | None:
    query = visible_to(actor).where(Supervision.id == supervision_id)
    if lock:
        query = query.with_for_update(of=Supervision)
    row = db.session.execute(query).first()
    return SupervisionRow(*row) if row else None


def of_letter(letter_id: int) -> list[Supervision]:
    """All of one letter, in order; who asks has checked that the letter may be seen."""
    query = select(Supervision).where(Supervision.letter_id == letter_id).order_by(Supervision.ordinal)
    return list(db.session.scalars(query))


def open_one(letter_id: int) -> Supervision | None:
    return db.session.scalar(
        select(Supervision).where(Supervision.letter_id == letter_id, Supervision.closed_at.is_(None))
    )


def count_of(letter_id: int) -> int:
    return db.session.scalar(select(func.count()).where(Supervision.letter_id == letter_id)) or 0
