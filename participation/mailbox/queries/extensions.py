"""Requests for more time: what stands for a letter, and what the office has to decide."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from participation.access import Actor
from participation.duties.models import Duty
from participation.extensions import db
from participation.mailbox.lifecycle import TRANSITIONS
from participation.mailbox.models import Extension, Letter
from participation.mailbox.queries.letters import visible_to

_STAGES = TRANSITIONS["decide_extension"].sources


@dataclass(frozen=True)
class Request:
    """A request that the office can still decide."""

    extension: Extension
    letter: Letter
    duty: Duty


def of_letter(letter_id: int) -> list[Extension]:
    """Every request, decided or not, in order."""
    return list(db.session.scalars(select(Extension).where(Extension.letter_id == letter_id).order_by(Extension.id)))


def standing(letter: Letter) -> Extension | None:
    """The approved extension, else the request that waits. One asked by a unit that does not have
    the letter any more, or in an earlier round, does not wait."""
    rows = of_letter(letter.id)
    approved = next((row for row in rows if row.outcome == "approved"), None)
    return approved or next((row for row in rows if waits(row, letter)), None)


def waits(request: Extension, letter: Letter) -> bool:
    """Whether there is still something to decide, the date aside."""
    return (
        request.outcome == ""
        and request.round == letter.round
        and request.department_id == letter.department_id
        and letter.stage in _STAGES
    )


def approved(letter_id: int) -> Extension | None:
    """The one extension that a letter was given."""
    return db.session.scalar(select(Extension).where(Extension.letter_id == letter_id, Extension.outcome == "approved"))


def waiting(actor: Actor, *, now: datetime) -> list[Request]:
    """What the office has to decide, first what runs out first; only letters the actor may see."""
    query = (
        visible_to(actor)
        .add_columns(Extension, Duty)
        .join(Extension, and_(Extension.letter_id == Letter.id, Extension.outcome == ""))
        .join(Duty, _answers())
        .where(
            # From the few requests to their letters, not from every date to come.
            Letter.id.in_(select(Extension.letter_id).where(Extension.outcome == "")),
            Extension.round == Letter.round,
            Extension.department_id == Letter.department_id,
            Letter.stage.in_(_STAGES),
            Duty.due_at > now,
        )
        .order_by(Duty.due_at, Extension.id)
    )
    return [Request(extension, letter, duty) for letter, extension, duty in db.session.execute(query)]


def run_out(*, now: datetime) -> list[int]:
    """The letters with a request that nobody can decide any more; for the job only."""
    query = (
        select(Extension.letter_id)
        .join(Letter, Letter.id == Extension.letter_id)
        .outerjoin(Duty, _answers())
        .where(
            Extension.outcome == "",
            or_(
                Duty.due_at <= now,
                Extension.round != Letter.round,
                Letter.department_id.is_(None),
                Extension.department_id != Letter.department_id,
                Letter.stage.not_in(_STAGES),
            ),
        )
        .order_by(Extension.id)
    )
    return list(db.session.scalars(query))


def _answers() -> ColumnElement[bool]:
    return and_(
        Duty.subject_kind == "letter",
        Duty.subject_id == Letter.id,
        Duty.kind == "letter_answer",
        Duty.round == Letter.round,
    )
