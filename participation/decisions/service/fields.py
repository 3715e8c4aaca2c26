"""The fields of an item as one value, so that adding, editing and adjusting take the same."""

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from participation.decisions.models import Decision


@dataclass(frozen=True)
class ItemFields:
    """What a catalogue says of one item (R4). `procedures` as in `Decision.procedures`."""

    title: str
    summary: str = ""
    category: str = ""
    lead_department_id: int | None = None
    lead_unit: str = ""
    joint_units: tuple[str, ...] = ()
    basis: str = ""
    procedures: dict[str, Any] = field(default_factory=dict)
    hearing: str = "unknown"
    planned_text: str = ""
    planned_from: date | None = None
    planned_to: date | None = None
    body: str = "government"
    deliberation: str = ""
    predisclosure: str = ""
    result: str = ""
    note: str = ""
    number: int | None = None

    def write(self, decision: Decision) -> None:
        for each in fields(self):
            if each.name in ("number", "joint_units"):
                continue
            value = getattr(self, each.name)
            setattr(decision, each.name, value.strip() if isinstance(value, str) else value)
        decision.joint_units = list(self.joint_units)


_PUBLIC = (
    "number title summary category lead_unit joint_units basis procedures hearing planned_text"
    " planned_from planned_to body"
).split()


def public_fields(decision: Decision) -> dict[str, Any]:
    """What readers see of an item, as JSON: a version of it in the history of adjustments."""
    return {name: _plain(getattr(decision, name)) for name in _PUBLIC}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
