"""Moving a decision along its chain. The one place that assigns `stage`."""

from datetime import date, datetime

from sqlalchemy import select

from participation.access import Actor
from participation.decisions import lifecycle, queries
from participation.decisions.lifecycle import Wish
from participation.decisions.models import Decision, DecisionStep, records_of
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
    earlier: bool = False,
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
    # TEMPORARY until the demonstration and the tests make the records: `earlier` asks only for the order.
    asked = Wish(state="now", on=on, today=day_of(now), after=wish.after) if earlier else wish
    refused = lifecycle.refusal(f"record:{step}", facts, actor, asked)
    if refused:
        raise refused
    check_version(decision, seen)
    row = next((row for row in decision.steps if row.step == step), None)
    if row is None:
        row = DecisionStep(step=step, began_on=on, round=decision.round, earlier=earlier)
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
    return row


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
        standing = select(kind).filter_by(decision_id=decision.id, round=decision.round, set_aside_at=None)
        for record in db.session.scalars(standing):
            record.set_aside_at, record.set_aside_reason = now, reason.strip()
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
    return row


def _after(decision: Decision, step: str) -> date | None:
    """The day before which `step` cannot lie: when the last of the steps it needs was settled."""
    days = [row.on for row in decision.steps if row.step in lifecycle.STEPS[step].needs and row.on is not None]
    return max(days, default=None)


def suspend(decision: Decision, *, reason: str, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """713号 art. 37: in urgency the head of the government may suspend; the reason is public."""
    before = decision.stage
    _stop("suspend", decision, reason, seen, actor)
    decision.stage_before = before
    _moved("decision.suspended", decision, "suspended", reason, actor, now)


def resume(decision: Decision, *, reason: str = "", seen: int | None = None, actor: Actor, now: datetime) -> None:
    """The decision goes on where it stood."""
    _stop("resume", decision, reason, seen, actor)
    target, decision.stage_before = decision.stage_before, ""
    _moved("decision.resumed", decision, target, "", actor, now)


def terminate(decision: Decision, *, reason: str, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Ends a decision that was never published, with a public reason."""
    _stop("terminate", decision, reason, seen, actor)
    decision.stage_before = ""
    _moved("decision.terminated", decision, "terminated", reason, actor, now)


def _stop(action: str, decision: Decision, reason: str, seen: int | None, actor: Actor) -> None:
    refused = lifecycle.refusal(action, queries.facts_of(decision), actor, Wish(reason=reason))
    if refused:
        raise refused
    check_version(decision, seen)


def _moved(verb: str, decision: Decision, stage: str, reason: str, actor: Actor, now: datetime) -> None:
    decision.stage, decision.stage_reason, decision.stage_at = stage, reason.strip(), now
    db.session.flush()
    evidence.record(verb, subject=decision, actor=actor, now=now, facts={"stage": stage})
