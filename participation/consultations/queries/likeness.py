"""Stacks of comments that say nearly the same, as the desk shows them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, distinct, exists, func, or_, select

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
    """`leader` is the wording that most repeat; `unsorted` of its comments hold no opinion yet; `kind` is
    the loosest likeness in it."""

    id: int
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


@dataclass(frozen=True)
class Text:
    """What is compared; `holder` is who wrote it, as far as anybody can tell."""

    id: int
    text: str
    holder: str


def texts(consultation_id: int) -> Iterator[Text]:
    """Every comment that was not withdrawn, in the order of arrival."""
    query = select(Comment.id, Comment.text, person()).where(
        Comment.consultation_id == consultation_id, Comment.withdrawn_at.is_(None)
    )
    for row in db.session.execute(query.order_by(Comment.id).execution_options(yield_per=2000)):
        yield Text(row[0], row[1], row[2])


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
    sizes_of = _counted(consultation_id, select(CommentStack.leader_id, func.count()))
    assigned = exists().where(Assignment.comment_id == CommentStack.comment_id)
    done = _counted(consultation_id, select(CommentStack.leader_id, func.count()).where(assigned))
    order = sorted(
        (leader for leader, size in sizes_of.items() if size > 1),
        key=lambda leader: (done.get(leader, 0) - sizes_of[leader], -sizes_of[leader], leader),
    )
    shown = order[after : after + PAGE]
    of_page = CommentStack.leader_id.in_(shown)
    people = _counted(
        consultation_id, select(CommentStack.leader_id, func.count(distinct(CommentStack.holder))).where(of_page)
    )
    kinds = _counted(consultation_id, select(CommentStack.leader_id, _LOOSEST).where(of_page))
    variants = _variants(consultation_id, shown)
    lines = [
        StackLine(
            leader, variants[leader][0].comment, sizes_of[leader], people[leader],
            sizes_of[leader] - done.get(leader, 0), kinds[leader], variants[leader],
        )
        for leader in shown
    ]  # fmt: skip
    return lines, after + PAGE if len(order) > after + PAGE else None


def _counted(consultation_id: int, query: Select[Any]) -> dict[int, Any]:
    """One value for each stack."""
    query = query.where(CommentStack.consultation_id == consultation_id).group_by(CommentStack.leader_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def _variants(consultation_id: int, leader_ids: list[int]) -> dict[int, list[Variant]]:
    """The different wordings of each stack, the most frequent first; at most a dozen."""
    query = (
        select(
            CommentStack.leader_id,
            CommentStack.wording_id,
            func.count(),
            func.min(CommentStack.comment_id),
            func.min(CommentStack.kind),
        )
        .where(CommentStack.consultation_id == consultation_id, CommentStack.leader_id.in_(leader_ids))
        .group_by(CommentStack.leader_id, CommentStack.wording_id)
        .order_by(func.count().desc(), func.min(CommentStack.comment_id))
    )
    chosen: dict[int, list[tuple[int, int, str]]] = {}
    for leader, _wording, count, one, kind in db.session.execute(query):
        if len(chosen.setdefault(leader, [])) < SHOWN:
            chosen[leader].append((one, count, kind))
    ids = [one for rows in chosen.values() for one, _count, _kind in rows]
    comments = {row.id: row for row in db.session.scalars(select(Comment).where(Comment.id.in_(ids)))}
    return {
        leader: [Variant(kind, count, comments[one]) for one, count, kind in rows] for leader, rows in chosen.items()
    }


def members(consultation_id: int, leader_ids: Sequence[int]) -> list[int]:
    """The comments of these stacks that were not withdrawn."""
    mine = (CommentStack.consultation_id == consultation_id, CommentStack.leader_id.in_(leader_ids))
    return list(db.session.scalars(select(CommentStack.comment_id).where(*mine).order_by(CommentStack.comment_id)))


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
