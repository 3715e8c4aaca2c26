"""Opinions that came another way (代录): by post, telephone, at a seminar, through 12345 or a window."""

from datetime import date, datetime

from participation import clock
from participation.access import Actor
from participation.consultations.models import Comment, Consultation
from participation.consultations.queries import periods
from participation.consultations.rules.comments import CHANNELS, ContactAddress
from participation.consultations.rules.period import ART_15
from participation.consultations.service.facts import step
from participation.consultations.service.receiving import new_comment, record_received
from participation.errors import N_, Refused
from participation.extensions import db
from participation.files import service as files


def enter(
    consultation: Consultation,
    *,
    channel: str,
    received_on: date,
    text: str,
    author_name: str,
    submission_digest: str,
    secret_digest: str,
    actor: Actor,
    now: datetime,
    contact: ContactAddress | None = None,
    clause_id: int | None = None,
    consent_public: bool = False,
    form_key: str = "",
) -> Comment:
    """Counted like every other comment. `received_on` is declared: within the period and never in
    the future. It may be entered after the period's end; the gap stays visible."""
    period = periods.locked_for_update(consultation.id)
    step("enter", period, actor=actor, now=now)
    if channel not in CHANNELS or channel == "online":
        raise Refused("invalid", N_("Say how the opinion came in"), field="channel")
    assert period.starts_on is not None
    assert period.ends_on is not None
    if received_on > clock.local_date(now):
        raise Refused("invalid", N_("The day of receipt cannot lie in the future"), field="received_on")
    if not period.starts_on <= received_on <= period.ends_on:
        message = N_("It must have arrived within the period, from the day of publication to the last day")
        raise Refused("invalid", message, ART_15, field="received_on")
    comment = new_comment(
        period,
        text=text,
        author_name=author_name,
        contact=contact,
        clause_id=clause_id,
        consent_public=consent_public,
        submission_digest=submission_digest,
        secret_digest=secret_digest,
        channel=channel,
        received_on=received_on,
        now=now,
    )
    comment.entered_by = actor.person_id
    period.feedback_submitted_at = period.feedback_submitted_by = None
    db.session.flush()
    if form_key:
        files.attach(form_key, subject_kind="comment", subject_id=comment.id, now=now)
    record_received(comment, actor=actor, now=now)
    return comment
