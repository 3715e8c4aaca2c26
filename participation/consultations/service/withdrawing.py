"""Taking back: a consultation with reason and approval, a comment by its writer."""

from datetime import datetime

from sqlalchemy import update

from participation.access import Actor
from participation.consultations.lifecycle import ART_18
from participation.consultations.models import Assignment, Comment, Consultation
from participation.consultations.queries import counts, periods
from participation.consultations.service import likening
from participation.consultations.service.facts import enter_stage, step
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db


def ask_withdrawal(consultation: Consultation, *, reason: str, actor: Actor, now: datetime) -> Consultation:
    """An officer asks for it; the reason is printed once the head approves."""
    step("ask_withdrawal", consultation, actor=actor, now=now)
    if not reason.strip():
        raise Refused("invalid", N_("Say why the consultation is withdrawn; the reason is printed"), field="reason")
    consultation.withdrawal_reason, consultation.withdrawal_asked_by = reason.strip(), actor.person_id
    db.session.flush()
    evidence.record("consultation.withdrawal_asked", subject=consultation, actor=actor, now=now)
    return consultation


def withdraw(consultation: Consultation, *, actor: Actor, now: datetime) -> Consultation:
    """The head approves. Comments are kept and answered; without any, nothing more is owed."""
    consultation = periods.locked_for_update(consultation.id)
    step("withdraw", consultation, actor=actor, now=now)
    consultation.withdrawn_at = now
    enter_stage("withdraw", consultation)
    owed = ["comment_period"] if counts.tally(consultation.id).received else ["comment_period", "feedback"]
    for kind in owed:
        duty = duty_queries.duty_for("consultation", consultation.id, kind)
        if duty is not None and duty.is_open:
            duties.cancel(duty, reason="征求意见已撤回", actor=actor, now=now)
    db.session.flush()
    evidence.record("consultation.withdrawn", subject=consultation, actor=actor, now=now)
    return consultation


def withdraw_comment(comment: Comment, consultation: Consultation, *, actor: Actor, now: datetime) -> Comment:
    """The writer takes the comment back, as long as the feedback is not out. A tombstone stays, and
    the count says so. Only whoever holds number and secret gets here."""
    consultation = periods.locked_for_update(consultation.id)
    if comment.withdrawn_at is not None:
        raise Refused("conflict", N_("This comment is withdrawn already"))
    if consultation.feedback_published_at is not None:
        raise Refused("wrong_time", N_("The feedback is public; what was published stays as it is"), ART_18)
    comment.withdrawn_at = now
    db.session.execute(update(Assignment).where(Assignment.comment_id == comment.id).values(holder=None))
    likening.leave(comment.id)
    db.session.flush()
    evidence.record("comment.withdrawn", subject=comment, actor=actor, now=now)
    return comment


def set_messages(comment: Comment, *, wanted: bool, actor: Actor, now: datetime) -> Comment:
    """Whether the writer is told what becomes of the comment. Number and secret open its page anyway."""
    if wanted == (comment.unsubscribed_at is None):
        return comment
    comment.unsubscribed_at = None if wanted else now
    db.session.flush()
    verb = "comment.messages_wanted" if wanted else "comment.messages_unwanted"
    evidence.record(verb, subject=comment, actor=actor, now=now)
    return comment
