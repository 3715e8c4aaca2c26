"""Open legal dates of petitions and disclosure requests, and letters that were not taken."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select

from participation.access import Actor, Capability
from participation.duties.models import Duty
from participation.duties.rules import State, state
from participation.extensions import db
from participation.mailbox.models import Answer, LegalOutcome, Letter
from participation.mailbox.queries.letters import visible_to

LEGAL = ("petition_notice", "petition_handling", "disclosure_reply")
PAGE = 50


@dataclass(frozen=True)
class LegalRow:
    """A legal duty that is owed, with its letter."""

    letter: Letter
    duty: Duty
    state: State


@dataclass(frozen=True)
class RefusedRow:
    """A letter that was not taken, and the text that told the writer why."""

    letter: Letter
    answer: Answer


def open_legal(actor: Actor, *, now: datetime, after: int = 0, limit: int = PAGE) -> list[LegalRow]:
    """By due date: of the actor's units, all for who reads all; one more than a page. `after` is the
    number of rows on the pages before."""
    mine = [unit for unit in actor.department_ids if actor.can(Capability.ANSWER, unit)]
    owed = and_(Duty.subject_kind == "letter", Duty.subject_id == Letter.id, Duty.kind.in_(LEGAL))
    query = visible_to(actor).add_columns(Duty).join(Duty, owed)
    query = query.where(Duty.met_at.is_(None), Duty.cancelled_at.is_(None), Letter.reclassified_as != "")
    if not actor.can(Capability.READ_ALL):
        query = query.where(Duty.department_id.in_(mine))
    query = query.order_by(Duty.due_at, Duty.id).offset(after).limit(limit + 1)
    return [LegalRow(letter, duty, state(duty, now)) for letter, duty in db.session.execute(query)]


def legal_duty(duty_id: int, actor: Actor) -> LegalRow | None:
    """One legal duty of a letter that the actor may see; without its state."""
    owed = and_(Duty.subject_kind == "letter", Duty.subject_id == Letter.id, Duty.kind.in_(LEGAL))
    query = visible_to(actor).add_columns(Duty).join(Duty, owed).where(Duty.id == duty_id)
    row = db.session.execute(query).first()
    return LegalRow(row[0], row[1], State.OPEN) if row else None


def with_outcomes(letter: Letter) -> list[tuple[Duty, LegalOutcome | None]]:
    """The legal duties of one letter in the order of their dates, each with what was decided."""
    query = (
        select(Duty, LegalOutcome)
        .outerjoin(LegalOutcome, LegalOutcome.duty_id == Duty.id)
        .where(Duty.subject_kind == "letter", Duty.subject_id == letter.id, Duty.kind.in_(LEGAL))
        .order_by(Duty.due_at, Duty.id)
    )
    return [(duty, outcome) for duty, outcome in db.session.execute(query)]


def refused_letters(
    actor: Actor, *, ground: str = "", before: tuple[datetime, int] | None = None, limit: int = PAGE
) -> list[RefusedRow]:
    """Letters that were not taken, the newest first; one more than a page. Restricted ones only for
    who may know of them."""
    query = (
        visible_to(actor)
        .add_columns(Answer)
        .join(Answer, and_(Answer.letter_id == Letter.id, Answer.kind == "refusal"))
        .order_by(Answer.approved_at.desc(), Answer.id.desc())
        .limit(limit + 1)
    )
    if ground:
        query = query.where(Answer.ground == ground)
    if before is not None:
        at, last = before
        query = query.where(or_(Answer.approved_at < at, and_(Answer.approved_at == at, Answer.id < last)))
    return [RefusedRow(*row) for row in db.session.execute(query)]


def refused_counts(actor: Actor, *, most: int) -> dict[str, int]:
    """How many of each ground; counting stops at one over `most`."""
    found: dict[str, int] = {}
    query = visible_to(actor).join(Answer, and_(Answer.letter_id == Letter.id, Answer.kind == "refusal"))
    newest = query.with_only_columns(Answer.ground).order_by(Answer.id.desc()).limit(most + 1)
    for ground in db.session.scalars(newest):
        found[ground] = found.get(ground, 0) + 1
    return found
