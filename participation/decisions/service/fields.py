"""The fields of an item as one value, so that adding, editing and adjusting take the same."""

from dataclasses import dataclass, fields
from dataclasses import field as made_of
from datetime import date
from typing import Any

from participation.decisions.models import Decision


@dataclass(frozen=True)
class ItemFields:
    """What a catalogue says of one item (R4). `procedures` as in `Decision.procedures`; `links` are pairs of
    a label and an address."""

    title: str
    summary: str = ""
    category: str = ""
    field: str = ""
    affects_business: bool | None = None
    lead_department_id: int | None = None
    lead_unit: str = ""
    joint_units: tuple[str, ...] = ()
    basis: str = ""
    procedures: dict[str, Any] = made_of(default_factory=dict)
    hearing: str = "unknown"
    survey: str = "unknown"
    planned_text: str = ""
    planned_from: date | None = None
    planned_to: date | None = None
    body: str = "government"
    deliberation: str = ""
    predisclosure: str = ""
    result: str = ""
    links: tuple[tuple[str, str], ...] = ()
    note: str = ""
    number: int | None = None

    def write(self, decision: Decision) -> None:
        for each in fields(self):
            if each.name in ("number", "joint_units", "links"):
                continue
            value = getattr(self, each.name)
            setattr(decision, each.name, value.strip() if isinstance(value, str) else value)
        decision.joint_units = list(self.joint_units)
        decision.links = [{"label": label, "url": url} for label, url in self.links]


_PUBLIC = (
    "number title summary category field affects_business lead_unit joint_units basis procedures hearing survey"
    " planned_text planned_from planned_to body deliberation predisclosure result links"
).split()


def public_fields(decision: Decision, *, number: int | None = None) -> dict[str, Any]:
    """What readers see of an item, as JSON: a version of it in the history of adjustments. `number` is its
    number in the year that lists it, where that is not the year it was first entered in."""
    found = {name: _plain(getattr(decision, name)) for name in _PUBLIC}
    return found if number is None else found | {"number": number}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
