"""Showing comments in public, or not: never without consent, and never to the end of the answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from participation.access import Actor
from participation.consultations.models import Comment, Consultation, Hiding, ReviewLock
from participation.consultations.queries import comments
from participation.consultations.queries import reviewing as queries
from participation.consultations.rules.comments import AT_ONCE, HIDDEN_GROUNDS
from participation.consultations.service.facts import step
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db

LOCKED_FOR = timedelta(minutes=10)


def take(consultation: Consultation, *, actor: Actor, now: datetime) -> list[int]:
    """The next comments for this person to read; for ten minutes colleagues get others. Returns those
    that are theirs now."""
    step("review", consultation, actor=actor, now=now)
    assert actor.person_id is not None
    wanted = queries.free_for(consultation.id, actor.person_id, now=now)
    over = (ReviewLock.until <= now) | (ReviewLock.person_id == actor.person_id)
    db.session.execute(delete(ReviewLock).where(over, ReviewLock.comment_id.in_(wanted)))
    insert: Callable[..., Any] = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    for comment_id in wanted:
        # Two who press at the same instant: the second gets nothing of what the first took.
        row = insert(ReviewLock).values(comment_id=comment_id, person_id=actor.person_id, until=now + LOCKED_FOR)
        db.session.execute(row.on_conflict_do_nothing(index_elements=["comment_id"]))
    return queries.held_by(consultation.id, actor.person_id, now=now)


def show(consultation: Consultation, comment_ids: list[int], *, actor: Actor, now: datetime) -> int:
    """The staff have read these comments: they may be public, with masked names. Returns how many
    became so; those without consent (PIPL art. 25), withdrawn or proposed for hiding stay as they
    are. Refused while a colleague is reading one of them."""
    step("review", consultation, actor=actor, now=now)
    _refuse_if_taken(comment_ids, actor, now)
    done = 0
    for comment in comments.chosen(consultation.id, comment_ids):
        gone = comment.reviewed_at or comment.withdrawn_at or comment.hidden_at
        if gone or not comment.consent_public or queries.open_hiding(comment.id) is not None:
            continue
        comment.reviewed_at, comment.reviewed_by = now, actor.person_id
        done += 1
        db.session.flush()
        evidence.record("comment.shown", subject=comment, actor=actor, now=now)
    return done


def propose_hiding(consultation: Consultation, comment: Comment, *, ground: str, actor: Actor, now: datetime) -> Hiding:
    """Not to be shown, on a ground that the tombstone names (T13); a second person decides. Leaked
    personal data are hidden at once and decided within a workday. It is answered all the same."""
    step("review", consultation, actor=actor, now=now)
    if ground not in HIDDEN_GROUNDS:
        raise Refused("invalid", N_("Choose the ground on which it is not shown"), field="ground")
    if comment.hidden_at is not None or queries.open_hiding(comment.id) is not None:
        raise Refused("conflict", N_("A colleague was faster: this comment is hidden already, or proposed for it"))
    _refuse_if_taken([comment.id], actor, now)
    assert actor.person_id is not None
    hiding = Hiding(comment_id=comment.id, ground=ground, proposed_at=now, proposed_by=actor.person_id)
    db.session.add(hiding)
    if ground in AT_ONCE:
        comment.hidden_at, comment.hidden_ground = now, ground
    db.session.flush()
    verb = "comment.hidden" if ground in AT_ONCE else "comment.hiding_proposed"
    evidence.record(verb, subject=comment, actor=actor, now=now, facts={"ground": ground})
    return hiding


def decide_hiding(
    consultation: Consultation, hiding: Hiding, *, confirmed: bool, actor: Actor, now: datetime
) -> Hiding:
    """The second person: the comment is not shown, or the proposal is refused and it may be."""
    step("review", consultation, actor=actor, now=now)
    if hiding.decision:
        raise Refused("conflict", N_("A colleague has decided this meanwhile"))
    if hiding.proposed_by == actor.person_id:
        raise Refused("forbidden", N_("You proposed this yourself; somebody else must decide"))
    comment = comments.comment_in(consultation, hiding.comment_id)
    assert comment is not None
    hiding.decision = "confirmed" if confirmed else "refused"
    hiding.decided_at, hiding.decided_by = now, actor.person_id
    if confirmed and comment.hidden_at is None:
        comment.hidden_at, comment.hidden_ground = now, hiding.ground
    if not confirmed:
        comment.hidden_at, comment.hidden_ground = None, ""
    db.session.flush()
    verb = "comment.hiding_confirmed" if confirmed else "comment.hiding_refused"
    evidence.record(verb, subject=comment, actor=actor, now=now, facts={"ground": hiding.ground})
    return hiding


def _refuse_if_taken(comment_ids: list[int], actor: Actor, now: datetime) -> None:
    if queries.locked_by_another(comment_ids, actor.person_id or 0, now=now):
        raise Refused("conflict", N_("A colleague is reading one of these comments now: load the page again"))
