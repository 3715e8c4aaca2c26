"""Major decisions: what the catalogue says of each, and its chain, step by step.

The steps come from `decisions.steps` by way of `progress_of`: a step that is added there stands here too.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participation.accounts.models import Department
from participation.api import papers, records
from participation.api.fields import Field
from participation.api.params import DEPARTMENT as OF_DEPARTMENT
from participation.api.params import YEAR, choice
from participation.api.parts import DEPARTMENT, address, departments
from participation.api.resource import Asked, Found, Resource
from participation.consultations import queries as consultations
from participation.decisions import queries
from participation.decisions.lifecycle import STAGES
from participation.decisions.models import Decision, DecisionPaper
from participation.decisions.progress import Progress, Run, earlier_runs, progress_of
from participation.decisions.queries import papers as shelves
from participation.decisions.queries import public_lists
from participation.decisions.queries.whole import public_records
from participation.decisions.rules import BODIES, CATEGORIES, PROCEDURES, SCOPE
from participation.decisions.rules import FIELDS as AREAS
from participation.decisions.shown import PublicRecord
from participation.decisions.steps import STEPS
from participation.errors import N_

STEP_LABELS: dict[str, str] = {key: step.label for key, step in STEPS.items()}
STATES: dict[str, str] = {
    "done": N_("Done"),
    "now": N_("The present step"),
    "todo": N_("To come"),
    "not_public": N_("Done; its papers are not public"),
    "not_applicable": N_("Does not apply"),
}
APPLIES: dict[str, str] = {
    "applicable": N_("Applies"),
    "not": N_("Does not apply"),
    "unknown": N_("Not said yet"),
}


@dataclass(frozen=True)
class Line:
    """A decision that anybody may know of; notes for colleagues are not in it."""

    row: Decision
    progress: Progress
    consultations: list[int]
    department: Department | None
    earlier: list[Run]
    papers: list[DecisionPaper]
    records: dict[str, list[PublicRecord]]


def _shown(name: str) -> Any:
    """A text of the step's row; of a step whose papers are not public neither title nor number."""

    def read(link: Any) -> Any:
        return getattr(link.row, name) if link.row is not None and link.state != "not_public" else None

    return read


STEP = (
    Field("step", "code", N_("The step"), lambda link: link.key, codes=STEP_LABELS),
    Field("number", "integer", N_("Its place in the chain")),
    Field("state", "code", N_("How it stands"), codes=STATES),
    Field("article", "text", N_("The article that asks for it, in Chinese"), lambda link: link.step.article),
    Field("began_on", "day", N_("The day it began"), lambda link: link.row.began_on if link.row else None,
          nullable=True),
    Field("on", "day", N_("Its day: when it was done, or began"), nullable=True),
    Field("days", "integer", N_("How long it took since the step before"), nullable=True, unit=N_("natural days")),
    Field("unit", "text", N_("Who did it"), lambda link: link.row.unit if link.row else None, nullable=True),
    Field("document_title", "text", N_("Title of its document, where that is public"), _shown("document_title"),
          nullable=True),
    Field("document_number", "text", N_("Number of its document, where that is public"), _shown("document_number"),
          nullable=True),
    Field("ground", "text", N_("Why it does not apply, or why its papers are not public"),
          lambda link: link.row.ground if link.row else None, nullable=True, article="政府信息公开条例 第十六条"),
)  # fmt: skip
RUN = (
    Field("run", "integer", N_("Its number"), lambda run: run.round),
    Field("steps", "list", N_("The steps that it reached"), lambda run: run.links, fields=STEP),
)
PROCEDURE = (
    Field("procedure", "code", N_("The procedure"), codes=PROCEDURES),
    Field("state", "code", N_("Whether it applies"), codes=APPLIES),
    Field("reason", "text", N_("Why it does not apply"), nullable=True),
)


def _procedures(line: Line) -> list[dict[str, str]]:
    row = line.row
    return [{"procedure": key, "state": row.state_of(key), "reason": row.reason_of(key)} for key in PROCEDURES]


def _reason(line: Line) -> str | None:
    return line.row.stage_reason if line.row.stage in ("suspended", "terminated") else None


FIELDS = (
    Field("id", "integer", N_("Number of the decision in addresses; it never changes"), lambda line: line.row.id),
    Field("url", "url", N_("Its page on the website"),
          lambda line: address("decisions.item", decision_id=line.row.id)),
    Field("year", "integer", N_("The catalogue in which it was first entered"), lambda line: line.row.catalogue.year),
    Field("batch", "integer", N_("The batch of that catalogue"), lambda line: line.row.batch.number),
    Field("number", "integer", N_("Its number in that catalogue"), lambda line: line.row.number),
    Field("title", "text", N_("Title, in Chinese"), lambda line: line.row.title),
    Field("summary", "text", N_("What it changes for people"), lambda line: line.row.summary, nullable=True),
    Field("category", "code", N_("The category of the law"), lambda line: line.row.category, nullable=True,
          codes=CATEGORIES, article=SCOPE),
    Field("field", "code", N_("The subject area"), lambda line: line.row.field, nullable=True, codes=AREAS),
    Field("lead_unit", "text", N_("Unit in the lead, as the catalogue names it"), lambda line: line.row.lead_unit,
          nullable=True),
    Field("department", "object", N_("The department that this is"), nullable=True, fields=DEPARTMENT),
    Field("joint_units", "list", N_("Units that help"), lambda line: line.row.joint_units or [], of="text"),
    Field("basis", "text", N_("Basis"), lambda line: line.row.basis, nullable=True),
    Field("procedures", "list", N_("Which procedures of the law apply"), _procedures, fields=PROCEDURE),
    Field("hearing", "code", N_("Whether there is a hearing"), lambda line: line.row.hearing, codes=APPLIES),
    Field("survey", "code", N_("Whether there is an opinion survey"), lambda line: line.row.survey, codes=APPLIES),
    Field("planned", "text", N_("Planned time, as the catalogue has it"), lambda line: line.row.planned_text,
          nullable=True),
    Field("planned_from", "day", N_("The same, from"), lambda line: line.row.planned_from, nullable=True),
    Field("planned_to", "day", N_("The same, to"), lambda line: line.row.planned_to, nullable=True),
    Field("body", "code", N_("Who decides"), lambda line: line.row.body, codes=BODIES),
    Field("result", "text", N_("The result, as published"), lambda line: line.row.result, nullable=True),
    Field("stage", "code", N_("How far it is"), lambda line: line.row.stage, codes=STAGES),
    Field("stage_reason", "text", N_("Why it is suspended or ended"), _reason, nullable=True),
    Field("stage_at", "instant", N_("Since when it stands so"), lambda line: line.row.stage_at),
    Field("run", "integer", N_("Which run of the chain this is; a change of substance begins another"),
          lambda line: line.row.round, article="国务院令第713号 第三十七条"),
    Field("steps", "list", N_("The chain of this run, step by step"), lambda line: line.progress.links, fields=STEP),
    Field("earlier_runs", "list", N_("Earlier runs of the chain, the newest first"), lambda line: line.earlier,
          fields=RUN, article="国务院令第713号 第三十七条"),
    Field("papers", "list", N_("Its papers, of each the newest version; as in papers"), lambda line: line.papers,
          fields=papers.FIELDS),
    Field("records", "object", N_("What was recorded of its steps"), lambda line: line.records,
          fields=records.FIELDS, article="国务院令第713号 第三十三条"),
    Field("consultation_ids", "list", N_("Its consultations, as in consultations"), lambda line: line.consultations,
          of="integer"),
    Field("removed_at", "instant", N_("When it was taken out of the catalogue"), lambda line: line.row.removed_at,
          nullable=True),
)  # fmt: skip


def _lines(rows: list[Decision], now: datetime) -> list[Line]:
    ids = {row.id for row in rows}
    held, units = consultations.ids_for_decisions(ids), departments()
    written, recorded = shelves.public_of(ids), public_records(rows)
    return [
        Line(
            row, progress_of(row, (), now=now), held.get(row.id, []), units.get(row.lead_department_id or 0),
            earlier_runs(row, (), now=now), written[row.id], records.by_kind(recorded[row.id]),
        )
        for row in rows
    ]  # fmt: skip


def page(asked: Asked) -> Found:
    """The newest first."""
    rows = public_lists.decisions(
        before=asked.after[0] if asked.after else None,
        limit=asked.limit + 1,
        year=asked.filters.get("year"),
        department_id=asked.filters.get("department"),
        stage=asked.filters.get("stage", ""),
    )
    more = len(rows) > asked.limit
    rows = rows[: asked.limit]
    return Found(_lines(rows, asked.now), [rows[-1].id] if more else None)


def one(key: Any, now: datetime) -> Line | None:
    found = queries.decision(key)
    return _lines([found], now)[0] if found else None


RESOURCE = Resource(
    "decisions",
    N_("Decisions"),
    N_("Every major decision of the published catalogues with its chain: what is done, what is next, and why not."),
    FIELDS,
    page,
    (YEAR, OF_DEPARTMENT, choice("stage", N_("Only decisions that stand at this step"), STAGES, "participation")),
    one=one,
    key_meaning=N_("Number of the decision in addresses"),
)
