"""Reading decisions; who may see which is decided here."""

from functools import cache

from sqlalchemy import ColumnElement, Select, exists, or_, select, true
from sqlalchemy.orm import defaultload, joinedload, lazyload

from participation.access import ANYONE, Actor, Capability
from participation.decisions.models import Catalogue, CatalogueBatch, Decision, DecisionExecution
from participation.extensions import db


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Everybody sees what a published batch holds, also what was later taken out (its page says so).
    The government office and auditors see drafts, a department those it leads."""
    if actor.can(Capability.MANAGE_CATALOGUE) or actor.can(Capability.READ_ALL):
        return true()
    out = CatalogueBatch.published_at
    published = exists(
        # What was withdrawn before its batch came out was never public.
        select(CatalogueBatch.id).where(
            CatalogueBatch.id == Decision.batch_id,
            out.is_not(None),
            or_(Decision.removed_at.is_(None), Decision.removed_at >= out),
        )
    )
    if actor.can(Capability.USE_DESK) and actor.department_ids:
        return or_(published, Decision.lead_department_id.in_(actor.department_ids))
    return published


def _in_order() -> Select[Decision]:
    return (
        select(Decision)
        .join(Catalogue, Catalogue.id == Decision.catalogue_id)
        .order_by(Catalogue.year.desc(), Decision.number)
    )


def decision(decision_id: int, *, actor: Actor = ANYONE) -> Decision | None:
    return db.session.scalar(select(Decision).where(Decision.id == decision_id, visible_to(actor)))


def of_year(year: int, *, actor: Actor = ANYONE) -> list[Decision]:
    """The year's items in the order of their numbers, without those taken out."""
    return list(
        db.session.scalars(_in_order().where(Catalogue.year == year, Decision.removed_at.is_(None), visible_to(actor)))
    )


def led_by(department_ids: frozenset[int], *, actor: Actor) -> list[Decision]:
    """What these departments have in hand, the newest year first: what they lead, and what they carry out."""
    carried = exists().where(
        DecisionExecution.decision_id == Decision.id,
        DecisionExecution.department_id.in_(department_ids),
        DecisionExecution.set_aside_at.is_(None),
    )
    led = Decision.lead_department_id.in_(department_ids)
    return list(
        db.session.scalars(_in_order().where(or_(led, carried), Decision.removed_at.is_(None), visible_to(actor)))
    )


_MOVING = ("participation", "expert", "risk", "legality", "deliberation", "published")


_WITHOUT_BATCHES = defaultload(Decision.catalogue).lazyload(Catalogue.batches)
_ONE_READ = (joinedload(Decision.every_step), _WITHOUT_BATCHES)
"""For a handful of decisions: their steps come with them, the other batches of their year are not asked for."""


def highlights(limit: int = 4) -> list[Decision]:
    """For the home page: published items in motion, those that moved last first."""
    return list(db.session.scalars(_highlights(limit)).unique())


@cache
def _highlights(limit: int) -> Select[Decision]:
    return (
        select(Decision)
        .where(visible_to(ANYONE), Decision.removed_at.is_(None), Decision.stage.in_(_MOVING))
        .order_by(Decision.stage_at.desc(), Decision.id.desc())
        .limit(limit)
        .options(*_ONE_READ)
    )


def titles(ids: set[int], *, actor: Actor = ANYONE) -> list[Decision]:
    """Those of these decisions that the actor may know of."""
    query = select(Decision).where(Decision.id.in_(ids), visible_to(actor))
    return list(db.session.scalars(query.options(lazyload(Decision.every_step), _WITHOUT_BATCHES)))
