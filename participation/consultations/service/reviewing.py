"""Showing comments in public, or not: never without consent, and never to the end of the answer."""

from datetime import datetime

from participation.access import Actor
from participation.consultations.models import Comment, Consultation
from participation.consultations.queries import comments
from participation.consultations.rules.comments import HIDDEN_GROUNDS
from participation.consultations.service.facts import step
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db


def show(consultation: Consultation, comment_ids: list[int], *, actor: Actor, now: datetime) -> int:
    """The staff have read these comments: they may be public, with masked names. Returns how many
    became so; those without consent (PIPL art. 25) or withdrawn stay as they are."""
    step("review", consultation, actor=actor, now=now)
    done = 0
    for comment in comments.chosen(consultation.id, comment_ids):
        if comment.reviewed_at or comment.withdrawn_at or comment.hidden_at or not comment.consent_public:
            continue
        comment.reviewed_at, comment.reviewed_by = now, actor.person_id
        done += 1
        db.session.flush()
        evidence.record("comment.shown", subject=comment, actor=actor, now=now)
    return done


def hide(consultation: Consultation, comment: Comment, *, ground: str, actor: Actor, now: datetime) -> Comment:
    """Not shown, on a ground that the tombstone names (T13). It is answered all the same."""
    step("review", consultation, actor=actor, now=now)
    if ground not in HIDDEN_GROUNDS:
        raise Refused("invalid", N_("Choose the ground on which it is not shown"), field="ground")
    if comment.hidden_at is not None:
        raise Refused("conflict", N_("A colleague was faster: this comment is hidden already"))
    comment.hidden_at, comment.hidden_ground = now, ground
    db.session.flush()
    evidence.record("comment.hidden", subject=comment, actor=actor, now=now, facts={"ground": ground})
    return comment
