"""Items of a batch that is still being prepared: add, edit, take out again."""

import re
from datetime import datetime

from participation.access import Actor
from participation.accounts import queries as accounts
from participation.decisions import completeness, queries, rules
from participation.decisions.models import Catalogue, Decision
from participation.decisions.service.catalogues import draft_batch
from participation.decisions.service.fields import ItemFields
from participation.decisions.service.permission import check_keeper, check_version
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db

_ADDRESS = re.compile(r"https?://[^\s<>\"']{3,500}", re.ASCII)


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
    _check_there(decision)
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
    _check_there(decision)
    decision.removed_at = now
    db.session.flush()
    evidence.record("decision.withdrawn", subject=decision, actor=actor, now=now, facts={"number": decision.number})


def _check_there(decision: Decision) -> None:
    if decision.removed_at is not None:
        raise Refused("wrong_time", N_("This item was taken out of the catalogue."), basis=rules.ADJUSTING)


def item_refusals(fields: ItemFields) -> list[Refused]:
    """Everything that keeps these fields from being stored, for a form that shows all of it at once."""
    found = list(completeness.refusals(with_unit(fields)))
    if any(not is_address(url) for _label, url in fields.links):
        found.append(Refused("invalid", N_("A link begins with https:// or http://."), field="links"))
    return found


def is_address(url: str) -> bool:
    """Whether a link leads to a page of the web, and to nothing else."""
    return bool(_ADDRESS.fullmatch(url))


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
    """The rules of an item: a title of its own, and what `completeness` rules out."""
    if not fields.title.strip():
        raise Refused("invalid", N_("Write the title of the decision."), field="title")
    for refused in item_refusals(fields):
        raise refused
    other = queries.item_titled(catalogue.id, fields.title.strip())
    if other is not None and (decision is None or other != decision.id):
        raise Refused("invalid", N_("The catalogue has an item with this title already."), field="title")
