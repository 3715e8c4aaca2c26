"""What other features ask: the consultations of a decision, what is open now, what was adopted."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from participation.consultations.lifecycle import PUBLISHED
from participation.consultations.models import Assignment, Comment, Consultation, ConsultationCount, OpinionPoint
from participation.consultations.queries import kept
from participation.consultations.rules.outcomes import CHANGES_THE_TEXT, Tally
from participation.documents.models import Clause
from participation.extensions import Instant, db


@dataclass(frozen=True)
class OpenNow:
    """One consultation on the home page. `days_left` counts whole days after today."""

    id: int
    title: str
    why: str
    department_id: int
    ends_on: date
    closes_at: datetime
    comments: int


@dataclass(frozen=True)
class Adoption:
    """A comment that changed a clause. `name` is unmasked: mask it where it is shown."""

    consultation_id: int
    title: str
    name: str
    text: str
    clause: str
    change: str
    reason: str
    published_at: datetime


def for_decision(decision_id: int) -> list[tuple[Consultation, Tally]]:
    """The published consultations about a decision with their counts, the newest first."""
    query = select(Consultation).where(
        Consultation.decision_id == decision_id, Consultation.stage.in_(sorted(PUBLISHED))
    )
    return kept.with_tallies(query.order_by(Consultation.id.desc()))


def for_decisions(decision_ids: set[int]) -> dict[int, list[tuple[Consultation, Tally]]]:
    """The same for many decisions in two queries, the oldest first; of the counts only received and people."""
    query = select(Consultation).where(
        Consultation.decision_id.in_(decision_ids), Consultation.stage.in_(sorted(PUBLISHED))
    )
    grouped: dict[int, list[tuple[Consultation, Tally]]] = {}
    for row, tally in kept.with_tallies(query.order_by(Consultation.id), brief=True):
        if row.decision_id is not None:
            grouped.setdefault(row.decision_id, []).append((row, tally))
    return grouped


def on_catalogue(year: int, *, published: bool = False) -> list[Consultation]:
    """The consultations on the draft catalogue of a year, the oldest first; `published`: as everybody
    sees them."""
    query = select(Consultation).where(Consultation.catalogue_year == year)
    if published:
        query = query.where(Consultation.stage.in_(sorted(PUBLISHED)))
    return list(db.session.scalars(query.order_by(Consultation.id)))


def ids_for_decisions(decision_ids: set[int]) -> dict[int, list[int]]:
    """Only which published consultations each decision had, the oldest first, in one query."""
    query = select(Consultation.decision_id, Consultation.id).where(
        Consultation.decision_id.in_(decision_ids), Consultation.stage.in_(sorted(PUBLISHED))
    )
    grouped: dict[int, list[int]] = {}
    for decision_id, consultation_id in db.session.execute(query.order_by(Consultation.id)):
        grouped.setdefault(decision_id, []).append(consultation_id)
    return grouped


def open_now(limit: int, *, now: datetime) -> list[OpenNow]:
    """What can be commented on now, the one that closes first first."""
    return at_a_glance(limit, set(), now=now)[0]


def at_a_glance(
    limit: int, decision_ids: set[int], *, now: datetime
) -> tuple[list[OpenNow], dict[int, list[tuple[Consultation, Tally]]]]:
    """`open_now`, and the consultations of these decisions as `for_decisions` has them but without the number of
    people: both in one query."""
    asked = {"now": now, "ids": list(decision_ids), "limit": limit}
    rows = db.session.execute(_at_a_glance(), asked).all()
    grouped: dict[int, list[tuple[Consultation, Tally]]] = {}
    for row, count in sorted(rows, key=lambda each: each[0].id):
        if row.decision_id in decision_ids and row.stage in PUBLISHED:
            grouped.setdefault(row.decision_id, []).append((row, Tally(received=count)))
    shown = [
        OpenNow(row.id, row.title, row.why, row.department_id, row.ends_on, row.closes_at, count)
        for row, count in rows
        if row.stage == "open" and row.ends_on is not None and row.closes_at is not None and row.closes_at > now
    ]
    return shown[:limit], grouped


@cache
def _at_a_glance() -> Any:
    open_ = and_(Consultation.stage == "open", Consultation.closes_at > bindparam("now", type_=Instant()))
    soonest = select(Consultation.id).where(open_).order_by(Consultation.closes_at, Consultation.id)
    ids = bindparam("ids", expanding=True)
    about = and_(Consultation.decision_id.in_(ids), Consultation.stage.in_(sorted(PUBLISHED)))
    ahead = select(ConsultationCount.received).where(ConsultationCount.consultation_id == Consultation.id)
    counted = select(func.count()).where(Comment.consultation_id == Consultation.id)
    return (
        select(Consultation, func.coalesce(ahead.scalar_subquery(), counted.scalar_subquery()))
        .where(or_(Consultation.id.in_(soonest.limit(bindparam("limit"))), about))
        .order_by(Consultation.closes_at, Consultation.id)
    )


def latest_adopted() -> Adoption | None:
    """The newest public comment that changed a clause, from feedback that is out; None: none yet."""
    row = db.session.execute(_latest_adopted()).first()
    if row is None:
        return None
    consultation, comment, point, label = row
    return Adoption(
        consultation.id, consultation.title, comment.author_name, comment.text, label or "", point.change, point.reason,
        consultation.feedback_published_at,
    )  # fmt: skip


@cache
def _latest_adopted() -> Any:
    return (
        select(Consultation, Comment, OpinionPoint, Clause.label)
        .join(Comment, Comment.consultation_id == Consultation.id)
        .join(Assignment, Assignment.comment_id == Comment.id)
        .join(OpinionPoint, OpinionPoint.id == Assignment.point_id)
        .outerjoin(Clause, Clause.id == OpinionPoint.clause_id)
        .where(
            Consultation.feedback_published_at.is_not(None),
            Assignment.outcome.in_(sorted(CHANGES_THE_TEXT)),
            OpinionPoint.clause_id.is_not(None),
            Comment.consent_public,
            Comment.reviewed_at.is_not(None),
            Comment.hidden_at.is_(None),
            Comment.withdrawn_at.is_(None),
        )
        .order_by(Consultation.feedback_published_at.desc(), Assignment.outcome, Comment.id.desc())
        .limit(1)
    )
