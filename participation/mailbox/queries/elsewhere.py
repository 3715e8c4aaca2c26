"""Letters that were entered more than a workday after they came in, and wait for a second person."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from participation.access import Actor, Capability
from participation.extensions import db
from participation.mailbox.models import Letter

LIMIT = 200
UNCONFIRMED = and_(Letter.gap_workdays > 1, Letter.gap_confirmed_at.is_(None), Letter.gap_objected_at.is_(None))
OBJECTED = Letter.gap_objected_at.is_not(None)


def to_confirm_by(actor: Actor, *, which: ColumnElement[bool] = UNCONFIRMED) -> Select[Letter]:
    """Those whose declared day this person may confirm or has entered: the office all of them, a
    head those of the own unit; never one about a unit of theirs (信访工作条例 art. 30)."""
    query = select(Letter).where(which)
    if not actor.can(Capability.DISPATCH):
        own = [
            unit
            for unit in actor.department_ids
            if actor.can(Capability.APPROVE, unit) or actor.can(Capability.ENTER_FOR_OTHERS, unit)
        ]
        query = query.where(Letter.gap_department_id.in_(own) if own else false())
    if actor.department_ids:
        concerned = Letter.about_department_id.in_(actor.department_ids)
        query = query.where(or_(Letter.about_department_id.is_(None), ~concerned))
    return query


def waiting(actor: Actor) -> list[Letter]:
    """The letters whose day is to be confirmed, the longest gap first."""
    query = to_confirm_by(actor).order_by(Letter.gap_workdays.desc(), Letter.id).limit(LIMIT)
    return list(db.session.scalars(query))


def objected(actor: Actor) -> list[Letter]:
    """The letters whose day a second person objected to, the latest objection first."""
    query = to_confirm_by(actor, which=OBJECTED).order_by(Letter.gap_objected_at.desc(), Letter.id.desc())
    return list(db.session.scalars(query.limit(50)))


def waiting_count(actor: Actor) -> int:
    """How many of them somebody else entered, so that this person can confirm."""
    told = to_confirm_by(actor).where(Letter.entered_by != actor.person_id).subquery()
    return db.session.scalar(select(func.count()).select_from(told)) or 0


def one_to_confirm(letter_id: int, actor: Actor) -> Letter | None:
    query = to_confirm_by(actor).where(Letter.id == letter_id).with_for_update(of=Letter)
    return db.session.scalar(query)


def stored_already(digests: Sequence[str], externals: Sequence[tuple[str, str]]) -> dict[str | tuple[str, str], str]:
    """Which rows of a file are letters already: submission digest, or channel and number where it
    came from, with the letter's number."""
    found: dict[str | tuple[str, str], str] = {}
    for start in range(0, len(digests), 500):
        some = digests[start : start + 500]
        query = select(Letter.submission_key, Letter.number).where(Letter.submission_key.in_(some))
        found.update({row.submission_key: row.number for row in db.session.execute(query)})
    numbers = sorted({number for _channel, number in externals})
    for start in range(0, len(numbers), 500):
        some = numbers[start : start + 500]
        query = select(Letter.channel, Letter.external_number, Letter.number).where(Letter.external_number.in_(some))
        found.update({(row.channel, row.external_number): row.number for row in db.session.execute(query)})
    return found


def numbered(channel: str, external_number: str) -> str | None:
    """The number of the letter that came in with this number by this way."""
    return db.session.scalar(
        select(Letter.number).where(Letter.channel == channel, Letter.external_number == external_number)
    )
