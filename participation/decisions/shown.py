"""What everybody reads of the records behind a step: one table. Pure.

The chain page, its JSON and its feed see a record only through this table, so a column that is not named here
is public nowhere. Names of experts and participants, disputes among units, what the reviewer wanted changed and
how the head of the government voted stay inside (政府信息公开条例 art. 15 and 16).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Shown:
    """`step` is the link under which the record is drawn, "" for turns of the whole decision; `fields` its
    public columns; `lists` columns that are lists, with the keys that are public of each entry."""

    step: str
    fields: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


SHOWN: Mapping[str, Shown] = {
    "decision_start": Shown(
        "started", ("on", "decided_by", "lead_unit", "joint_units", "special_groups", "contact")
    ),
    "decision_drafting": Shown("drafting", ("on", "study", "asked")),
    "decision_dispute": Shown("drafting", ("reported_on",)),
    "decision_means": Shown(
        "participation",
        ("kind", "held_on", "until", "place", "asked", "answered", "result", "adopted", "not_adopted", "adopted_on"),
        {"took_part": ("group", "number")},
    ),
    "decision_hearing": Shown(
        "participation",
        (
            "required", "law", "notice_on", "planned_on", "at_time", "place", "method_on", "method", "list_on",
            "stakeholders", "ratio_reason", "materials_on", "held_on", "attended", "observers", "result",
            "signed_on", "signed", "unsigned_reason", "adopted", "not_adopted", "adopted_on",
        ),
        {"sides": ("side", "number")},
    ),
    "decision_expert": Shown("expert", ("field", "declared_on", "conclusion", "signed_on")),
    "decision_argument": Shown("expert", ("on", "way", "adopted", "not_adopted")),
    "decision_risk": Shown(
        "risk",
        ("on", "assessor", "level", "existing_title", "existing_on", "existing_by"),
        {"points": ("kind", "level")},
    ),
    "decision_review": Shown(
        "legality", ("reviewer", "sent_on", "due_on", "workdays", "short_reason", "conclusion", "concluded_on"),
        {"papers": ("role",)},
    ),
    "decision_package": Shown("deliberation", ("on",), {"papers": ("role",)}),
    "decision_meeting": Shown(
        "deliberation",
        ("kind", "session", "held_on", "outcome", "onward", "guest_opinions"),
        {"guests": ("group", "number")},
    ),
    "decision_policy_mark": Shown("published", ("is_policy", "reason")),
    "decision_interpretation": Shown(
        "published", ("kind", "form", "url", "changes", "for_whom", "from_when", "paper_id", "confirmed_at")
    ),
    "decision_signing": Shown("published", ("signed_on",)),
    "decision_publication": Shown(
        "published", ("paper_id", "doc_number", "issuer", "published_on", "adoption", "is_policy"),
        {"channels": ("kind", "where", "url")},
    ),
    "decision_dossier_filing": Shown("published", ("filed_on", "receiver", "sha256")),
    "decision_execution": Shown("executing", ("unit", "begun_on", "plan")),
    "decision_quarter": Shown("executing", ("year", "quarter")),
    "decision_progress_report": Shown(
        "executing", ("quarter_id", "from_on", "to_on", "text", "problems", "paper_id"),
        {"figures": ("name", "value")},
    ),
    "decision_completion": Shown("executing", ("finished_on", "outcome")),
    "decision_evaluation": Shown(
        "evaluated", ("cause", "reason", "assessor_kind", "assessor", "method", "begun_on")
    ),
    "decision_evaluation_result": Shown(
        "evaluated", ("evaluation_id", "finished_on", "heard", "findings", "conclusion", "advice", "paper_id")
    ),
    "decision_turn": Shown("", ("kind", "from_stage", "reason", "decided_by", "decided_on")),
}  # fmt: skip
"""By table. Every table that records a step is here; a test asks for it."""


@dataclass(frozen=True)
class PublicRecord:
    """A record as everybody reads it. `name` is its table without "decision_"; the public columns are read
    as attributes, any other name fails."""

    name: str
    step: str
    id: int
    round: int
    stands: bool
    recorded_at: datetime
    set_aside_reason: str
    values: Mapping[str, Any]

    def __getattr__(self, key: str) -> Any:
        values = self.__dict__.get("values", {})
        if key in values:
            return values[key]
        raise AttributeError(f"{key} of {self.__dict__.get('name')} is not public")


def public_record(table: str, row: Any) -> PublicRecord:
    shown = SHOWN[table]
    values = {name: getattr(row, name) for name in shown.fields}
    for name, keys in shown.lists.items():
        values[name] = [{key: entry.get(key) for key in keys} for entry in getattr(row, name) or []]
    return PublicRecord(
        table.removeprefix("decision_"), shown.step, row.id, row.round, row.set_aside_at is None,
        row.recorded_at, row.set_aside_reason or "", values,
    )  # fmt: skip
