"""What was recorded of the steps of a decision, kind by kind. Which columns are public `decisions.shown` says; here
stands what each means. A column that is added there and has no meaning here stops the program at its start."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Integer, inspect

from participation.api.fields import Field, Kind
from participation.decisions import aftermath, experts, hearing, means, meeting, review, risks
from participation.decisions.lifecycle import STAGES
from participation.decisions.papers import PAPER_ROLES
from participation.decisions.queries.whole import record_tables
from participation.decisions.shown import SHOWN, PublicRecord
from participation.errors import N_
from participation.extensions import Instant

ROLES: dict[str, str] = {key: role.label for key, role in PAPER_ROLES.items()}
LABELS: dict[str, str] = {
    "start": N_("The start: who decided on it"),
    "drafting": N_("Drafting: what was studied and who was asked"),
    "dispute": N_("Units disagreed, and it was reported"),
    "means": N_("Other ways in which people were heard"),
    "hearing": N_("Hearings"),
    "expert": N_("What experts concluded, without their names"),
    "argument": N_("What became of the experts' opinions"),
    "risk": N_("Risk assessments"),
    "review": N_("Legality reviews"),
    "package": N_("What was handed to the meeting"),
    "meeting": N_("Meetings that decided"),
    "policy_mark": N_("Whether it is a policy that has to be explained"),
    "interpretation": N_("Explanations for the public"),
    "signing": N_("Signatures"),
    "publication": N_("Publications"),
    "dossier_filing": N_("Dossiers filed"),
    "execution": N_("Who carries it out"),
    "progress_report": N_("Progress reports"),
    "completion": N_("Completions"),
    "evaluation": N_("Evaluations begun"),
    "evaluation_result": N_("Results of evaluations"),
    "turn": N_("Suspended, resumed, changed, ended or closed"),
}
LEFT_OUT = frozenset({"quarter"})
"""Kinds that only serve others."""

MEANINGS: dict[str, str] = {
    "on": N_("The day"),
    "decided_by": N_("Who decided on it"),
    "lead_unit": N_("Unit in the lead"),
    "joint_units": N_("Units that help"),
    "special_groups": N_("Groups whom it touches especially"),
    "contact": N_("Contact of the unit"),
    "study": N_("What was studied"),
    "asked": N_("Who was asked"),
    "reported_on": N_("The day it was reported"),
    "kind": N_("Which kind"),
    "held_on": N_("The day it was held"),
    "until": N_("Until which day"),
    "place": N_("Where"),
    "answered": N_("How many answered"),
    "result": N_("What came of it"),
    "adopted": N_("What was adopted"),
    "not_adopted": N_("What was not adopted, and why"),
    "adopted_on": N_("The day this was told"),
    "took_part": N_("Who took part, by group"),
    "group": N_("The group"),
    "number": N_("How many"),
    "required": N_("Whether a law requires it"),
    "law": N_("Which law"),
    "notice_on": N_("The day of the notice"),
    "planned_on": N_("The day it was called for"),
    "at_time": N_("The time of day"),
    "method_on": N_("The day the way of choosing was published"),
    "method": N_("How it was done"),
    "list_on": N_("The day the list of participants was published"),
    "stakeholders": N_("Participants whom it touches"),
    "ratio_reason": N_("Why fewer than half are"),
    "materials_on": N_("The day the participants had the materials"),
    "attended": N_("Participants who came"),
    "observers": N_("Observers"),
    "signed_on": N_("The day it was signed"),
    "signed": N_("How many signed the record"),
    "unsigned_reason": N_("Why somebody did not sign"),
    "sides": N_("Participants by side"),
    "side": N_("The side"),
    "field": N_("Field of expertise"),
    "declared_on": N_("The day of the declaration of no interest"),
    "conclusion": N_("The conclusion"),
    "way": N_("In which way"),
    "assessor": N_("Who assessed it"),
    "level": N_("The level of risk"),
    "existing_title": N_("An earlier assessment that was used"),
    "existing_on": N_("The day of the earlier one"),
    "existing_by": N_("Who made the earlier one"),
    "points": N_("The risks that were found"),
    "reviewer": N_("Who reviewed it"),
    "sent_on": N_("The day it was sent"),
    "due_on": N_("The last day"),
    "workdays": N_("How many workdays there were"),
    "short_reason": N_("Why there were fewer than usual"),
    "concluded_on": N_("The day of the conclusion"),
    "papers": N_("Which papers were handed over"),
    "role": N_("What kind of paper it is"),
    "session": N_("Which meeting"),
    "outcome": N_("The outcome"),
    "onward": N_("What happens then"),
    "guest_opinions": N_("What guests said"),
    "guests": N_("Guests, by group"),
    "is_policy": N_("Whether it is such a policy"),
    "reason": N_("The reason"),
    "form": N_("In which form"),
    "url": N_("Where it is on the web"),
    "changes": N_("What changes"),
    "for_whom": N_("For whom"),
    "from_when": N_("From when"),
    "confirmed_at": N_("When it was confirmed"),
    "doc_number": N_("Its number"),
    "issuer": N_("Who issued it"),
    "published_on": N_("The day it was published"),
    "adoption": N_("What was adopted from comments, and why not"),
    "channels": N_("Where it was published"),
    "where": N_("The place"),
    "filed_on": N_("The day it was filed"),
    "receiver": N_("Who received it"),
    "sha256": N_("SHA-256 of the file"),
    "unit": N_("Which unit"),
    "begun_on": N_("The day it began"),
    "plan": N_("What is to be done"),
    "from_on": N_("From which day"),
    "to_on": N_("To which day"),
    "text": N_("The report"),
    "problems": N_("Difficulties"),
    "figures": N_("Figures of the report"),
    "name": N_("What it counts"),
    "value": N_("The figure"),
    "finished_on": N_("The day it was finished"),
    "cause": N_("What it was begun for"),
    "assessor_kind": N_("Which kind of assessor"),
    "heard": N_("Who was heard"),
    "findings": N_("What was found"),
    "advice": N_("What is advised"),
    "from_stage": N_("At which step it stood"),
    "decided_on": N_("The day it was decided"),
    "means.asked": N_("How many were asked"),
}
CODES: dict[str, Mapping[str, str]] = {
    "means.kind": means.MEANS, "means.group": means.GROUPS, "hearing.side": hearing.SIDES,
    "expert.conclusion": experts.CONCLUSIONS, "argument.way": experts.WAYS, "risk.level": risks.LEVELS,
    "risk.kind": risks.KINDS, "review.conclusion": review.CONCLUSIONS, "review.role": ROLES, "package.role": ROLES,
    "meeting.kind": meeting.KINDS, "meeting.outcome": meeting.OUTCOMES, "meeting.onward": meeting.NEXT,
    "meeting.group": means.GROUPS, "interpretation.kind": aftermath.INTERPRETATION_KINDS,
    "interpretation.form": aftermath.INTERPRETATION_FORMS, "publication.kind": aftermath.CHANNELS,
    "evaluation.cause": aftermath.CAUSES, "evaluation.assessor_kind": aftermath.ASSESSORS,
    "evaluation_result.conclusion": aftermath.CONCLUSIONS, "turn.kind": aftermath.TURNS, "turn.from_stage": STAGES,
}  # fmt: skip
NUMBERS = frozenset({"number"})
"""Keys within a list that are numbers; all others are words."""

COMMON = (
    Field("run", "integer", N_("Which run of the chain it belongs to"), lambda row: row.round),
    Field("recorded_at", "instant", N_("When it was recorded")),
)


def _field(kind: str, name: str, how: Kind, **more: Any) -> Field:
    meaning = MEANINGS.get(f"{kind}.{name}") or MEANINGS[name]
    codes = CODES.get(f"{kind}.{name}")
    if codes is not None:
        how = "code"
    nullable = how in ("text", "code", "day", "instant")
    return Field(name, how, meaning, nullable=nullable, codes=codes, **more)


def _kind(column: Any) -> Kind:
    kinds: tuple[tuple[Any, Kind], ...] = (
        (Boolean, "boolean"), (Integer, "integer"), (Date, "day"), (Instant, "instant"), (JSON, "list"),
    )  # fmt: skip
    return next((told for of, told in kinds if isinstance(column.type, of)), "text")


def _of_kind(name: str, model: Any) -> Field:
    shown, columns = SHOWN[model.__tablename__], inspect(model).column_attrs
    found: list[Field] = [*COMMON]
    for column in shown.fields:
        how = _kind(columns[column].columns[0])
        if not column.endswith("_id"):
            found.append(_field(name, column, how, **({"of": "text"} if how == "list" else {})))
    for column, keys in shown.lists.items():
        inner = tuple(_field(name, key, "integer" if key in NUMBERS else "text") for key in keys)
        found.append(_field(name, column, "list", fields=inner))
    return Field(name, "list", LABELS[name], fields=tuple(found))


def _fields() -> tuple[Field, ...]:
    models = {model.__tablename__.removeprefix("decision_"): model for model in record_tables()}
    order = [table.removeprefix("decision_") for table in SHOWN]
    return tuple(_of_kind(name, models[name]) for name in order if name not in LEFT_OUT)


FIELDS = _fields()


def by_kind(rows: Sequence[PublicRecord]) -> dict[str, list[PublicRecord]]:
    """As `FIELDS` writes them: every kind has its list."""
    found: dict[str, list[PublicRecord]] = {field.name: [] for field in FIELDS}
    for row in rows:
        if row.name in found:
            found[row.name].append(row)
    return found
