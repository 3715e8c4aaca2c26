"""Items of a batch that is still being prepared: add, edit, take out again."""

from datetime import datetime

from participation.access import Actor
from participation.accounts import queries as accounts
from participation.decisions import queries, rules
from participation.decisions.models import Catalogue, Decision
from participation.decisions.service.catalogues import draft_batch
from participation.decisions.service.fields import ItemFields
from participation.decisions.service.permission import check_keeper, check_version
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db

ART_11 = "国务院令第713号 第十一条"


def add_item(catalogue: Catalogue, *, fields: ItemFields, actor: Actor, now: datetime) -> Decision:
    """Enters an item into the batch in preparation; it is public when that batch is published."""
    check_keeper(actor)
    fields = with_unit(fields)
    check_fields(fields, catalogue)
    batch = draft_batch(catalogue)
    number = fields.number
    if number is None or queries.number_taken(catalogue.id, number):
        number = queries.last_number(catalogue.id) + 1
    decision = Decision(catalogue=catalogue, batch=batch, number=number, stage="listed", stage_at=now, created_at=now)
    fields.write(decision)
    db.session.add(decision)
    db.session.flush()
    evidence.record(
        "decision.entered", subject=decision, actor=actor, now=now, facts={"year": catalogue.year, "number": number}
    )
    return decision


def edit_item(decision: Decision, *, fields: ItemFields, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Before publication an item changes freely; afterwards only by an adjustment with a reason."""
    check_keeper(actor)
    check_version(decision, seen)
    if decision.published:
        raise Refused("wrong_time", N_("This item is published. Adjust it, with the reason."), basis=rules.ADJUSTING)
    fields = with_unit(fields)
    check_fields(fields, decision.catalogue, decision)
    fields.write(decision)
    db.session.flush()
    evidence.record("decision.edited", subject=decision, actor=actor, now=now, facts={"number": decision.number})


def withdraw_item(decision: Decision, *, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Takes an item out of a batch that was never published."""
    check_keeper(actor)
    check_version(decision, seen)
    if decision.published:
        raise Refused("wrong_time", N_("This item is published. Adjust it, with the reason."), basis=rules.ADJUSTING)
    decision.removed_at = now
    db.session.flush()
    evidence.record("decision.withdrawn", subject=decision, actor=actor, now=now, facts={"number": decision.number})


def with_unit(fields: ItemFields) -> ItemFields:
    """A chosen department gives its own name; a written name finds its department where one fits."""
    from dataclasses import replace

    if fields.lead_department_id is not None and not fields.lead_unit.strip():
        department = accounts.department(fields.lead_department_id)
        if department is None:
            raise Refused("invalid", N_("Choose a department of the list."), field="lead_department_id")
        return replace(fields, lead_unit=department.name)
    if fields.lead_department_id is None and fields.lead_unit.strip():
        return replace(fields, lead_department_id=queries.departments_by_key().get(queries.unit_key(fields.lead_unit)))
    return fields


def check_fields(fields: ItemFields, catalogue: Catalogue, decision: Decision | None = None) -> None:
    """The rules of an item: a title of its own, a category that belongs, a lead where several work."""
    if not fields.title.strip():
        raise Refused("invalid", N_("Write the title of the decision."), field="title")
    refused = rules.category_refusal(fields.category)
    if refused:
        raise refused
    # 713号 art. 11: with two or more units one of them leads.
    if fields.joint_units and not fields.lead_unit.strip():
        raise Refused(
            "invalid",
            N_("Name the unit in the lead: several units work on this."),
            basis=ART_11,
            field="lead_department_id",
        )
    other = queries.item_titled(catalogue.id, fields.title.strip())
    if other is not None and (decision is None or other != decision.id):
        raise Refused("invalid", N_("The catalogue has an item with this title already."), field="title")
