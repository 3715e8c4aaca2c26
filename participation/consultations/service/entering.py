"""Opinions that came another way (代录): by post, telephone, at a seminar, through 12345 or a window."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from participation import clock
from participation.access import Actor
from participation.consultations.models import Comment, CommentImport, Consultation
from participation.consultations.queries import late_entries, periods
from participation.consultations.rules.comments import CHANNELS, ContactAddress
from participation.consultations.rules.period import ART_15
from participation.consultations.service.facts import step
from participation.consultations.service.receiving import new_comment, record_received
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.evidence import service as evidence
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
    refused = day_refusal(period, received_on, today=clock.local_date(now))
    if refused is not None:
        raise refused
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
    comment.gap_workdays = gap_workdays(received_on, today=clock.local_date(now))
    period.feedback_submitted_at = period.feedback_submitted_by = None
    db.session.flush()
    if form_key:
        files.attach(form_key, subject_kind="comment", subject_id=comment.id, now=now)
    record_received(comment, actor=actor, now=now)
    return comment


def day_refusal(consultation: Consultation, received_on: date, *, today: date) -> Refused | None:
    """Why an opinion cannot have arrived on this day. What came before the draft changed in substance
    counts from the first day on."""
    first = consultation.restarted_from or consultation.starts_on
    assert first is not None
    assert consultation.ends_on is not None
    if received_on > today:
        return Refused("invalid", N_("The day of receipt cannot lie in the future"), field="received_on")
    if not first <= received_on <= consultation.ends_on:
        message = N_("It must have arrived within the period, from the day of publication to the last day")
        return Refused("invalid", message, ART_15, field="received_on")
    return None


def gap_workdays(received_on: date, *, today: date) -> int:
    """How many workdays lie between the day of receipt and its entry, the first not counted."""
    return 0 if received_on >= today else duties.load_calendar().workdays_between(received_on, today)


def confirm_days(consultation: Consultation, comment_ids: list[int], *, actor: Actor, now: datetime) -> int:
    """A second person, the head, says that the declared days are right. It changes no date: until
    then the gap was public as unconfirmed. Returns how many were confirmed; what this person
    entered alone is refused."""
    step("confirm_day", consultation, actor=actor, now=now)
    found = late_entries.chosen(consultation.id, comment_ids)
    if found and all(comment.entered_by == actor.person_id for comment in found):
        raise Refused("forbidden", N_("You entered this opinion yourself; somebody else must confirm its day"))
    done = 0
    for comment in found:
        if comment.entered_by == actor.person_id:
            continue
        comment.gap_confirmed_at, comment.gap_confirmed_by = now, actor.person_id
        db.session.flush()
        facts = {"number": comment.number, "received_on": comment.received_on, "gap": comment.gap_workdays}
        evidence.record("comment.day_confirmed", subject=comment, actor=actor, now=now, facts=facts)
        done += 1
    return done


def keep_import(
    consultation: Consultation, rows: Sequence[dict[str, Any]], *, filename: str, actor: Actor, now: datetime
) -> CommentImport:
    """Keeps a file that was read without a fault until somebody confirms it."""
    step("enter", consultation, actor=actor, now=now)
    assert actor.person_id is not None
    batch = CommentImport(
        consultation_id=consultation.id, filename=filename[:120], payload=list(rows), row_count=len(rows),
        read_by=actor.person_id, read_at=now,
    )  # fmt: skip
    db.session.add(batch)
    db.session.flush()
    return batch
