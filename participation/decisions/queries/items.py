"""Reading decisions; who may see which is decided here."""

from sqlalchemy import ColumnElement, Select, or_, select, true

from participation.access import ANYONE, Actor, Capability
from participation.decisions import comment_periods
from participation.decisions.lifecycle import DecisionFacts
from participation.decisions.models import Catalogue, CatalogueBatch, Decision
from participation.extensions import db


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Everybody sees what a published batch holds, also what was later taken out (its page says so).
    The government office and auditors see drafts, a department those it leads."""
    if actor.can(Capability.MANAGE_CATALOGUE) or actor.can(Capability.READ_ALL):
        return true()
    published = Decision.batch_id.in_(select(CatalogueBatch.id).where(CatalogueBatch.published_at.is_not(None)))
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
    """What these departments have in hand, the newest year first."""
    return list(
        db.session.scalars(
            _in_order().where(
                Decision.lead_department_id.in_(department_ids), Decision.removed_at.is_(None), visible_to(actor)
            )
        )
    )


_MOVING = ("participation", "expert", "risk", "legality", "deliberation", "published")


def highlights(limit: int = 4) -> list[Decision]:
    """For the home page: published items in motion, those that moved last first."""
    query = (
        select(Decision)
        .where(visible_to(ANYONE), Decision.removed_at.is_(None), Decision.stage.in_(_MOVING))
        .order_by(Decision.stage_at.desc(), Decision.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(query))


def titles(ids: set[int], *, actor: Actor = ANYONE) -> list[Decision]:
    """Those of these decisions that the actor may know of."""
    return list(db.session.scalars(select(Decision).where(Decision.id.in_(ids), visible_to(actor))))


def facts_of(found: Decision) -> DecisionFacts:
    """What the lifecycle needs to know of a decision now."""
    periods = comment_periods.of({found.id}).get(found.id, [])
    return DecisionFacts(
        stage=found.stage,
        steps={row.step: row.state for row in found.steps},
        lead_department_id=found.lead_department_id,
        published=found.published and found.removed_at is None,
        consultations=len(periods),
        unanswered=sum(1 for period in periods if not period.answered),
    )
