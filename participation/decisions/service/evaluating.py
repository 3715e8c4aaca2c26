"""A decision in force is assessed by somebody who had no part in making it (713号 art. 36). Nothing here
commits."""

from datetime import date, datetime
from typing import Any

from participation.access import Actor
from participation.decisions.aftermath import ASSESSORS, CAUSES, CONCLUSIONS
from participation.decisions.assessors import barred, names_in
from participation.decisions.means import day_refusal
from participation.decisions.models import Decision
from participation.decisions.models.evaluation import DecisionEvaluation, DecisionEvaluationResult
from participation.decisions.queries.after import ASSESSED, earlier_assessors
from participation.decisions.queries.papers import paper as found_paper
from participation.decisions.queries.records import records
from participation.decisions.service import chain
from participation.decisions.service.recording import check, enter, standing
from participation.errors import N_, Refused
from participation.workdays import day_of

ART_36 = "国务院令第713号 第三十六条"


def begin_evaluation(
    decision: Decision, *, cause: str, reason: str, assessor_kind: str, assessor: str, method: str, on: date | None,
    people: str = "", seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionEvaluation:  # fmt: skip
    """Why it is assessed, by whom and how. `people` are the experts, one a line. Whoever argued, assessed the
    risks or evaluated this decision before is refused, also under another spelling."""
    facts = check(decision, "evaluated", seen=seen, actor=actor)
    if facts.evaluation == "begun":
        raise Refused("wrong_time", N_("An evaluation is under way already."), ART_36)
    _choices(cause, assessor_kind)
    for field, text, message in (
        ("reason", reason, N_("Write why the decision is evaluated.")),
        ("assessor", assessor, N_("Write who evaluates it.")),
        ("method", method, N_("Write how it is evaluated.")),
    ):
        if not text.strip():
            raise Refused("invalid", message, ART_36, field=field)
    refuse_earlier(decision, assessor=assessor, people=people)
    begun = next((row.began_on or row.on for row in decision.steps if row.step == "executing"), None)
    refused = day_refusal(on, today=day_of(now), not_before=begun, field="on", article=ART_36)
    if refused:
        raise refused
    record = DecisionEvaluation(
        cause=cause, reason=reason.strip(), assessor_kind=assessor_kind, assessor=assessor.strip(),
        people="\n".join(names_in(people)), method=method.strip(), begun_on=on,
    )  # fmt: skip
    chain.record_step(decision, step="evaluated", state="now", on=on, unit=assessor.strip(), actor=actor, now=now)
    enter(record, decision=decision, verb="decision.evaluation_begun", actor=actor, now=now)
    return record


def refuse_earlier(decision: Decision, *, assessor: str, people: str = "") -> None:
    """Raises Refused when one of these had a main part before."""
    found = barred([assessor, *names_in(people)], earlier_assessors(records(decision.id, ASSESSED)))
    if found is None:
        return
    name, before = found
    raise Refused(
        "invalid",
        N_("“%(name)s” had a part in this decision before it was made, as “%(before)s”. Name another."),
        ART_36,
        field="assessor" if name == assessor else "people",
        args_={"name": name, "before": before.name},
    )


def finish_evaluation(
    decision: Decision, *, on: date | None, heard: str, findings: str, conclusion: str, paper_id: int | None,
    advice: str = "", seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionEvaluationResult:  # fmt: skip
    """What was found. `heard` says how people, deputies and associations took part; `paper_id` is the report.
    Keeping it ends here; amending or ending it runs the procedure again, suspending is the head's act."""
    facts = check(decision, "evaluated", seen=seen, actor=actor)
    if facts.evaluation != "begun":
        raise Refused("wrong_time", N_("Record first why the decision is evaluated, and by whom."), ART_36)
    evaluation = standing(DecisionEvaluation, decision)[-1]
    if conclusion not in CONCLUSIONS:
        raise Refused("invalid", N_("Choose what the evaluation comes to."), ART_36, field="conclusion")
    for field, text, message in (
        ("heard", heard, N_("Write how people were heard.")),
        ("findings", findings, N_("Write what was found.")),
    ):
        if len(text.strip()) < 10:
            raise Refused("invalid", message, ART_36, field=field)
    if conclusion != "keep" and not advice.strip():
        raise Refused("invalid", N_("Write what should change."), ART_36, field="advice")
    _report(paper_id, decision, actor)
    refused = day_refusal(on, today=day_of(now), not_before=evaluation.begun_on, field="on", article=ART_36)
    if refused:
        raise refused
    record = DecisionEvaluationResult(
        evaluation_id=evaluation.id, finished_on=on, heard=heard.strip(), findings=findings.strip(),
        conclusion=conclusion, advice=advice.strip(), paper_id=paper_id,
    )  # fmt: skip
    enter(record, decision=decision, verb="decision.evaluated", actor=actor, now=now)
    chain.record_step(decision, step="evaluated", on=on, unit=evaluation.assessor, actor=actor, now=now)
    return record


def _choices(cause: str, assessor_kind: str) -> None:
    if cause not in CAUSES:
        raise Refused("invalid", N_("Choose why the decision is evaluated."), ART_36, field="cause")
    if assessor_kind not in ASSESSORS:
        raise Refused("invalid", N_("Choose who evaluates it."), ART_36, field="assessor_kind")


def _report(paper_id: int | None, decision: Decision, actor: Actor) -> None:
    paper: Any = found_paper(paper_id, decision_id=decision.id, actor=actor) if paper_id is not None else None
    if paper is None or paper.role != "evaluation_report" or paper.taken_back_at is not None:
        raise Refused(
            "invalid", N_("Enter the evaluation report among the papers and choose it here."), ART_36, field="paper_id"
        )
