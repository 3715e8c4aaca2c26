"""Comparing a consultation's comments with each other: a job, because 100,000 take their time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from participation.consultations.models import Comment, CommentStack, LikenessRun
from participation.consultations.queries import likeness
from participation.extensions import db

if TYPE_CHECKING:
    from participation.consultations.likeness.stacks import Stack

CHUNK = 5000


def begin(consultation_id: int, *, now: datetime) -> LikenessRun:
    """Notes that a comparison has begun, and how much there is to compare."""
    counted = select(func.count(), func.max(Comment.id)).where(Comment.consultation_id == consultation_id)
    total, newest = db.session.execute(counted).one()
    run = likeness.run_of(consultation_id)
    if run is None:
        run = LikenessRun(consultation_id=consultation_id)
        db.session.add(run)
    run.started_at, run.finished_at, run.done = now, None, 0
    run.total, run.newest = total, newest or 0
    db.session.flush()
    return run


def compare(texts: Sequence[tuple[int, str]], *, told: Callable[[int], None]) -> list[Stack]:
    """The stacks; nothing is replaced yet, so a comparison that is killed leaves what was there."""
    # numpy and its friends are large: only the process that compares loads them.
    from participation.consultations.likeness.stacks import stacks

    return stacks(texts, told=told)


def keep(run: LikenessRun, found: list[Stack], *, now: datetime) -> int:
    """Puts the new stacks in the place of the old ones. Returns how many there are."""
    db.session.execute(delete(CommentStack).where(CommentStack.consultation_id == run.consultation_id))
    rows = [
        {
            "comment_id": member.id,
            "consultation_id": run.consultation_id,
            "leader_id": stack.leader,
            "kind": member.kind,
            "likeness": member.likeness,
        }
        for stack in found
        for member in stack.members
    ]
    for start in range(0, len(rows), CHUNK):
        db.session.execute(insert(CommentStack), rows[start : start + CHUNK])
    run.done, run.finished_at = run.total, now
    db.session.flush()
    return len(found)
