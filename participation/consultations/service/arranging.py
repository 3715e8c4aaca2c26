"""Opinion points put together or taken apart. Whoever held them is told the outcome that stands then."""

from datetime import datetime

from participation.access import Actor
from participation.consultations.models import Assignment, ChangePoint, Consultation, OpinionPoint
from participation.consultations.queries import points
from participation.consultations.service.sorting import assign, begin, take_out
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db


def merge_points(
    consultation: Consultation, point: OpinionPoint, *, into: OpinionPoint, actor: Actor, now: datetime
) -> int:
    """All comments of `point` hold `into` instead, and its answer is theirs. A comment that held both
    holds it once. Returns how many comments moved. The number of `point` is never given again."""
    begin(consultation, actor=actor, now=now)
    if point.id == into.id:
        raise Refused("invalid", N_("Choose another opinion to put it into"), field="into")
    held = {pair.comment_id for pair in points.pairs_of_point(into.id)}
    pairs = points.pairs_of_point(point.id)
    moved = {pair.comment_id: pair.holder for pair in pairs if pair.comment_id not in held}
    for pair in pairs:
        db.session.delete(pair)
    db.session.flush()
    db.session.add_all(
        Assignment(
            comment_id=comment_id, point_id=into.id, outcome=into.outcome, assigned_at=now,
            consultation_id=consultation.id, holder=holder,
        )
        for comment_id, holder in moved.items()
    )  # fmt: skip
    _causes(point, into)
    point.merged_into_id = into.id
    point.outcome = point.answered_at = point.answered_by = None
    point.reason = point.special = point.change = ""
    point.clause_id = None
    db.session.flush()
    evidence.record(
        "opinion.merged", subject=point, actor=actor, now=now, facts={"into": into.number, "comments": len(pairs)}
    )
    return len(moved)


def move(
    consultation: Consultation,
    point: OpinionPoint,
    comment_ids: list[int],
    *,
    to: OpinionPoint,
    actor: Actor,
    now: datetime,
) -> int:
    """These comments hold `to` and no longer `point`: how one opinion becomes two. Returns how many."""
    if point.id == to.id:
        raise Refused("invalid", N_("Choose another opinion to put it into"), field="to")
    held = {pair.comment_id for pair in points.pairs_of_point(point.id)}
    chosen = [comment_id for comment_id in comment_ids if comment_id in held]
    assign(consultation, to, chosen, actor=actor, now=now)
    return take_out(consultation, point, chosen, actor=actor, now=now)


def _causes(point: OpinionPoint, into: OpinionPoint) -> None:
    """A change of the text that `point` caused is caused by `into` now."""
    theirs = {cause.change_id for cause in db.session.query(ChangePoint).filter_by(point_id=into.id)}
    for cause in db.session.query(ChangePoint).filter_by(point_id=point.id).all():
        if cause.change_id in theirs:
            db.session.delete(cause)
        else:
            cause.point_id = into.id
