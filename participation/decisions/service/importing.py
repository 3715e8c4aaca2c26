"""Storing what an office's file says: all of it or nothing."""

from dataclasses import replace
from datetime import datetime

from participation.access import Actor
from participation.decisions import completeness, queries
from participation.decisions.importing.catalogue import Item, Outcome, Remark
from participation.decisions.models import Catalogue, Decision
from participation.decisions.rules import BODIES
from participation.decisions.service.catalogues import begin_year
from participation.decisions.service.fields import ItemFields
from participation.decisions.service.items import add_item
from participation.decisions.service.permission import check_keeper
from participation.errors import N_, Refused
from participation.evidence import service as evidence

_ROWS = {
    "lead_department_id": N_("Row %(row)d names several units and none in the lead."),
    "legality": N_("Row %(row)d says that the legality review does not apply; it always does."),
    "deliberation": N_("Row %(row)d says that the collective discussion does not apply; it always does."),
    "participation": N_("Row %(row)d says that public participation does not apply, and names a way of it or firms."),
    "survey": N_("Row %(row)d says that no opinion survey is held; in its field one is compulsory."),
}
_WITHOUT_REASON = N_(
    "Row %(row)d says that a procedure does not apply, and not why. Write the reason into the cell: 不适用：理由"
)


def _refused(item: Item, refused: Refused) -> Remark:
    """What an item may not say, as an error of its row."""
    message = _ROWS.get(refused.field, _WITHOUT_REASON)
    return Remark(item.row, refused.field, message, item.title, basis=refused.basis)


def checked(outcome: Outcome, *, year: int) -> Outcome:
    """The outcome with what only this district knows: units that are none of its departments are
    noted and kept as text; titles that the year's catalogue has already are errors."""
    departments, catalogue = queries.departments_by_key(), queries.catalogue_of(year)
    notes, errors = list(outcome.notes), list(outcome.errors)
    titles = queries.titles_of(catalogue.id) if catalogue else {}
    for item in outcome.items:
        if item.title in titles:
            errors.append(
                Remark(
                    item.row,
                    "title",
                    N_("Row %(row)d is in the catalogue already, as item %(number)d: %(text)s"),
                    item.title,
                    (("number", titles[item.title]),),
                )
            )
        errors += [_refused(item, refused) for refused in completeness.refusals(_fields(item))]
        if item.lead_unit and queries.unit_key(item.lead_unit) not in departments:
            notes.append(
                Remark(
                    item.row,
                    "lead_unit",
                    N_("Is no department of this platform and is kept as text: %(text)s"),
                    item.lead_unit,
                )
            )
    return replace(outcome, notes=sorted(notes, key=lambda note: note.row), errors=errors)


def not_importable(outcome: Outcome) -> Refused | None:
    """Why nothing of this outcome can be stored."""
    if not outcome.errors:
        return None
    return Refused(
        "invalid", N_("Nothing was imported. Mend the rows that are named and choose the file again."), field="file"
    )


def import_items(outcome: Outcome, *, year: int, actor: Actor, now: datetime) -> tuple[Catalogue, list[Decision]]:
    """Enters every item into the batch in preparation; begins the year if nobody has."""
    check_keeper(actor)
    refused = not_importable(checked(outcome, year=year))
    if refused:
        raise refused
    catalogue = queries.catalogue_of(year) or begin_year(year=year, actor=actor, now=now)
    decisions = [add_item(catalogue, fields=_fields(item), actor=actor, now=now) for item in outcome.items]
    evidence.record(
        "catalogue.imported", subject=catalogue, actor=actor, now=now, facts={"year": year, "items": len(decisions)}
    )
    return catalogue, decisions


def _fields(item: Item) -> ItemFields:
    body = next(
        (key for key, word in (("town", "镇"), ("town", "街道"), ("department", "局")) if word in item.body),
        "government",
    )
    assert body in BODIES
    note = item.note
    if item.body and body == "government" and "政府" not in item.body:
        note = f"{note}\n决策机关：{item.body}".strip()
    return ItemFields(
        title=item.title,
        category=item.category,
        field=item.field,
        affects_business=item.affects_business,
        lead_unit=item.lead_unit,
        joint_units=item.joint_units,
        basis=item.basis,
        procedures={
            name: {"state": state, "reason": item.reasons.get(name, "")} for name, state in item.procedures.items()
        },
        hearing=item.hearing,
        survey=item.survey,
        planned_text=item.planned_text,
        planned_from=item.planned_from,
        planned_to=item.planned_to,
        body=body,
        deliberation=item.deliberation,
        predisclosure=item.predisclosure,
        result=item.result,
        note=note,
        number=item.number,
    )
