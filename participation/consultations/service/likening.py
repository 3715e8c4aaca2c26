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


REST = 20
"""So many times as long as a comparison took the next one waits: 100,000 comments are compared anew after ten
minutes, a hundred after one."""


def is_worth_it(run: LikenessRun | None, *, now: datetime) -> bool:
    """Whether the last comparison was long enough ago, for what it took, to compare everything again."""
    if run is None or run.finished_at is None or run.finished_at > now:
        return True
    return now >= run.finished_at + REST * (run.finished_at - run.started_at)


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


def compare(texts: Sequence[likeness.Text], *, told: Callable[[int], None]) -> list[Stack]:
    """The stacks; nothing is replaced yet, so a comparison that is killed leaves what was there."""
    # numpy and its friends are large: only the process that compares loads them.
    from participation.consultations.likeness.stacks import stacks

    return stacks(((text.id, text.text) for text in texts), told=told)


def keep(run: LikenessRun, found: list[Stack], texts: Sequence[likeness.Text], *, now: datetime) -> int:
    """Puts the new stacks in the place of the old ones. Returns how many there are."""
    by_id = {text.id: text for text in texts}
    db.session.execute(delete(CommentStack).where(CommentStack.consultation_id == run.consultation_id))
    rows = []
    for stack in found:
        first: dict[str, int] = {}
        for member in stack.members:
            text = by_id[member.id]
            rows.append(
                {
                    "comment_id": member.id,
                    "consultation_id": run.consultation_id,
                    "leader_id": stack.leader,
                    "wording_id": first.setdefault(text.text, member.id),
                    "holder": text.holder,
                    "kind": member.kind,
                    "likeness": member.likeness,
                }
            )
    for start in range(0, len(rows), CHUNK):
        db.session.execute(insert(CommentStack), rows[start : start + CHUNK])
    run.done, run.finished_at = run.total, now
    db.session.flush()
    return len(found)


def leave(comment_id: int) -> None:
    """A withdrawn comment is in no stack."""
    db.session.execute(delete(CommentStack).where(CommentStack.comment_id == comment_id))
