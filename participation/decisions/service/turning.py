"""The turns of a decision: suspended, resumed, ended, run again, closed. Nothing here commits.

713号 art. 37: a decision is not changed or stopped at will. In urgency the head of the government may
suspend it; a change of substance runs the procedure again, and the version in force stays until then.
"""

from datetime import date, datetime

from participation.access import Actor
from participation.decisions import lifecycle, queries, runs
from participation.decisions.lifecycle import ART_37, Wish
from participation.decisions.models import Decision
from participation.decisions.models.turn import DecisionTurn
from participation.decisions.service import chain, owing
from participation.decisions.service.permission import check_version
from participation.errors import N_, Refused
from participation.extensions import db
from participation.workdays import day_of

HEAD = "区长"


def suspend(
    decision: Decision, *, reason: str, decided_by: str = HEAD, on: date | None = None, seen: int | None = None,
    actor: Actor, now: datetime,
) -> DecisionTurn:  # fmt: skip
    """In urgency the head of the government suspends; the reason is public. `on` is the day of the
    decision, today where none is named."""
    _ask("suspend", decision, reason, seen, actor)
    turn = _turn("suspend", decision, reason, decided_by, on, actor, now)
    chain.move(decision, "decision.suspended", stage="suspended", reason=reason, actor=actor, now=now)
    return turn


def resume(
    decision: Decision, *, reason: str = "", decided_by: str = HEAD, on: date | None = None, seen: int | None = None,
    actor: Actor, now: datetime,
) -> DecisionTurn:  # fmt: skip
    """The decision goes on where it stood."""
    _ask("resume", decision, reason, seen, actor)
    turn = _turn("resume", decision, reason, decided_by, on, actor, now)
    chain.move(decision, "decision.resumed", stage=decision.stage_before, actor=actor, now=now)
    return turn


def terminate(
    decision: Decision, *, reason: str, decided_by: str = "", on: date | None = None, seen: int | None = None,
    actor: Actor, now: datetime,
) -> DecisionTurn:  # fmt: skip
    """Ends a decision that was never published, with a public reason. Where an earlier run made one that
    is in force, only the change is given up, and that one stays."""
    _ask("terminate", decision, reason, seen, actor)
    before = runs.before(decision)
    turn = _turn("drop" if before else "terminate", decision, reason, decided_by, on, actor, now)
    owing.all_cancelled(decision, reason=reason.strip(), actor=actor, now=now)
    if before:
        chain.end_run(decision, back_to=before, actor=actor, now=now)
    else:
        chain.move(decision, "decision.terminated", stage="terminated", reason=reason, actor=actor, now=now)
    return turn


def rerun(
    decision: Decision, *, reason: str, decided_by: str = "", on: date | None = None, seen: int | None = None,
    actor: Actor, now: datetime,
) -> DecisionTurn:  # fmt: skip
    """A change of substance: the chain runs again from the draft on, with the reason. What is in force stays
    published until the new text is."""
    _ask("rerun", decision, reason, seen, actor)
    turn = _turn("rerun", decision, reason, decided_by, on, actor, now)
    chain.begin_run(decision, on=turn.decided_on, reason=reason, actor=actor, now=now)
    return turn


def close(
    decision: Decision, *, reason: str = "", on: date | None = None, seen: int | None = None, actor: Actor,
    now: datetime,
) -> DecisionTurn:  # fmt: skip
    """Everything is recorded and the dossier is filed (art. 33). What is in force stays so."""
    _ask("close", decision, reason, seen, actor)
    turn = _turn("close", decision, reason, "", on, actor, now)
    chain.move(decision, "decision.closed", stage="closed", actor=actor, now=now)
    return turn


def _ask(action: str, decision: Decision, reason: str, seen: int | None, actor: Actor) -> None:
    refused = lifecycle.refusal(action, queries.facts_of(decision), actor, Wish(reason=reason))
    if refused:
        raise refused
    check_version(decision, seen)


def _turn(
    kind: str, decision: Decision, reason: str, decided_by: str, on: date | None, actor: Actor, now: datetime
) -> DecisionTurn:
    today = day_of(now)
    if on is not None and on > today:
        raise Refused(
            "invalid", N_("This day is still to come. Record the step when it has happened."), ART_37, field="on"
        )
    if kind == "suspend" and not decided_by.strip():
        raise Refused(
            "invalid", N_("Name who decided: in urgency it is the head of the government."), ART_37, field="decided_by"
        )
    turn = DecisionTurn(
        decision_id=decision.id, round=decision.round, recorded_at=now, recorded_by=actor.person_id, kind=kind,
        from_stage=decision.stage, reason=reason.strip(), decided_by=decided_by.strip(), decided_on=on or today,
    )  # fmt: skip
    db.session.add(turn)
    return turn
