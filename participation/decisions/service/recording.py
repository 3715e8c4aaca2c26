"""Writing down a record of a step: who may, when, against which version of the page, with its entry."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from participation.access import Actor
from participation.decisions import lifecycle, queries
from participation.decisions.facts import DecisionFacts
from participation.decisions.lifecycle import SETTLED
from participation.decisions.models import Decision
from participation.decisions.models.record import StepRecord
from participation.decisions.service.permission import check_version
from participation.decisions.steps import STEPS
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db

ART_33 = "国务院令第713号 第三十三条"


def refusal(decision: Decision, step: str, actor: Actor, facts: DecisionFacts | None = None) -> Refused | None:
    """Why nothing can be recorded for `step` now: asked for the link, raised on POST."""
    return lifecycle.refusal(f"record:{step}", facts or queries.facts_of(decision), actor)


def check(decision: Decision, step: str, *, seen: int | None, actor: Actor) -> DecisionFacts:
    """Raises why this person may not record anything for `step` now, or that a colleague was faster."""
    facts = queries.facts_of(decision)
    refused = refusal(decision, step, actor, facts)
    if refused:
        raise refused
    check_version(decision, seen)
    return facts


def enter(record: StepRecord, *, decision: Decision, verb: str, actor: Actor, now: datetime) -> None:
    """A new row of the present run."""
    record.decision_id, record.round = decision.id, decision.round
    record.recorded_at, record.recorded_by = now, actor.person_id
    db.session.add(record)
    entered(record, decision=decision, verb=verb, actor=actor, now=now)


def entered(record: Any, *, decision: Decision, verb: str, actor: Actor, now: datetime, act: str = "") -> None:
    """The entry about a row that was made or completed. The decision gets a new version, so that whoever
    still looks at the page before is told."""
    flag_modified(decision, "stage_at")
    db.session.flush()
    facts = {"step": record.STEP, "round": decision.round, "record": f"{record.__tablename__}:{record.id}"}
    evidence.record(verb, subject=decision, actor=actor, now=now, facts=facts | ({"act": act} if act else {}))


def find(model: Any, record_id: int, decision: Decision) -> Any:
    """The record of the present run that stands; `Refused` where it was set aside meanwhile."""
    found = db.session.get(model, record_id)
    if found is None or found.decision_id != decision.id:
        raise Refused("not_found", N_("There is no such record."))
    if found.set_aside_at is not None or found.round != decision.round:
        raise Refused("wrong_time", N_("This record was set aside. Look at the decision again."), ART_33)
    return found


def standing(model: Any, decision: Decision) -> list[Any]:
    """The records of a kind in the present run, the oldest first."""
    rows = select(model).filter_by(decision_id=decision.id, round=decision.round, set_aside_at=None)
    return list(db.session.scalars(rows.order_by(model.id)))


def set_aside(
    decision: Decision, record: StepRecord, *, reason: str, seen: int | None = None, actor: Actor, now: datetime
) -> None:
    """Takes out one record that was made by mistake, while its step is not settled: it stays readable with
    the reason, and is recorded again. Never an edit (713号 art. 33)."""
    facts = queries.facts_of(decision)
    if facts.steps.get(record.STEP) in SETTLED:
        raise Refused("wrong_time", N_("The step is settled. Undo the step instead."), STEPS[record.STEP].article)
    check(decision, record.STEP, seen=seen, actor=actor)
    if not reason.strip():
        raise Refused("invalid", N_("Write the reason."), ART_33, field="reason")
    record.set_aside_at, record.set_aside_reason = now, reason.strip()
    entered(record, decision=decision, verb="decision.record_set_aside", actor=actor, now=now)
