"""The queue of comments to read before everybody may: the oldest first, with who is at it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_, select

from participation import clock
from participation.consultations.models import Comment, Consultation, Hiding, ReviewLock
from participation.documents.models import Clause
from participation.duties.calendar import load_calendar
from participation.extensions import db
from participation.workdays import start_of

BATCH = 10
WITHIN_WORKDAYS = 1


@dataclass(frozen=True)
class Waiting:
    """A comment nobody has read yet. `due_on`: the announcement promises one workday."""

    comment: Comment
    clause: str
    due_on: date
    late: bool


@dataclass(frozen=True)
class Proposed:
    """A proposal not to show a comment; `due_on` is when the second person has to decide."""

    hiding: Hiding
    comment: Comment
    due_on: date
    late: bool


def _unread():  # type: ignore[no-untyped-def]
    pending = select(Hiding.id).where(Hiding.comment_id == Comment.id, Hiding.decision == "").exists()
    return and_(
        Comment.consent_public,
        Comment.reviewed_at.is_(None),
        Comment.hidden_at.is_(None),
        Comment.withdrawn_at.is_(None),
        ~pending,
    )


def free_for(consultation_id: int, person_id: int, *, now: datetime, limit: int = BATCH) -> list[int]:
    """The next comments that nobody else is reading now."""
    query = (
        select(Comment.id)
        .outerjoin(ReviewLock, ReviewLock.comment_id == Comment.id)
        .where(
            Comment.consultation_id == consultation_id,
            _unread(),
            or_(ReviewLock.comment_id.is_(None), ReviewLock.person_id == person_id, ReviewLock.until <= now),
        )
        .order_by(Comment.received_at, Comment.id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def held_by(consultation_id: int, person_id: int, *, now: datetime) -> list[int]:
    """The comments that this person is reading and has not decided on."""
    query = (
        select(Comment.id)
        .join(ReviewLock, ReviewLock.comment_id == Comment.id)
        .where(
            Comment.consultation_id == consultation_id,
            _unread(),
            ReviewLock.person_id == person_id,
            ReviewLock.until > now,
        )
        .order_by(Comment.received_at, Comment.id)
    )
    return list(db.session.scalars(query))


def waiting(comment_ids: list[int], *, now: datetime) -> list[Waiting]:
    query = (
        select(Comment, func.coalesce(Clause.label, ""))
        .outerjoin(Clause, Clause.id == Comment.clause_id)
        .where(Comment.id.in_(comment_ids))
        .order_by(Comment.received_at, Comment.id)
    )
    calendar, today = load_calendar(), clock.local_date(now)
    found = []
    for comment, clause in db.session.execute(query):
        due = calendar.due(clock.local_date(comment.received_at), WITHIN_WORKDAYS).due_on
        found.append(Waiting(comment, clause, due, today > due))
    return found


def unread(consultation_id: int) -> int:
    query = select(func.count()).select_from(Comment).where(Comment.consultation_id == consultation_id, _unread())
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class Behind:
    """What the promise of one workday was not kept for: comments nobody has read, and proposals no
    second person has decided. `hidden` of these are hidden already."""

    unread: int = 0
    undecided: int = 0
    hidden: int = 0

    def __bool__(self) -> bool:
        return bool(self.unread or self.undecided)


def behind(consultation_ids: list[int], *, now: datetime) -> dict[int, Behind]:
    """The lateness of several consultations in two queries; one without any is not in it."""
    calendar, day = load_calendar(), clock.local_date(now) - timedelta(days=1)
    while not calendar.is_workday(day):
        day -= timedelta(days=1)
    # Due on the next workday: what came before the last finished workday began is late.
    before = start_of(day)
    comments = select(Comment.consultation_id, func.count()).where(
        Comment.consultation_id.in_(consultation_ids), _unread(), Comment.received_at < before
    )
    unread = {row[0]: row[1] for row in db.session.execute(comments.group_by(Comment.consultation_id))}
    hidings = (
        select(Comment.consultation_id, func.count(), func.count(Comment.hidden_at))
        .join(Hiding, Hiding.comment_id == Comment.id)
        .where(Comment.consultation_id.in_(consultation_ids), Hiding.decision == "", Hiding.proposed_at < before)
        .group_by(Comment.consultation_id)
    )
    undecided = {row[0]: (row[1], row[2]) for row in db.session.execute(hidings)}
    return {key: Behind(unread.get(key, 0), *undecided.get(key, (0, 0))) for key in unread.keys() | undecided.keys()}


def read_by_others(consultation_id: int, person_id: int, *, now: datetime) -> dict[int, int]:
    """How many comments each colleague is reading now, by person."""
    query = (
        select(ReviewLock.person_id, func.count())
        .join(Comment, Comment.id == ReviewLock.comment_id)
        .where(
            Comment.consultation_id == consultation_id,
            _unread(),
            ReviewLock.until > now,
            ReviewLock.person_id != person_id,
        )
        .group_by(ReviewLock.person_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def locked_by_another(comment_ids: list[int], person_id: int, *, now: datetime) -> set[int]:
    """The people who are reading one of these now, other than this one."""
    query = select(ReviewLock.person_id).where(
        ReviewLock.comment_id.in_(comment_ids), ReviewLock.until > now, ReviewLock.person_id != person_id
    )
    return set(db.session.scalars(query))


def proposed(consultation_id: int, *, now: datetime) -> list[Proposed]:
    """What waits for a second person, the oldest first."""
    query = (
        select(Hiding, Comment)
        .join(Comment, Comment.id == Hiding.comment_id)
        .where(Comment.consultation_id == consultation_id, Hiding.decision == "")
        .order_by(Hiding.proposed_at, Hiding.id)
    )
    calendar, today = load_calendar(), clock.local_date(now)
    found = []
    for hiding, comment in db.session.execute(query):
        due = calendar.due(clock.local_date(hiding.proposed_at), WITHIN_WORKDAYS).due_on
        found.append(Proposed(hiding, comment, due, today > due))
    return found


def hiding_in(consultation: Consultation, hiding_id: int, *, lock: bool = False) -> Hiding | None:
    query = (
        select(Hiding)
        .join(Comment, Comment.id == Hiding.comment_id)
        .where(Comment.consultation_id == consultation.id, Hiding.id == hiding_id)
    )
    return db.session.scalar(query.with_for_update(of=Hiding) if lock else query)


def open_hiding(comment_id: int) -> Hiding | None:
    return db.session.scalar(select(Hiding).where(Hiding.comment_id == comment_id, Hiding.decision == ""))
