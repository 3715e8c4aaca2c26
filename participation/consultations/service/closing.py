"""The end of a period: it may be lengthened, and the clock closes it; nobody does so earlier."""

from datetime import date, datetime

from participation.access import SYSTEM, Actor, Role
from participation.consultations.models import Consultation
from participation.consultations.queries import counts, periods
from participation.consultations.service import telling
from participation.consultations.service.facts import enter_stage, step
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.workdays import end_of

WARN_WORKDAYS = 3


def extend(
    consultation: Consultation, *, ends_on: date, feedback_on: date | None, reason: str, actor: Actor, now: datetime
) -> Consultation:
    """Lengthens the period (T14: only ever lengthens). The promise for the feedback may move with
    it, and must when it would fall inside the period."""
    consultation = periods.locked_for_update(consultation.id)
    step("extend", consultation, actor=actor, now=now, wanted_ends_on=ends_on)
    if not reason.strip():
        raise Refused("invalid", N_("Say why the period is extended; the reason is printed"), field="reason")
    consultation.extended_from = consultation.extended_from or consultation.ends_on
    consultation.extension_reason = reason.strip()
    promised = move_dates(consultation, ends_on=ends_on, feedback_on=feedback_on, reason=reason, actor=actor, now=now)
    db.session.flush()
    evidence.record(
        "consultation.extended",
        subject=consultation,
        actor=actor,
        now=now,
        facts={"from": consultation.extended_from, "ends_on": ends_on, "feedback_on": promised},
    )
    return consultation


def move_dates(
    consultation: Consultation, *, ends_on: date, feedback_on: date | None, reason: str, actor: Actor, now: datetime
) -> date:
    """Sets a later last day, and the promise for the feedback with it; both duties keep the old dates
    beside the new. Returns the promised day. An unchanged last day is left alone."""
    assert consultation.promised_feedback_on is not None
    promised = feedback_on or consultation.promised_feedback_on
    if promised <= ends_on:
        message = N_("The feedback follows the period: promise it for a day after the last one")
        raise Refused("invalid", message, field="feedback_on")
    if promised < consultation.promised_feedback_on:
        raise Refused("invalid", N_("The promised day may only move later with the period"), field="feedback_on")
    period = duty_queries.duty_for("consultation", consultation.id, "comment_period")
    feedback = duty_queries.duty_for("consultation", consultation.id, "feedback")
    assert period is not None
    assert feedback is not None
    if ends_on != consultation.ends_on:
        consultation.ends_on, consultation.closes_at = ends_on, end_of(ends_on)
        duties.redate(period, due_on=ends_on, reason=reason, actor=actor, now=now)
    if promised > consultation.promised_feedback_on:
        consultation.promised_feedback_on = promised
        duties.redate(feedback, due_on=promised, reason=reason, actor=actor, now=now)
    return promised


def close_due(consultation_id: int, *, now: datetime) -> bool:
    """Closes one period whose end has passed. The row is locked against comments that are just
    being stored; whether one of them counts was decided by the clock under the same lock."""
    consultation = periods.locked_for_update(consultation_id)
    if consultation.stage != "open" or consultation.closes_at is None or now < consultation.closes_at:
        return False
    step("close", consultation, actor=SYSTEM, now=now)
    enter_stage("close", consultation)
    # What counts is when the period ended, not when the job came round to it.
    consultation.closed_at = consultation.closes_at
    period = duty_queries.duty_for("consultation", consultation.id, "comment_period")
    if period is not None and period.is_open:
        duties.meet(period, actor=SYSTEM, now=now)
    db.session.flush()
    received = counts.tally(consultation.id).received
    evidence.record("consultation.closed", subject=consultation, actor=SYSTEM, now=now, facts={"received": received})
    return True


def warn_closing(consultation: Consultation, *, now: datetime) -> int:
    """Tells the officers once, a few workdays before the end."""
    return telling.department(
        consultation,
        "consultation_closing",
        role=Role.OFFICER,
        now=now,
        once=str(consultation.ends_on),
        closes_on=consultation.ends_on,
        comments=counts.tally(consultation.id).received,
    )
