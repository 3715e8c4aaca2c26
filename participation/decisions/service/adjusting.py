"""Changes after publication: only with a reason and an approval, and every version is kept."""

from datetime import date, datetime
from typing import Any

from participation.access import Actor
from participation.decisions import queries, rules
from participation.decisions.models import CatalogueAdjustment, Decision
from participation.decisions.service.fields import ItemFields, public_fields
from participation.decisions.service.items import check_fields, with_unit
from participation.decisions.service.permission import check_keeper, check_version
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.workdays import day_of


def adjust_item(
    decision: Decision,
    *,
    fields: ItemFields,
    reason: str,
    approved_on: date,
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> CatalogueAdjustment:
    """Changes a published item. The reason and both versions are public."""
    _check(decision, reason, approved_on, seen, actor, now)
    fields = with_unit(fields)
    check_fields(fields, decision.catalogue, decision)
    home = queries.home_of(decision)
    before = public_fields(decision, number=home[1])
    fields.write(decision)
    after = public_fields(decision, number=home[1])
    if before == after:
        raise Refused("invalid", N_("Nothing was changed."), field="title")
    return _keep(decision, home[0], "changed", reason, approved_on, before, after, actor, now)


def remove_item(
    decision: Decision, *, reason: str, approved_on: date, seen: int | None = None, actor: Actor, now: datetime
) -> CatalogueAdjustment:
    """Takes a published item out of the catalogue. Its page stays, with the reason."""
    _check(decision, reason, approved_on, seen, actor, now)
    home = queries.home_of(decision)
    before = public_fields(decision, number=home[1])
    decision.removed_at = now
    return _keep(decision, home[0], "removed", reason, approved_on, before, {}, actor, now)


def _check(decision: Decision, reason: str, approved_on: date, seen: int | None, actor: Actor, now: datetime) -> None:
    check_keeper(actor)
    check_version(decision, seen)
    if not decision.published:
        raise Refused("wrong_time", N_("This item is not published yet; edit it instead."), basis=rules.ADJUSTING)
    if decision.removed_at is not None:
        raise Refused("wrong_time", N_("This item was taken out of the catalogue."), basis=rules.ADJUSTING)
    if not reason.strip():
        raise Refused(
            "invalid", N_("Write the reason of the adjustment; it is published."), basis=rules.ADJUSTING, field="reason"
        )
    if approved_on > day_of(now):
        raise Refused(
            "invalid", N_("This day is still to come. Record an approval when it has been given."), field="approved_on"
        )


def _keep(
    decision: Decision,
    catalogue_id: int,
    kind: str,
    reason: str,
    approved_on: date,
    before: dict[str, Any],
    after: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> CatalogueAdjustment:
    adjustment = CatalogueAdjustment(
        catalogue_id=catalogue_id,
        decision_id=decision.id,
        number=queries.last_adjustment(catalogue_id) + 1,
        kind=kind,
        reason=reason.strip(),
        approved_on=approved_on,
        before=before,
        after=after,
        made_at=now,
    )
    db.session.add(adjustment)
    db.session.flush()
    evidence.record(
        "decision.adjusted",
        subject=decision,
        actor=actor,
        now=now,
        facts={"kind": kind, "adjustment": adjustment.number},
    )
    return adjustment
