"""What a catalogue says of an item, in the reader's words: for pages of versions and for files."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from participation.decisions.completeness import reason_of, state_of
from participation.decisions.rules import BODIES, CATEGORIES, FIELDS, PROCEDURES
from participation.errors import N_

LABELS: dict[str, str] = {
    "number": N_("Number in the catalogue"),
    "title": N_("Title of the decision"),
    "summary": N_("What it changes for people"),
    "category": N_("Category"),
    "field": N_("Field"),
    "affects_business": N_("Does it affect business?"),
    "lead_unit": N_("Unit in the lead"),
    "joint_units": N_("Units that help"),
    "basis": N_("Basis"),
    **PROCEDURES,
    "hearing": N_("Hearing"),
    "survey": N_("Opinion survey"),
    "planned_text": N_("Planned time"),
    "body": N_("Who decides"),
    "predisclosure": N_("Published beforehand"),
    "result": N_("Result"),
    "links": N_("Links"),
}
"""The fields of an item in the order in which they are read."""

_CODES = {"category": CATEGORIES, "field": FIELDS, "body": BODIES}


def applies(state: str) -> str:
    return {"applicable": _("Applies"), "not": _("Does not apply")}.get(state, "")


def said(fields: Mapping[str, Any], name: str) -> str:
    """The text of one field of `service.public_fields`, empty where it says nothing. Versions from before a
    field existed do not have it."""
    if name in PROCEDURES:
        return procedure(fields.get("procedures", {}), name)
    value = fields.get(name)
    if value is None or value == "" or value == []:
        return ""
    if name in _CODES:
        return _(_CODES[name][value])
    if name == "affects_business":
        return _("Yes") if value else _("No")
    if name in ("hearing", "survey"):
        return applies(value)
    if name == "joint_units":
        return "、".join(value)
    if name == "links":
        return "\n".join(f"{link['label']} {link['url']}" for link in value)
    return str(value)


def procedure(procedures: Mapping[str, Any], name: str) -> str:
    """Applies; Does not apply: the reason; or nothing."""
    state, reason = state_of(procedures, name), reason_of(procedures, name)
    if state == "not" and reason:
        return _("Does not apply: %(reason)s", reason=reason)
    return applies(state)


def facts(fields: Mapping[str, Any], *, without: tuple[str, ...] = ("number", "title")) -> list[tuple[str, str]]:
    """Label and text of every field that says something."""
    return [(_(label), text) for name, label in LABELS.items() if name not in without and (text := said(fields, name))]
