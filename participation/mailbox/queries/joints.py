"""The units that help with a letter, and the letters that a unit helps with."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, select

from participation.access import Actor, Capability
from participation.duties.models import Duty
from participation.extensions import db
from participation.mailbox.lifecycle import OPEN
from participation.mailbox.models import Letter, LetterJoint


@dataclass(frozen=True)
class JointTask:
    """A letter that the actor's unit helps with: its part, and the date of the whole."""

    letter: Letter
    duty: Duty
    part: LetterJoint


def helped_by(department_ids: Sequence[int]) -> Select[int]:
    """The ids of letters that these units help with, or have helped with until they were answered."""
    return select(LetterJoint.letter_id).where(
        LetterJoint.department_id.in_(department_ids), LetterJoint.removed_at.is_(None)
    )


def joint_of(letter: Letter) -> list[LetterJoint]:
    """The parts of the running round, in the order in which the units were asked."""
    query = select(LetterJoint).where(
        LetterJoint.letter_id == letter.id, LetterJoint.round == letter.round, LetterJoint.removed_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(LetterJoint.id)))


def part_of(letter: Letter, department_ids: Sequence[int]) -> LetterJoint | None:
    """The part of one of these units in the running round."""
    return next((part for part in joint_of(letter) if part.department_id in department_ids), None)


def own_part(letter: Letter, actor: Actor) -> LetterJoint | None:
    return part_of(letter, [unit for unit in actor.department_ids if actor.can(Capability.ANSWER, unit)])


def tasks(actor: Actor, *, limit: int = 50) -> list[JointTask]:
    """Open letters that the actor's unit helps with, by due date; what is not written comes first."""
    own = [unit for unit in actor.department_ids if actor.can(Capability.ANSWER, unit)]
    if not own:
        return []
    running = and_(
        Duty.subject_kind == "letter",
        Duty.subject_id == Letter.id,
        Duty.kind == "letter_answer",
        Duty.round == Letter.round,
    )
    query = (
        select(Letter, Duty, LetterJoint)
        .join(LetterJoint, and_(LetterJoint.letter_id == Letter.id, LetterJoint.round == Letter.round))
        .join(Duty, running)
        .where(
            LetterJoint.department_id.in_(own),
            LetterJoint.removed_at.is_(None),
            Letter.stage.in_(OPEN),
            (Letter.about_department_id.is_(None)) | (Letter.about_department_id.not_in(actor.department_ids)),
        )
        .order_by(LetterJoint.contributed_at.is_not(None), Duty.due_at, Letter.id)
        .limit(limit)
    )
    return [JointTask(*row) for row in db.session.execute(query)]
