"""A decision is carried out: by whom, how far, to which end (713号 art. 34-35). Nothing here commits."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from participation.access import SYSTEM, Actor, Capability
from participation.accounts import queries as accounts
from participation.decisions import lifecycle
from participation.decisions.aftermath import MOST_FIGURES
from participation.decisions.means import day_refusal
from participation.decisions.models import Decision
from participation.decisions.models.execution import DecisionCompletion, DecisionExecution
from participation.decisions.models.progress_report import DecisionProgressReport, DecisionQuarter
from participation.decisions.quarters import Quarter, ended, quarter_of
from participation.decisions.queries.execution import execution_of, quarters_of, reported_quarters
from participation.decisions.queries.papers import paper as found_paper
from participation.decisions.service import chain, owing
from participation.decisions.service.permission import check_version
from participation.decisions.service.recording import check, enter
from participation.errors import N_, Refused
from participation.workdays import day_of

ART_34, ART_35 = "国务院令第713号 第三十四条", "国务院令第713号 第三十五条"


def begin_execution(
    decision: Decision, *, department_id: int, on: date | None, plan: str, seen: int | None = None, actor: Actor,
    now: datetime,
) -> DecisionExecution:  # fmt: skip
    """The government names the unit that carries the decision out. From now on each quarter has its report,
    and comments on the decision go to this unit."""
    facts = check(decision, "executing", seen=seen, actor=actor)
    if facts.execution:
        raise Refused("wrong_time", N_("The unit that carries it out is named already."), ART_34)
    unit = accounts.department(department_id)
    if unit is None or not unit.active:
        raise Refused("invalid", N_("Choose the unit that carries it out."), ART_34, field="department_id")
    if len(plan.strip()) < 10:
        raise Refused("invalid", N_("Write what is done by when."), ART_34, field="plan")
    refused = day_refusal(on, today=day_of(now), not_before=_published_on(decision), field="on", article=ART_34)
    if refused:
        raise refused
    record = DecisionExecution(department_id=department_id, unit=unit.name, begun_on=on, plan=plan.strip())
    chain.record_step(decision, step="executing", state="now", on=on, unit=unit.name, actor=actor, now=now)
    enter(record, decision=decision, verb="decision.execution_begun", actor=actor, now=now)
    return record


def report_refusal(decision: Decision, actor: Actor, execution: Any | None = None) -> Refused | None:
    """Why this person may not report progress: the unit that carries the decision out does, the unit in the
    lead and the government office may."""
    execution = execution or execution_of(decision)
    if execution is None:
        return Refused("wrong_time", N_("Name the unit that carries the decision out first."), ART_34)
    units = {execution.department_id, decision.lead_department_id} - {None}
    allowed = actor.can(Capability.MANAGE_CATALOGUE) or any(actor.can(Capability.ANSWER, unit) for unit in units)
    if not allowed:
        return Refused("forbidden", N_("The unit that carries the decision out reports on it."), ART_34)
    if decision.stage in ("closed", "terminated") or decision.removed_at is not None:
        return Refused("wrong_time", N_("This decision is closed and its dossier is filed."), lifecycle.ART_33)
    return None


def report_progress(
    decision: Decision, *, year: int, quarter: int, text: str, figures: Sequence[dict[str, str]] = (),
    problems: str = "", paper_id: int | None = None, seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionProgressReport:  # fmt: skip
    """The report of one quarter, public at once. It meets the quarter's duty."""
    refused = report_refusal(decision, actor)
    if refused:
        raise refused
    check_version(decision, seen)
    execution = execution_of(decision)
    assert execution is not None
    wanted = Quarter(year, quarter)
    if wanted not in set(ended(execution.begun_on, _until(decision, execution, now))):
        raise Refused(
            "invalid", N_("Choose a quarter that has ended since the execution began."), ART_34, field="quarter"
        )
    if wanted in reported_quarters(execution):
        raise Refused("wrong_time", N_("This quarter is reported already; what is recorded stays."), ART_34)
    row = _quarter(decision, execution, wanted, actor, now)
    first = max(wanted.first, execution.begun_on)
    record = _report(
        decision, execution, text=text, figures=figures, problems=problems, paper_id=paper_id, from_on=first,
        to_on=wanted.last, quarter_id=row.id, actor=actor, now=now,
    )  # fmt: skip
    owing.quarter_reported(row, actor=actor, now=now)
    return record


def report_problem(
    decision: Decision, *, on: date | None, text: str, problems: str, paper_id: int | None = None,
    seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionProgressReport:  # fmt: skip
    """713号 art. 35: the executing unit tells the government at once when the decision proves faulty or
    circumstances have changed. `problems` says which, `text` what was done so far."""
    execution = execution_of(decision)
    refused = report_refusal(decision, actor, execution)
    if refused:
        raise refused
    check_version(decision, seen)
    assert execution is not None
    if len(problems.strip()) < 10:
        raise Refused("invalid", N_("Write which difficulty there is."), ART_35, field="problems")
    refused = day_refusal(on, today=day_of(now), not_before=execution.begun_on, field="on", article=ART_35)
    if refused:
        raise refused
    assert on is not None
    return _report(
        decision, execution, text=text, figures=(), problems=problems, paper_id=paper_id,
        from_on=max(quarter_of(on).first, execution.begun_on), to_on=on, quarter_id=None, actor=actor, now=now,
    )  # fmt: skip


def finish_execution(
    decision: Decision, *, on: date | None, outcome: str, seen: int | None = None, actor: Actor, now: datetime
) -> DecisionCompletion:
    """The decision is carried out. Quarters that ended before that day still have their reports."""
    facts = check(decision, "executing", seen=seen, actor=actor)
    if not facts.execution:
        raise Refused("wrong_time", N_("Name the unit that carries the decision out first."), ART_34)
    if len(outcome.strip()) < 10:
        raise Refused("invalid", N_("Write what came of the decision."), ART_34, field="outcome")
    execution = execution_of(decision)
    assert execution is not None
    refused = day_refusal(on, today=day_of(now), not_before=execution.begun_on, field="on", article=ART_34)
    if refused:
        raise refused
    record = DecisionCompletion(finished_on=on, outcome=outcome.strip())
    enter(record, decision=decision, verb="decision.execution_finished", actor=actor, now=now)
    chain.record_step(decision, step="executing", on=on, actor=actor, now=now)
    return record


def open_quarters(decision: Decision, *, now: datetime) -> int:
    """The clock: every quarter that has ended since the execution began, and has neither report nor duty,
    gets its duty; also those that were missed. Returns how many. Idempotent."""
    execution = execution_of(decision)
    if execution is None:
        return 0
    opened = 0
    known = {Quarter(row.year, row.quarter) for row in quarters_of(execution)}
    for wanted in ended(execution.begun_on, _until(decision, execution, now)):
        if wanted not in known:
            _quarter(decision, execution, wanted, SYSTEM, now)
            opened += 1
    return opened


def _until(decision: Decision, execution: Any, now: datetime) -> date:
    """The day from which on nothing more is reported: today, or when the decision was carried out."""
    done = next(
        (row.on for row in decision.every_step
         if row.step == "executing" and row.round == execution.round and row.state == "done" and not row.set_aside_at),
        None,
    )  # fmt: skip
    return day_of(now) if done is None else min(day_of(now), done)


def _quarter(decision: Decision, execution: Any, wanted: Quarter, actor: Actor, now: datetime) -> DecisionQuarter:
    for found in quarters_of(execution):
        if Quarter(found.year, found.quarter) == wanted:
            return found
    row = DecisionQuarter(year=wanted.year, quarter=wanted.number)
    enter(row, decision=decision, verb="decision.quarter_ended", actor=actor, now=now)
    row.round = execution.round
    owing.quarter_ended(row, department_id=execution.department_id, actor=actor, now=now)
    return row


def _report(
    decision: Decision, execution: Any, *, text: str, figures: Sequence[dict[str, str]], problems: str,
    paper_id: int | None, from_on: date, to_on: date, quarter_id: int | None, actor: Actor, now: datetime,
) -> DecisionProgressReport:  # fmt: skip
    if len(text.strip()) < 10:
        raise Refused("invalid", N_("Write what was done."), ART_34, field="text")
    kept = [
        {"name": str(one.get("name") or "").strip(), "value": str(one.get("value") or "").strip()}
        for one in figures
        if str(one.get("name") or "").strip() or str(one.get("value") or "").strip()
    ]
    if len(kept) > MOST_FIGURES or any(not (one["name"] and one["value"]) for one in kept):
        raise Refused(
            "invalid", N_("Each figure has a name and a value; at most %(most)d."), field="figures",
            args_={"most": MOST_FIGURES},
        )  # fmt: skip
    _of_decision(paper_id, decision, "progress_report", actor)
    record = DecisionProgressReport(
        quarter_id=quarter_id, from_on=from_on, to_on=to_on, text=text.strip(), figures=kept,
        problems=problems.strip(), paper_id=paper_id,
    )  # fmt: skip
    enter(record, decision=decision, verb="decision.progress_reported", actor=actor, now=now)
    record.round = execution.round
    return record


def _of_decision(paper_id: int | None, decision: Decision, role: str, actor: Actor) -> None:
    if paper_id is None:
        return
    paper = found_paper(paper_id, decision_id=decision.id, actor=actor)
    if paper is None or paper.role != role or paper.taken_back_at is not None:
        raise Refused("invalid", N_("Choose a paper of this decision."), field="paper_id")


def _published_on(decision: Decision) -> date | None:
    return next((row.on for row in decision.steps if row.step == "published"), None)
