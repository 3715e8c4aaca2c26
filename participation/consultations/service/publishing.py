"""Publishing an announcement, and correcting its draft in public."""

from datetime import date, datetime

from participation import clock
from participation.access import Actor
from participation.consultations.models import Consultation
from participation.consultations.queries import comments, periods
from participation.consultations.rules.period import ART_15, earliest_end
from participation.consultations.service import telling
from participation.consultations.service.closing import move_dates
from participation.consultations.service.facts import enter_stage, step
from participation.documents import queries as document_queries
from participation.documents import service as documents
from participation.documents.models import Document
from participation.duties import service as duties
from participation.errors import N_, Refused
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


def correct(
    consultation: Consultation, *, text: str, reason: str, actor: Actor, now: datetime, form_key: str = ""
) -> Document:
    """A corrected draft as a new visible version with its reason: slips of the pen, unclear words.
    What changes the rule itself is `revise`, with a fresh period."""
    step("correct", consultation, actor=actor, now=now)
    newer = documents.correct(
        _public_draft(consultation), title=consultation.title, text=text, reason=reason, actor=actor, now=now,
        form_key=form_key,
    )  # fmt: skip
    evidence.record(
        "consultation.corrected", subject=consultation, actor=actor, now=now, facts={"version": newer.number}
    )
    return newer


def revise(
    consultation: Consultation,
    *,
    text: str,
    reason: str,
    ends_on: date,
    feedback_on: date | None,
    actor: Actor,
    now: datetime,
    form_key: str = "",
) -> Document:
    """A draft changed in substance: people commented on something else, so the period begins anew
    with the day of `now` and is as long as one must be (713号 art. 15), and never ends earlier than
    announced. Comments that came in stay and are answered; their writers are told."""
    consultation = periods.locked_for_update(consultation.id)
    step("revise", consultation, actor=actor, now=now, wanted_ends_on=ends_on)
    starts_on = clock.local_date(now)
    earliest = earliest_end(consultation.kind, consultation.concerns_business, starts_on, duties.load_calendar())
    if ends_on < earliest:
        message = N_("The period begins anew today and must last until %(day)s at least")
        raise Refused("invalid", message, ART_15, field="ends_on", args_={"day": earliest})
    newer = documents.correct(
        _public_draft(consultation), title=consultation.title, text=text, reason=reason, actor=actor, now=now,
        substantial=True, form_key=form_key,
    )  # fmt: skip
    consultation.restarted_from = consultation.restarted_from or consultation.starts_on
    consultation.starts_on = starts_on
    move_dates(consultation, ends_on=ends_on, feedback_on=feedback_on, reason=reason, actor=actor, now=now)
    db.session.flush()
    evidence.record(
        "consultation.revised",
        subject=consultation,
        actor=actor,
        now=now,
        facts={"version": newer.number, "starts_on": starts_on, "ends_on": ends_on},
    )
    for comment in comments.to_tell(consultation.id):
        telling.commenter(
            comment, consultation, "consultation_revised", now=now, once=f"version {newer.number}",
            closes_on=consultation.ends_on,
        )  # fmt: skip
    return newer


def _public_draft(consultation: Consultation) -> Document:
    document = document_queries.current("consultation", consultation.id)
    assert document is not None
    return document
