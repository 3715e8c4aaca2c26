"""The feedback: every comment with its outcome, submitted by an officer, published by the head."""

from collections.abc import Sequence
from datetime import datetime

from participation.access import Actor
from participation.consultations.lifecycle import ART_18
from participation.consultations.models import Consultation
from participation.consultations.queries import comments, counts, points
from participation.consultations.queries.points import PointLine
from participation.consultations.rules.outcomes import OUTCOMES
from participation.consultations.service import recounting, telling
from participation.consultations.service.changing import check_changes, freeze_final
from participation.consultations.service.facts import enter_stage, step
from participation.consultations.service.sorting import begin
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db

# The texts of notices are Chinese for everybody (see notices/render.py).
_OUTCOMES_ZH = {"adopted": "采纳", "partly": "部分采纳", "not_adopted": "未采纳", "outside": "不属于本次决策范围"}
MESSAGE_LIMIT = 60
assert set(_OUTCOMES_ZH) == set(OUTCOMES)


def write_summary(consultation: Consultation, *, summary: str, actor: Actor, now: datetime) -> Consultation:
    """The words above the feedback; most need none."""
    begin(consultation, actor=actor, now=now)
    consultation.feedback_summary = summary.strip()
    db.session.flush()
    evidence.record("feedback.summarised", subject=consultation, actor=actor, now=now)
    return consultation


def submit_feedback(consultation: Consultation, *, actor: Actor, now: datetime) -> Consultation:
    """Hands the feedback to the head. Refused while a comment has no outcome, with how many."""
    db.session.refresh(consultation, with_for_update=True)
    step("submit_feedback", consultation, actor=actor, now=now)
    _every_point_answered(consultation)
    check_changes(consultation)
    consultation.feedback_submitted_at, consultation.feedback_submitted_by = now, actor.person_id
    consultation.feedback_returned_reason = ""
    db.session.flush()
    evidence.record("feedback.submitted", subject=consultation, actor=actor, now=now)
    return consultation


def return_feedback(consultation: Consultation, *, reason: str, actor: Actor, now: datetime) -> Consultation:
    """The head wants answers changed."""
    step("return_feedback", consultation, actor=actor, now=now)
    if not reason.strip():
        raise Refused("invalid", N_("Say what should be changed"), field="reason")
    consultation.feedback_submitted_at = consultation.feedback_submitted_by = None
    consultation.feedback_returned_reason = reason.strip()
    db.session.flush()
    evidence.record("feedback.returned", subject=consultation, actor=actor, now=now)
    return consultation


def publish_feedback(consultation: Consultation, *, actor: Actor, now: datetime) -> Consultation:
    """Everybody can read what became of the comments, and each commenter is told of their own
    (713号 art. 18). Counted under a lock, so that nothing changes between count and page."""
    db.session.refresh(consultation, with_for_update=True)
    step("publish_feedback", consultation, actor=actor, now=now)
    _every_point_answered(consultation)
    check_changes(consultation)
    freeze_final(consultation, actor=actor, now=now)
    found = counts.tally(consultation.id)
    consultation.feedback_published_at = now
    consultation.feedback_counts = recounting.as_counts(found)
    enter_stage("publish_feedback", consultation)
    duty = duty_queries.duty_for("consultation", consultation.id, "feedback")
    if duty is not None and duty.is_open:
        duties.meet(duty, actor=actor, now=now)
    db.session.flush()
    evidence.record(
        "feedback.published",
        subject=consultation,
        actor=actor,
        now=now,
        facts={"received": found.received, "people": found.people, **dict(found.terms)},
    )
    outcomes, held = points.outcomes_of(consultation.id), points.lines_by_comment(consultation.id)
    for comment in comments.to_tell(consultation.id):
        outcome = _OUTCOMES_ZH[outcomes[comment.id] or ""]
        reason = reason_for(held.get(comment.id, []))
        telling.commenter(
            comment, consultation, "feedback_published", now=now, once="feedback", outcome=outcome, reason=reason
        )
    return consultation


def reason_for(lines: Sequence[PointLine]) -> str:
    """What was said to the points, as much as fits a message; the page has all of it."""
    said = (_said(line).rstrip("。；") for line in lines)
    text = "；".join(dict.fromkeys(filter(None, said)))
    return text if len(text) <= MESSAGE_LIMIT else text[: MESSAGE_LIMIT - 1].rstrip("，、；。") + "…"


def _said(line: PointLine) -> str:
    point = line.point
    where = f"已写进{line.clause}" if line.clause else point.change
    return " ".join((point.reason or where).split())


def _every_point_answered(consultation: Consultation) -> None:
    if points.unanswered_points(consultation.id):
        message = N_("A point has no answer yet. Answer it, or take its comments out")
        raise Refused("wrong_time", message, ART_18)
    special = [line.point.title for line in points.points_of(consultation.id) if line.needs_special]
    if special:
        message = N_("Many people hold “%(title)s”, and it is not adopted: explain that to them specially")
        raise Refused("wrong_time", message, ART_18, args_={"title": special[0]})
