"""Moving a decision along its chain. The one place that assigns `stage`."""

from datetime import date, datetime

from sqlalchemy import select

from participation.access import Actor
from participation.decisions import lifecycle, queries
from participation.decisions.lifecycle import Wish
from participation.decisions.models import Decision, DecisionDispute, DecisionPackage, DecisionStep, records_of
from participation.decisions.service import owing
from participation.decisions.service.permission import check_version
from participation.evidence import service as evidence
from participation.extensions import db
from participation.workdays import day_of


def record_step(
    decision: Decision,
    *,
    step: str,
    state: str = "done",
    on: date | None = None,
    unit: str = "",
    document_title: str = "",
    document_number: str = "",
    ground: str = "",
    note: str = "",
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> DecisionStep:
    """Records that a step has begun (`now`) or is settled (`done`, `not_public`, `not_applicable`).
    `on` is the day it happened; `ground` why it is not public or does not apply. Raises `Refused`
    with the article where the law wants something else first: the records behind the step come before it.

    The only code that moves a decision along its chain; what records a step's content ends here."""
    facts = queries.facts_of(decision)
    wish = Wish(state=state, on=on, ground=ground, today=day_of(now), after=_after(decision, step))
    refused = lifecycle.refusal(f"record:{step}", facts, actor, wish)
    if refused:
        raise refused
    check_version(decision, seen)
    row = next((row for row in decision.steps if row.step == step), None)
    if row is None:
        row = DecisionStep(step=step, began_on=on, round=decision.round)
        decision.every_step.append(row)
    row.state, row.on = state, (on if state != "now" else None)
    row.unit = unit.strip() or row.unit or decision.lead_unit
    row.document_title = document_title.strip() or row.document_title or ""
    row.document_number = document_number.strip() or row.document_number or ""
    row.ground = ground.strip() if state in ("not_public", "not_applicable") else ""
    row.note, row.recorded_at = note.strip() or row.note or "", now
    decision.stage = lifecycle.stage_after(step, state, decision.stage)
    decision.stage_at = now
    db.session.flush()
    evidence.record(
        "decision.step_recorded",
        subject=decision,
        actor=actor,
        now=now,
        facts={"step": step, "state": state, "round": decision.round},
    )
    owing.step_recorded(decision, step=step, state=state, on=on, actor=actor, now=now)
    return row


def note_step(
    decision: Decision, *, step: str, state: str, on: date | None = None, unit: str = "", ground: str = "",
    note: str = "", seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionStep:  # fmt: skip
    """That a step began (drafting, participation, experts, risks) or does not apply. Whatever else happened
    is recorded by the verb of the step, with its records: here that is refused with the article."""
    refused = lifecycle.refusal(f"record:{step}", queries.facts_of(decision), actor)
    if refused:
        raise refused
    if state != "not_applicable" and not (state == "now" and step in lifecycle.BEGUN):
        raise lifecycle.elsewhere(step)
    return record_step(
        decision, step=step, state=state, on=on, unit=unit, ground=ground, note=note, seen=seen, actor=actor, now=now
    )


def send_back(
    decision: Decision, *, reason: str, on: date | None, meeting: bool = False, actor: Actor, now: datetime
) -> DecisionStep:
    """Back to drafting, because the review found the draft unlawful or the `meeting` did not approve it:
    the draft is changed and reviewed anew (713号 art. 25 and 28). Participation, experts and risks stay as
    they were recorded; drafting, review and deliberation are set aside with the reason and stay readable."""
    for row in decision.steps:
        if row.step in ("drafting", "legality", "deliberation"):
            row.set_aside_at, row.set_aside_reason = now, reason
    for kind in (*records_of("drafting"), *(records_of("legality") if meeting else ()), DecisionPackage):
        if kind is not DecisionDispute:
            _set_records_aside(decision, kind, reason, now)
    db.session.flush()
    row = DecisionStep(
        step="drafting", state="now", began_on=on, round=decision.round, unit=decision.lead_unit, recorded_at=now
    )
    decision.every_step.append(row)
    decision.stage, decision.stage_at = "drafting", now
    db.session.flush()
    evidence.record("decision.sent_back", subject=decision, actor=actor, now=now, facts={"round": decision.round})
    return row


def _set_records_aside(decision: Decision, kind: type, reason: str, now: datetime) -> None:
    standing = select(kind).filter_by(decision_id=decision.id, round=decision.round, set_aside_at=None)
    for record in db.session.scalars(standing):
        record.set_aside_at, record.set_aside_reason = now, reason


def reverse(
    decision: Decision, *, step: str, reason: str, seen: int | None = None, actor: Actor, now: datetime
) -> DecisionStep:
    """Undoes a step that was recorded by mistake: the step and the records behind it are set aside with
    the reason, and stay readable; the decision stands again where it stood before. A new entry, never
    an edit (713号 art. 33). Raises `Refused` when a later step builds on it or it is published."""
    facts = queries.facts_of(decision)
    refused = lifecycle.refusal(f"reverse:{step}", facts, actor, Wish(reason=reason))
    if refused:
        raise refused
    check_version(decision, seen)
    row = next(row for row in decision.steps if row.step == step)
    row.set_aside_at, row.set_aside_reason = now, reason.strip()
    for kind in records_of(step):
        _set_records_aside(decision, kind, reason.strip(), now)
    stands = lifecycle.stage_of({kept.step: kept.state for kept in decision.steps})
    if decision.stage == "suspended":
        decision.stage_before = stands
    else:
        decision.stage = stands
    decision.stage_at = now
    db.session.flush()
    evidence.record(
        "decision.step_undone", subject=decision, actor=actor, now=now, facts={"step": step, "round": decision.round}
    )
    owing.step_undone(decision, step=step, reason=reason.strip(), actor=actor, now=now)
    return row


def _after(decision: Decision, step: str) -> date | None:
    """The day before which `step` cannot lie: when the last of the steps it needs was settled."""
    days = [row.on for row in decision.steps if row.step in lifecycle.STEPS[step].needs and row.on is not None]
    return max(days, default=None)


def move(decision: Decision, verb: str, *, stage: str, reason: str = "", actor: Actor, now: datetime) -> None:
    """A turn of the whole decision: suspended, resumed, ended, run again, closed. Only `turning` calls it."""
    decision.stage_before = decision.stage if stage == "suspended" else ""
    decision.stage, decision.stage_reason, decision.stage_at = stage, reason.strip(), now
    db.session.flush()
    evidence.record(verb, subject=decision, actor=actor, now=now, facts={"stage": stage, "round": decision.round})


def begin_run(decision: Decision, *, on: date, reason: str, actor: Actor, now: datetime) -> None:
    """713号 art. 37: the next run of the chain, started with the reason; the draft comes next. Earlier runs
    stay as they are."""
    decision.round = max(decision.round, *(row.round for row in decision.every_step)) + 1
    decision.every_step.append(
        DecisionStep(
            step="started", state="done", began_on=on, on=on, unit=decision.lead_unit, note=reason.strip(),
            recorded_at=now, round=decision.round,
        )
    )  # fmt: skip
    move(decision, "decision.run_again", stage="started", actor=actor, now=now)


def end_run(decision: Decision, *, back_to: int, actor: Actor, now: datetime) -> None:
    """A change that was given up: the decision in force, which an earlier run made, is the present one again."""
    decision.round = back_to
    stage = lifecycle.stage_of({row.step: row.state for row in decision.steps})
    move(decision, "decision.change_dropped", stage=stage, actor=actor, now=now)
