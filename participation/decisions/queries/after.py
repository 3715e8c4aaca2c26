"""What the gates after the meeting need to know, and the records behind those steps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from participation.decisions.assessors import Earlier, barred, names_in
from participation.decisions.models import Decision
from participation.decisions.models.dossier_filing import DecisionDossierFiling
from participation.decisions.models.evaluation import DecisionEvaluation, DecisionEvaluationResult
from participation.decisions.models.execution import DecisionCompletion, DecisionExecution
from participation.decisions.models.expert import DecisionExpert
from participation.decisions.models.interpretation import DecisionInterpretation
from participation.decisions.models.policy_mark import DecisionPolicyMark
from participation.decisions.models.progress_report import DecisionProgressReport, DecisionQuarter
from participation.decisions.models.publication import DecisionPublication
from participation.decisions.models.risk import DecisionRisk
from participation.decisions.models.signing import DecisionSigning
from participation.decisions.models.turn import DecisionTurn
from participation.decisions.queries.drafts import Marked, marked
from participation.decisions.queries.records import Record, current, records
from participation.errors import N_

PUBLISHING = (DecisionPolicyMark, DecisionInterpretation, DecisionSigning, DecisionPublication)
EXECUTING = (DecisionExecution, DecisionQuarter, DecisionProgressReport, DecisionCompletion)
EVALUATING = (DecisionEvaluation, DecisionEvaluationResult)
KINDS = (*PUBLISHING, *EXECUTING, *EVALUATING, DecisionDossierFiling, DecisionTurn)
ASSESSED = (DecisionExpert, DecisionRisk, DecisionEvaluation)


@dataclass(frozen=True)
class Explained:
    """How the interpretation of a run stands. `text` is the newest text of the decision; `current` the
    interpretations that stand and whose paper is as it was checked; `missing` the first thing that
    keeps it from being ready."""

    is_policy: bool = True
    text: Marked | None = None
    plans: Sequence[Record] = ()
    materials: Sequence[Record] = ()
    changed: Sequence[Record] = ()
    signing: Record | None = None
    signed: bool = False
    missing: str = ""
    papers: dict[int, Marked] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """Empty, draft or ready, as the gate asks."""
        if not (self.plans or self.materials or self.changed):
            return ""
        return "ready" if not self.missing else "draft"


def explained(decision: Decision, found: dict[Any, list[Record]] | None = None) -> Explained:
    """The interpretation of the present run: one query for the papers, one for the records."""
    rows = records(decision.id, PUBLISHING) if found is None else found
    now = {model: current(rows[model], decision.round) for model in PUBLISHING}
    papers = {one.paper.id: one for one in marked(decision.id, decision.round, "decision_text", "interpretation")}
    texts = [one for one in papers.values() if one.paper.role == "decision_text"]
    text = texts[-1] if texts else None
    marks = now[DecisionPolicyMark][-1:]
    entered = now[DecisionInterpretation]
    plans = [row for row in entered if row.kind == "plan"]
    same = [row for row in entered if row.kind == "material" and _same(row, papers)]
    changed = [row for row in entered if row.kind == "material" and row not in same]
    signing = now[DecisionSigning][-1] if now[DecisionSigning] else None
    signed = signing is not None and text is not None and signing.digest == text.mark
    return Explained(
        is_policy=bool(marks[0].is_policy) if marks else True,
        text=text,
        plans=plans,
        materials=same,
        changed=changed,
        signing=signing,
        signed=signed,
        missing=_missing(plans, same, changed, signing if signed else None, papers),
        papers=papers,
    )


def _same(row: Record, papers: dict[int, Marked]) -> bool:
    return row.paper_id in papers and papers[row.paper_id].mark == row.digest


def _missing(
    plans: Sequence[Record],
    same: Sequence[Record],
    changed: Sequence[Record],
    signing: Record | None,
    papers: dict[int, Marked],
) -> str:
    """周政办字〔2021〕14号: 同步组织 (entered before the text is signed), 同步审签 (signed in one act)."""
    if not plans:
        return N_("Write the plan of the interpretation.")
    if not same:
        if changed:
            return N_("The interpretation was changed after it was checked. Enter it again.")
        return N_("Enter an interpretation that explains the matter; headings alone are not enough.")
    if not any(row.confirmed_at for row in same):
        return N_("A colleague confirms first that the interpretation explains the matter.")
    if not any(row.confirmed_at and _reviewed(papers[row.paper_id].paper) for row in same):
        return N_("The interpretation is checked for secrets and personal data first.")
    if signing is None:
        return N_("Text and interpretation are signed together first.")
    inside = {one["id"]: one["digest"] for one in signing.interpretations}
    ready = [row for row in same if row.confirmed_at and inside.get(row.id) == row.digest]
    if not ready or not any(row.id in inside for row in plans):
        return N_("The interpretation was entered after the text was signed. Sign both again, together.")
    return ""


def _reviewed(paper: Any) -> bool:
    return paper.secrecy_by is not None and paper.personal_by is not None and paper.attribute == "public"


def signable(told: Explained) -> list[Record]:
    """The interpretations that may be signed with the text: confirmed, and through both checks."""
    return [row for row in told.materials if row.confirmed_at and _reviewed(told.papers[row.paper_id].paper)]


def part(decision: Decision) -> dict[str, Any]:
    """The part of `DecisionFacts` about publication, execution, evaluation and dossier: two queries."""
    rows = records(decision.id, (*KINDS, DecisionExpert, DecisionRisk))
    told = explained(decision, rows)
    now = {model: current(rows[model], decision.round) for model in KINDS}
    paper = told.text.paper if told.text else None
    reviews = {"secrecy": paper.secrecy_by, "personal": paper.personal_by} if paper is not None else {}
    evaluations = now[DecisionEvaluation][-1:]
    return {
        "text_attribute": paper.attribute if paper is not None else "",
        "text_ground": bool(paper is not None and (paper.ground.strip() or paper.ground_kind)),
        "text_reviews": frozenset(key for key, by in reviews.items() if by is not None),
        "is_policy": told.is_policy and not (paper is not None and paper.attribute == "not_public"),
        "interpretation": told.state,
        "execution": bool(now[DecisionExecution]),
        "completion": bool(now[DecisionCompletion]),
        "evaluation": _evaluation(now),
        "evaluator_barred": bool(evaluations) and who_is_barred(rows, evaluations[0]) is not None,
        "dossier_filed": bool(now[DecisionDossierFiling]),
    }


def _evaluation(now: dict[Any, list[Record]]) -> str:
    if not now[DecisionEvaluation]:
        return ""
    last = now[DecisionEvaluation][-1].id
    return "done" if any(row.evaluation_id == last for row in now[DecisionEvaluationResult]) else "begun"


def earlier_assessors(rows: dict[Any, list[Record]], but: int | None = None) -> list[Earlier]:
    """Who argued or assessed the decision, in whichever run; without the evaluation `but`."""
    found: list[Earlier] = []
    for row in rows[DecisionExpert]:
        if row.stands and row.conclusion:
            found += [Earlier(row.name, N_("expert argument")), Earlier(row.organisation, N_("expert argument"))]
    for row in rows[DecisionRisk]:
        if row.stands:
            found += [Earlier(name, N_("risk assessment")) for name in (row.assessor, row.existing_by)]
    for row in rows[DecisionEvaluation]:
        if row.stands and row.id != but:
            found += [Earlier(name, N_("earlier evaluation")) for name in (row.assessor, *names_in(row.people))]
    return [one for one in found if one.name.strip()]


def who_is_barred(rows: dict[Any, list[Record]], evaluation: Any) -> tuple[str, Earlier] | None:
    """The assessor of this evaluation who had a main part before, if one had (713号 art. 36)."""
    names = [evaluation.assessor, *names_in(evaluation.people)]
    return barred(names, earlier_assessors(rows, but=evaluation.id))
