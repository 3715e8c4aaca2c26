"""What waits to become public, for the units of one person."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from participation.access import Actor, Capability
from participation.extensions import db
from participation.mailbox.models import Answer, Letter, PublicCopy
from participation.mailbox.queries.letters import visible_to

LIMIT = 100
# A copy without the latest answer is nothing to publish any more.
_SUBMITTED = and_(PublicCopy.state == "submitted", PublicCopy.round == Letter.round)


@dataclass(frozen=True)
class WaitingRow:
    letter: Letter
    copy: PublicCopy | None


def to_prepare(actor: Actor) -> list[WaitingRow]:
    """Answered letters whose writers agree and that nobody has prepared yet, the oldest answer first;
    letters with a copy that were answered again since are among them."""
    again = and_(PublicCopy.round < Letter.round, PublicCopy.state.in_(("submitted", "published")))
    undone = or_(PublicCopy.id.is_(None), PublicCopy.state == "draft", again)
    return _rows(actor, Capability.ANSWER, undone)


def to_release(actor: Actor) -> list[WaitingRow]:
    """Copies that a second person has to look at."""
    return _rows(actor, Capability.APPROVE, _SUBMITTED)


def waiting(actor: Actor) -> int:
    """How many copies wait for this person; not those this person prepared."""
    if not _units(actor, Capability.APPROVE):
        return 0
    mine = or_(PublicCopy.prepared_by.is_(None), PublicCopy.prepared_by != actor.person_id)
    # From the few copies to their letters: a unit has answered very many.
    few = Letter.id.in_(select(PublicCopy.letter_id).where(PublicCopy.state == "submitted"))
    query = _query(actor, Capability.APPROVE, few, and_(_SUBMITTED, mine))
    return db.session.scalar(select(func.count()).select_from(query.with_only_columns(Letter.id).subquery())) or 0


def _rows(actor: Actor, capability: Capability, *wanted: ColumnElement[bool]) -> list[WaitingRow]:
    query = _query(actor, capability, *wanted).add_columns(PublicCopy)
    ordered = query.order_by(Letter.answered_at, Letter.id).limit(LIMIT)
    return [WaitingRow(letter, copy) for letter, copy in db.session.execute(ordered)]


def _query(actor: Actor, capability: Capability, *wanted: ColumnElement[bool]) -> Select[Letter]:
    return (
        visible_to(actor)
        .outerjoin(PublicCopy, PublicCopy.letter_id == Letter.id)
        .where(
            Letter.department_id.in_(_units(actor, capability)),
            Letter.stage == "answered",
            Letter.consent_public,
            Letter.about_department_id.is_(None),
            or_(
                Letter.published_at.is_(None),
                PublicCopy.state.in_(("draft", "submitted")),
                PublicCopy.round < Letter.round,
            ),
            select(Answer.id)
            .where(Answer.letter_id == Letter.id, Answer.round == Letter.round, Answer.approved_at.is_not(None))
            .exists(),
            *wanted,
        )
    )


def _units(actor: Actor, capability: Capability) -> Sequence[int]:
    return sorted(unit for unit in actor.department_ids if actor.can(capability, unit))
