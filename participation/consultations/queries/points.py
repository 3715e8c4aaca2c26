"""Opinion points and the outcomes of single comments."""

from dataclasses import dataclass

from sqlalchemy import distinct, func, select

from participation.consultations.models import Assignment, Comment, OpinionPoint
from participation.consultations.queries import counts
from participation.consultations.rules.concentrated import concentrated
from participation.consultations.rules.outcomes import derived
from participation.documents import queries as documents
from participation.extensions import db


@dataclass(frozen=True)
class PointLine:
    """A point as pages show it: its row, people and comments that hold it, the clause it changed."""

    point: OpinionPoint
    people: int
    comments: int
    clause: str
    concentrated: bool = False

    @property
    def needs_special(self) -> bool:
        """Many hold it, it is not adopted, and nothing is said to them specially yet."""
        return self.concentrated and self.point.outcome == "not_adopted" and not self.point.special


def points_of(consultation_id: int) -> list[PointLine]:
    """All points in the order of their numbers, in four queries."""
    query = (
        select(OpinionPoint)
        .where(OpinionPoint.consultation_id == consultation_id, OpinionPoint.merged_into_id.is_(None))
        .order_by(OpinionPoint.number)
    )
    points = list(db.session.scalars(query))
    held = counts.holders(consultation_id)
    labels = documents.labels_of({point.clause_id for point in points if point.clause_id is not None})
    many = concentrated({key: people for key, (people, _comments) in held.items()}, counts.people(consultation_id))
    return [
        PointLine(point, *held.get(point.id, (0, 0)), labels.get(point.clause_id or 0, ""), point.id in many)
        for point in points
    ]


def point_in(consultation_id: int, point_id: int, *, lock: bool = False) -> OpinionPoint | None:
    query = select(OpinionPoint).where(
        OpinionPoint.consultation_id == consultation_id,
        OpinionPoint.id == point_id,
        OpinionPoint.merged_into_id.is_(None),
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def next_number(consultation_id: int) -> int:
    query = select(func.max(OpinionPoint.number)).where(OpinionPoint.consultation_id == consultation_id)
    return (db.session.scalar(query) or 0) + 1


def pairs_of_point(point_id: int) -> list[Assignment]:
    return list(db.session.scalars(select(Assignment).where(Assignment.point_id == point_id).order_by(Assignment.id)))


def people_in_both(one: int, other: int) -> int:
    """How many people hold both points: a merge counts them once."""
    held = [
        select(Assignment.holder).where(Assignment.point_id == point_id, Assignment.holder.is_not(None))
        for point_id in (one, other)
    ]
    return db.session.scalar(select(func.count()).select_from(held[0].intersect(held[1]).subquery())) or 0


def points_of_comment(comment_id: int) -> list[OpinionPoint]:
    query = select(OpinionPoint).join(Assignment, Assignment.point_id == OpinionPoint.id)
    return list(db.session.scalars(query.where(Assignment.comment_id == comment_id).order_by(OpinionPoint.number)))


def outcome_of(comment: Comment) -> str | None:
    """The comment's own outcome; None while one of its points has no answer, or it has no point."""
    found = db.session.scalars(select(Assignment.outcome).where(Assignment.comment_id == comment.id))
    return derived(found)


def outcomes_of(consultation_id: int) -> dict[int, str | None]:
    """Every comment's own outcome in one query."""
    rows = db.session.execute(
        select(Assignment.comment_id, Assignment.outcome).where(Assignment.consultation_id == consultation_id)
    )
    pairs: dict[int, list[str | None]] = {}
    for comment_id, outcome in rows:
        pairs.setdefault(comment_id, []).append(outcome)
    return {comment_id: derived(found) for comment_id, found in pairs.items()}


def numbers_by_comment(consultation_id: int) -> dict[int, list[int]]:
    """For each comment the numbers of the opinions it holds."""
    query = (
        select(Assignment.comment_id, OpinionPoint.number)
        .join(OpinionPoint, OpinionPoint.id == Assignment.point_id)
        .where(OpinionPoint.consultation_id == consultation_id)
        .order_by(OpinionPoint.number)
    )
    found: dict[int, list[int]] = {}
    for comment_id, number in db.session.execute(query):
        found.setdefault(comment_id, []).append(number)
    return found


def lines_by_comment(consultation_id: int) -> dict[int, list[PointLine]]:
    """For each comment the points it holds."""
    lines = {line.point.id: line for line in points_of(consultation_id)}
    query = select(Assignment.comment_id, Assignment.point_id).where(Assignment.point_id.in_(lines))
    found: dict[int, list[PointLine]] = {}
    for comment_id, point_id in db.session.execute(query.order_by(Assignment.comment_id, Assignment.point_id)):
        found.setdefault(comment_id, []).append(lines[point_id])
    return found


def unanswered_points(consultation_id: int) -> int:
    """Points without an answer that somebody holds; an empty one keeps nobody waiting."""
    query = (
        select(func.count(distinct(OpinionPoint.id)))
        .join(Assignment, Assignment.point_id == OpinionPoint.id)
        .where(
            OpinionPoint.consultation_id == consultation_id,
            OpinionPoint.outcome.is_(None),
            Assignment.holder.is_not(None),
        )
    )
    return db.session.scalar(query) or 0
