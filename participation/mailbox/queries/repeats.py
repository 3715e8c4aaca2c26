"""Letters of the same writer: those merged into one, and those that could be."""

from sqlalchemy import and_, or_, select

from participation.access import Actor
from participation.extensions import db
from participation.mailbox.lifecycle import OPEN
from participation.mailbox.models import Letter
from participation.mailbox.queries.letters import visible_to


def merged_with(letter: Letter) -> list[Letter]:
    """The open letters that are handled with this one, the oldest first."""
    query = select(Letter).where(Letter.merged_into_id == letter.id, Letter.stage.in_(OPEN))
    return list(db.session.scalars(query.order_by(Letter.id)))


def same_writer(one: Letter, other: Letter) -> bool:
    """The same account, or the same address that was verified for both."""
    if one.person_id is not None and one.person_id == other.person_id:
        return True
    address = (one.contact_channel, one.contact_address)
    return one.contact_address != "" and address == (other.contact_channel, other.contact_address)


def repeats_of(letter: Letter, actor: Actor, *, limit: int = 10) -> list[Letter]:
    """Other letters of the same writer that the actor may see, the newest first. One that is
    merged stands on the page of its lead."""
    same = []
    if letter.person_id is not None:
        same.append(Letter.person_id == letter.person_id)
    if letter.contact_address:
        same.append(
            and_(Letter.contact_address == letter.contact_address, Letter.contact_channel == letter.contact_channel)
        )
    if not same:
        return []
    # One query for each key: a disjunction of the two would use neither index.
    found: dict[int, Letter] = {}
    for key in same:
        query = visible_to(actor).where(key, Letter.id != letter.id, Letter.stage != "withdrawn")
        query = query.where(or_(Letter.merged_into_id.is_(None), Letter.stage.not_in(OPEN)))
        found |= {row.id: row for row in db.session.scalars(query.order_by(Letter.id.desc()).limit(limit))}
    return sorted(found.values(), key=lambda row: row.id, reverse=True)[:limit]
