"""What is owed from the meeting on: to publish, to file, to report. Nothing here commits.

Called where the chain moves, so that no page has to remember it.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from participation.access import Actor
from participation.accounts import queries as accounts
from participation.decisions.aftermath import DOSSIER_DAYS, PROGRESS_WORKDAYS
from participation.decisions.models import Decision
from participation.decisions.models.progress_report import DecisionQuarter
from participation.decisions.quarters import Quarter
from participation.duties import queries as duties
from participation.duties import service as duty_service
from participation.duties.models import Duty
from participation.extensions import db
from participation.workdays import start_of

SETTLED = ("done", "not_public")


def holder(decision: Decision) -> int:
    """The unit in the lead, or the government office where it has no department here."""
    return decision.lead_department_id or accounts.government_office().id


def step_recorded(decision: Decision, *, step: str, state: str, on: date | None, actor: Actor, now: datetime) -> None:
    """After a step was recorded: 政府信息公开条例 art. 26 counts from the approving meeting, the promised filing
    of the dossier from publication."""
    if state not in SETTLED or on is None:
        return
    if step == "deliberation":
        _open("decision_publication", decision, on, actor, now)
    elif step == "published":
        _meet("decision_publication", decision, actor, now)
        _open("dossier_filing", decision, on, actor, now, due_on=on + timedelta(days=DOSSIER_DAYS))


def step_undone(decision: Decision, *, step: str, reason: str, actor: Actor, now: datetime) -> None:
    """What was owed because of a step is owed no longer when the step is undone."""
    if step == "deliberation":
        duty = open_duty(decision, "decision_publication")
        if duty is not None:
            duty_service.cancel(duty, reason=reason, actor=actor, now=now)
    if step == "executing":
        quarters_dropped(decision, decision.round, reason=reason, actor=actor, now=now)


def all_cancelled(decision: Decision, *, reason: str, actor: Actor, now: datetime) -> None:
    """The run has ended: nothing more is owed about it."""
    for duty in duties.duties_of("decision", decision.id):
        if duty.is_open and duty.round == decision.round:
            duty_service.cancel(duty, reason=reason, actor=actor, now=now)


def dossier_filed(decision: Decision, *, actor: Actor, now: datetime) -> None:
    _meet("dossier_filing", decision, actor, now)


def quarter_ended(row: DecisionQuarter, *, department_id: int, actor: Actor, now: datetime) -> Duty:
    """The report on a quarter is due ten workdays after its last day."""
    return duty_service.open_duty(
        "progress_report",
        subject_kind="decision_quarter",
        subject_id=row.id,
        department_id=department_id,
        started_at=start_of(Quarter(row.year, row.quarter).last),
        workdays=PROGRESS_WORKDAYS,
        actor=actor,
        now=now,
    )


def quarter_reported(row: DecisionQuarter, *, actor: Actor, now: datetime) -> None:
    duty = duties.duty_for("decision_quarter", row.id, "progress_report")
    if duty is not None and duty.is_open:
        duty_service.meet(duty, actor=actor, now=now)


def quarters_dropped(decision: Decision, round_: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """Reports of a run that nobody owes any longer: its execution was undone, or a newer text replaced it."""
    for row_id in db.session.scalars(select(DecisionQuarter.id).filter_by(decision_id=decision.id, round=round_)):
        duty = duties.duty_for("decision_quarter", row_id, "progress_report")
        if duty is not None and duty.is_open:
            duty_service.cancel(duty, reason=reason, actor=actor, now=now)


def open_duty(decision: Decision, kind: str) -> Duty | None:
    return duties.open_one(kind, "decision", decision.id, decision.round)


def _open(kind: str, decision: Decision, on: date, actor: Actor, now: datetime, *, due_on: date | None = None) -> None:
    if open_duty(decision, kind) is None:
        duty_service.open_duty(
            kind,
            subject_kind="decision",
            subject_id=decision.id,
            department_id=holder(decision),
            started_at=start_of(on),
            due_on=due_on,
            round=decision.round,
            actor=actor,
            now=now,
        )


def _meet(kind: str, decision: Decision, actor: Actor, now: datetime) -> None:
    duty = open_duty(decision, kind)
    if duty is not None:
        duty_service.meet(duty, actor=actor, now=now)
