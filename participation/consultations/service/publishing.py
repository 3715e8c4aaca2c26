"""Publishing an announcement, and correcting its draft in public."""

from datetime import datetime

from participation import clock
from participation.access import Actor
from participation.consultations.models import Consultation
from participation.consultations.queries import periods
from participation.consultations.service.facts import enter_stage, step
from participation.documents import queries as document_queries
from participation.documents import service as documents
from participation.documents.models import Document
from participation.duties import service as duties
from participation.evidence import service as evidence
from participation.extensions import db
from participation.workdays import end_of


def publish(consultation: Consultation, *, actor: Actor, now: datetime) -> Consultation:
    """Opens the period. The day of `now` is its first, not counted (民法典 art. 201); the draft is
    frozen; two duties begin: to stay open until the last day, and to publish the feedback."""
    consultation = periods.locked_for_update(consultation.id)
    step("publish", consultation, actor=actor, now=now)
    assert consultation.ends_on is not None
    assert consultation.promised_feedback_on is not None
    consultation.starts_on = clock.local_date(now)
    consultation.closes_at = end_of(consultation.ends_on)
    consultation.published_at = now
    enter_stage("publish", consultation)
    document = document_queries.current("consultation", consultation.id)
    assert document is not None
    documents.freeze(document, actor=actor, now=now)
    db.session.flush()
    evidence.record(
        "consultation.published",
        subject=consultation,
        actor=actor,
        now=now,
        facts={
            "starts_on": consultation.starts_on,
            "closes_at": consultation.closes_at,
            "short": bool(consultation.short_reason),
            "feedback_on": consultation.promised_feedback_on,
            "draft_sha256": document.sha256,
        },
    )
    for kind, due_on in (("comment_period", consultation.ends_on), ("feedback", consultation.promised_feedback_on)):
        duties.open_duty(
            kind,
            subject_kind="consultation",
            subject_id=consultation.id,
            department_id=consultation.department_id,
            started_at=now,
            due_on=due_on,
            actor=actor,
            now=now,
        )
    return consultation


def correct(consultation: Consultation, *, text: str, reason: str, actor: Actor, now: datetime) -> Document:
    """A corrected draft as a new visible version with its reason. A change of substance is a new
    consultation with a fresh period, not a correction."""
    step("correct", consultation, actor=actor, now=now)
    document = document_queries.current("consultation", consultation.id)
    assert document is not None
    newer = documents.correct(document, title=consultation.title, text=text, reason=reason, actor=actor, now=now)
    evidence.record(
        "consultation.corrected", subject=consultation, actor=actor, now=now, facts={"version": newer.number}
    )
    return newer
