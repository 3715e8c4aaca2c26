"""What other features ask: the consultations of a decision, what is open now, what was adopted."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from participation.consultations.lifecycle import PUBLISHED
from participation.consultations.models import Assignment, Comment, Consultation, OpinionPoint
from participation.consultations.queries import counts
from participation.consultations.rules.outcomes import CHANGES_THE_TEXT, Tally
from participation.documents import queries as documents
from participation.extensions import db


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
    rows = list(db.session.scalars(query.order_by(Consultation.id.desc())))
    found = counts.tallies([row.id for row in rows])
    return [(row, found[row.id]) for row in rows]


def for_decisions(decision_ids: set[int]) -> dict[int, list[tuple[Consultation, Tally]]]:
    """The same for many decisions in two queries, the oldest first; of the counts only received and people."""
    query = select(Consultation).where(
        Consultation.decision_id.in_(decision_ids), Consultation.stage.in_(sorted(PUBLISHED))
    )
    rows = list(db.session.scalars(query.order_by(Consultation.id)))
    found = counts.brief([row.id for row in rows]) if rows else {}
    grouped: dict[int, list[tuple[Consultation, Tally]]] = {}
    for row in rows:
        if row.decision_id is not None:
            grouped.setdefault(row.decision_id, []).append((row, found[row.id]))
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
    query = select(Consultation).where(Consultation.stage == "open", Consultation.closes_at > now)
    rows = list(db.session.scalars(query.order_by(Consultation.closes_at, Consultation.id).limit(limit)))
    found = counts.tallies([row.id for row in rows])
    return [
        OpenNow(row.id, row.title, row.why, row.department_id, row.ends_on, row.closes_at, found[row.id].received)
        for row in rows
        if row.ends_on is not None and row.closes_at is not None
    ]


def latest_adopted() -> Adoption | None:
    """The newest public comment that changed a clause, from feedback that is out; None: none yet."""
    row = db.session.execute(
        select(Consultation, Comment, OpinionPoint)
        .join(Comment, Comment.consultation_id == Consultation.id)
        .join(Assignment, Assignment.comment_id == Comment.id)
        .join(OpinionPoint, OpinionPoint.id == Assignment.point_id)
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
    ).first()
    if row is None:
        return None
    consultation, comment, point = row
    label = documents.labels_of({point.clause_id}).get(point.clause_id, "")
    return Adoption(
        consultation.id, consultation.title, comment.author_name, comment.text, label, point.change, point.reason,
        consultation.feedback_published_at,
    )  # fmt: skip
