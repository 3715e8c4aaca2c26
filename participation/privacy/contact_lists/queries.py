"""Reading lists of contacts: whose desk they are on, how often they were taken, what a citizen is told."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import undefer

from participation import clock
from participation.access import Actor, Capability, Role
from participation.consultations.models import Consultation
from participation.extensions import db
from participation.privacy.contact_lists.models import ContactFetch, ContactList
from participation.privacy.grounds import Matter

PAGE = 50


def visible_to(actor: Actor) -> Select[ContactList]:
    """The own ones, those that this person may decide, and all of them for auditors and administrators."""
    query = select(ContactList)
    if actor.can(Capability.WATCH_EVIDENCE):
        return query
    return query.where(or_(ContactList.asked_by == actor.person_id, *_to_decide(actor)))


def _to_decide(actor: Actor) -> list[ColumnElement[bool]]:
    """Who decides it, as `lifecycle.decides` has it."""
    headed = [post.department_id for post in actor.posts if post.role is Role.HEAD]
    found: list[ColumnElement[bool]] = []
    if headed:
        found.append(and_(ContactList.desk == "unit", ContactList.department_id.in_(headed)))
    if {Role.OFFICE, Role.ADMINISTRATOR} & actor.roles:
        found.append(ContactList.desk == "above")
    return found


def one(list_id: int, actor: Actor) -> ContactList | None:
    return db.session.scalar(visible_to(actor).where(ContactList.id == list_id))


def page(actor: Actor, *, before: int | None = None) -> list[ContactList]:
    """The newest first, those that wait at the top of the first page; one more than a page shows."""
    query = visible_to(actor).order_by((ContactList.stage != "asked"), ContactList.id.desc())
    if before is not None:
        query = query.where(ContactList.id < before, ContactList.stage != "asked")
    return list(db.session.scalars(query.limit(PAGE + 1)))


def waiting(actor: Actor) -> int:
    """How many wait for this person's decision."""
    mine = _to_decide(actor)
    if not mine or not actor.can(Capability.DECIDE_CONTACTS):
        return 0
    query = select(func.count()).where(
        ContactList.stage == "asked",
        ContactList.ends_at > clock.now(),
        ContactList.asked_by != actor.person_id,
        or_(*mine),
    )
    return db.session.scalar(query) or 0


def fetches_of(list_id: int) -> list[ContactFetch]:
    return list(db.session.scalars(select(ContactFetch).filter_by(contact_list_id=list_id).order_by(ContactFetch.id)))


def titles_of(rows: list[ContactList]) -> dict[int, str]:
    """Titles of the consultations that these lists are about."""
    ids = {row.consultation_id for row in rows if row.consultation_id is not None}
    found = db.session.execute(select(Consultation.id, Consultation.title).where(Consultation.id.in_(ids)))
    return {row.id: row.title for row in found}


@dataclass(frozen=True)
class Given:
    """An allowed list that a person's contact was in."""

    row: ContactList
    fetches: int


def given_with(kind: str, matter: Matter) -> list[Given]:
    """The allowed lists that this matter was in, the oldest first (个人信息保护法 art. 44)."""
    if kind == "comment":
        about = and_(ContactList.scope == "consultation", ContactList.consultation_id == matter.consultation_id)
    elif kind == "letter":
        month = clock.local_date(matter.received_at).isoformat()[:7]
        about = and_(ContactList.scope == "letters", ContactList.month == month)
    else:
        return []
    allowed = (ContactList.decided_at.is_not(None), ContactList.stage != "refused")
    query = select(ContactList).options(undefer(ContactList.matters)).where(about, *allowed).order_by(ContactList.id)
    return [Given(row, row.fetches) for row in db.session.scalars(query) if matter.id in set(row.matters)]


def consultations_for(actor: Actor, units: list[int]) -> list[Consultation]:
    """Published consultations of these units, or of all for who reads all; the newest first."""
    query = select(Consultation).where(Consultation.published_at.is_not(None))
    if not actor.can(Capability.READ_ALL):
        query = query.where(Consultation.department_id.in_(units))
    return list(
        db.session.scalars(query.order_by(Consultation.published_at.desc(), Consultation.id.desc()).limit(PAGE))
    )
