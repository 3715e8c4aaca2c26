"""Stacks of comments that say nearly the same, as the desk shows them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, distinct, exists, func, or_, select

from participation.consultations.models import Assignment, Comment, CommentStack, Consultation, LikenessRun
from participation.consultations.queries.counts import person
from participation.extensions import db

PAGE = 20
SHOWN = 12


@dataclass(frozen=True)
class Variant:
    """One wording in a stack: how many comments have it, and one of them."""

    kind: str
    count: int
    comment: Comment


@dataclass(frozen=True)
class StackLine:
    """`unsorted` of its comments hold no opinion yet. `kind` is the loosest likeness in it."""

    leader: Comment
    comments: int
    people: int
    unsorted: int
    kind: str
    variants: Sequence[Variant]


def run_of(consultation_id: int) -> LikenessRun | None:
    return db.session.get(LikenessRun, consultation_id)


def to_compare(limit: int = 5) -> list[int]:
    """Consultations with comments that no comparison knows, the oldest comparison first."""
    newest = select(func.max(Comment.id)).where(Comment.consultation_id == Consultation.id).scalar_subquery()
    query = (
        select(Consultation.id)
        .outerjoin(LikenessRun, LikenessRun.consultation_id == Consultation.id)
        .where(
            Consultation.stage.in_(("open", "sorting", "withdrawn")),
            newest.is_not(None),
            or_(LikenessRun.consultation_id.is_(None), LikenessRun.finished_at.is_(None), LikenessRun.newest < newest),
        )
        .order_by(LikenessRun.started_at, Consultation.id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def texts(consultation_id: int) -> Iterator[tuple[int, str]]:
    """Every comment that was not withdrawn, in the order of arrival."""
    query = select(Comment.id, Comment.text).where(
        Comment.consultation_id == consultation_id, Comment.withdrawn_at.is_(None)
    )
    for row in db.session.execute(query.order_by(Comment.id).execution_options(yield_per=2000)):
        yield row[0], row[1]


_LOOSEST = case(
    (func.max(case((CommentStack.kind == "similar", 1), else_=0)) == 1, "similar"),
    (func.max(case((CommentStack.kind == "template", 1), else_=0)) == 1, "template"),
    else_="same",
)


def stack_count(consultation_id: int) -> int:
    query = select(func.count(distinct(CommentStack.leader_id)))
    return db.session.scalar(query.where(CommentStack.consultation_id == consultation_id)) or 0


def page_of_stacks(consultation_id: int, *, after: int = 0) -> tuple[list[StackLine], int | None]:
    """The stacks with the most unsorted comments first, a page of them; `after` is how many came before."""
    sorted_already = exists().where(Assignment.comment_id == Comment.id)
    unsorted = func.sum(case((sorted_already, 0), else_=1))
    query = (
        select(CommentStack.leader_id, func.count(), func.count(distinct(person())), unsorted, _LOOSEST)
        .join(Comment, and_(Comment.id == CommentStack.comment_id, Comment.withdrawn_at.is_(None)))
        .where(CommentStack.consultation_id == consultation_id)
        .group_by(CommentStack.leader_id)
        .having(func.count() > 1)
        .order_by(unsorted.desc(), func.count().desc(), CommentStack.leader_id)
        .offset(after)
        .limit(PAGE + 1)
    )
    rows = list(db.session.execute(query))
    shown = rows[:PAGE]
    leaders = {row.id: row for row in db.session.scalars(select(Comment).where(Comment.id.in_([r[0] for r in shown])))}
    variants = _variants(consultation_id, [row[0] for row in shown])
    lines = [
        StackLine(leaders[row[0]], row[1], row[2], int(row[3]), row[4], variants.get(row[0], []))
        for row in shown
        if row[0] in leaders
    ]
    return lines, after + PAGE if len(rows) > PAGE else None


def _variants(consultation_id: int, leader_ids: list[int]) -> dict[int, list[Variant]]:
    """The different wordings of each stack, those of the leader first; at most a dozen."""
    place = func.row_number().over(
        partition_by=CommentStack.leader_id, order_by=(func.count().desc(), func.min(CommentStack.comment_id))
    )
    grouped = (
        select(
            CommentStack.leader_id,
            CommentStack.kind,
            func.count().label("n"),
            func.min(CommentStack.comment_id).label("one"),
            place.label("place"),
        )
        .join(Comment, and_(Comment.id == CommentStack.comment_id, Comment.withdrawn_at.is_(None)))
        .where(CommentStack.consultation_id == consultation_id, CommentStack.leader_id.in_(leader_ids))
        .group_by(CommentStack.leader_id, CommentStack.kind, Comment.text)
        .subquery()
    )
    query = select(grouped, Comment).join(Comment, Comment.id == grouped.c.one).where(grouped.c.place <= SHOWN)
    found: dict[int, list[Variant]] = {}
    for row in db.session.execute(query.order_by(grouped.c.leader_id, grouped.c.place)):
        found.setdefault(row.leader_id, []).append(Variant(row.kind, row.n, row.Comment))
    return found


def members(consultation_id: int, leader_ids: Sequence[int]) -> list[int]:
    """The comments of these stacks that were not withdrawn."""
    query = (
        select(CommentStack.comment_id)
        .join(Comment, Comment.id == CommentStack.comment_id)
        .where(
            CommentStack.consultation_id == consultation_id,
            CommentStack.leader_id.in_(leader_ids),
            Comment.withdrawn_at.is_(None),
        )
        .order_by(CommentStack.comment_id)
    )
    return list(db.session.scalars(query))


def sizes(comment_ids: Sequence[int]) -> dict[int, int]:
    """For each of these comments that is in a stack, how large the stack is."""
    mine = select(CommentStack.comment_id, CommentStack.leader_id).where(CommentStack.comment_id.in_(comment_ids))
    leaders = {row[0]: row[1] for row in db.session.execute(mine)}
    query = (
        select(CommentStack.leader_id, func.count())
        .where(CommentStack.leader_id.in_(set(leaders.values())))
        .group_by(CommentStack.leader_id)
    )
    counts = {row[0]: row[1] for row in db.session.execute(query)}
    return {comment: counts[leader] for comment, leader in leaders.items()}


def finished(run: LikenessRun | None, now: datetime) -> bool:
    return run is not None and run.finished_at is not None and run.finished_at <= now
