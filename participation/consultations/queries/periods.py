"""Finding consultations. Who may see one is decided here, in `visible_to`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select

from participation.access import Actor, Capability
from participation.consultations.lifecycle import PUBLISHED
from participation.consultations.models import Consultation, ConsultationCount, CountCheck
from participation.consultations.rules.period import KINDS
from participation.duties.models import Duty
from participation.extensions import db
from participation.textindex.queries import ids_matching

PAGE = 20
STATES = ("open", "sorting", "answered", "overdue")


def visible_to(actor: Actor) -> Select[Consultation]:
    """What was published, for everybody; a department's own drafts; everything for who reads all."""
    query = select(Consultation)
    if actor.can(Capability.READ_ALL):
        return query
    own = sorted(actor.department_ids)
    seen: ColumnElement[bool] = Consultation.stage.in_(sorted(PUBLISHED))
    return query.where(or_(seen, Consultation.department_id.in_(own)) if own else seen)


def consultation_for(consultation_id: int, actor: Actor) -> Consultation | None:
    return db.session.scalar(visible_to(actor).where(Consultation.id == consultation_id))


def published(consultation_id: int) -> Consultation | None:
    """The consultation, when it is or was public."""
    return db.session.scalar(
        select(Consultation).where(Consultation.id == consultation_id, Consultation.stage.in_(sorted(PUBLISHED)))
    )


def published_with_counts(consultation_id: int) -> tuple[Consultation, ConsultationCount | None] | None:
    """The same, and its counts where they are kept."""
    row = db.session.execute(_published_with_counts(), {"id": consultation_id}).first()
    return (row[0], row[1]) if row is not None else None


@cache
def _published_with_counts() -> Any:
    return (
        select(Consultation, ConsultationCount)
        .outerjoin(ConsultationCount, ConsultationCount.consultation_id == Consultation.id)
        .where(Consultation.id == bindparam("id"), Consultation.stage.in_(sorted(PUBLISHED)))
    )


def locked_for_share(consultation_id: int) -> Consultation:
    """The period's row as it is now, held against the closer. On SQLite the transaction itself
    holds the lock (BEGIN IMMEDIATE)."""
    query = select(Consultation).where(Consultation.id == consultation_id)
    return db.session.scalars(query.with_for_update(read=True).execution_options(populate_existing=True)).one()


def locked_for_update(consultation_id: int) -> Consultation:
    query = select(Consultation).where(Consultation.id == consultation_id)
    return db.session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()


def to_close(*, now: datetime) -> list[int]:
    query = select(Consultation.id).where(Consultation.stage == "open", Consultation.closes_at <= now)
    return list(db.session.scalars(query.order_by(Consultation.closes_at, Consultation.id)))


def closing_before(instant: datetime) -> list[Consultation]:
    query = select(Consultation).where(Consultation.stage == "open", Consultation.closes_at <= instant)
    return list(db.session.scalars(query.order_by(Consultation.id)))


@dataclass(frozen=True)
class Page:
    rows: list[Consultation]
    next_before: int | None


def _in_state(state: str, now: datetime) -> ColumnElement[bool]:
    if state == "overdue":
        owed = select(Duty.subject_id).where(
            Duty.subject_kind == "consultation",
            Duty.kind == "feedback",
            Duty.met_at.is_(None),
            Duty.cancelled_at.is_(None),
            Duty.due_at <= now,
        )
        return Consultation.id.in_(owed)
    if state == "open":
        return and_(Consultation.stage == "open", Consultation.closes_at > now)
    if state == "sorting":
        return or_(Consultation.stage == "sorting", and_(Consultation.stage == "open", Consultation.closes_at <= now))
    return Consultation.stage == state


@dataclass(frozen=True)
class Filters:
    """What a visitor asked for; what cannot be read is dropped, never an error."""

    state: str = ""
    department_id: int | None = None
    kind: str = ""
    year: int | None = None
    words: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Filters":
        state, kind, words = asked.get("state", ""), asked.get("kind", ""), asked.get("q", "")[:60]
        year = _number(asked.get("year", ""))
        return cls(
            state if state in STATES else "",
            _number(asked.get("department", "")),
            kind if kind in KINDS else "",
            year if year is not None and 2000 <= year < 2100 else None,
            "".join(char if char.isprintable() else " " for char in words).strip(),
        )

    def query(self) -> dict[str, str]:
        """The same as a query string, without what is not set."""
        pairs = {
            "state": self.state,
            "department": str(self.department_id or ""),
            "kind": self.kind,
            "year": str(self.year or ""),
            "q": self.words,
        }
        return {name: value for name, value in pairs.items() if value}

    def but(self, **changes: str) -> dict[str, str]:
        return {name: value for name, value in (self.query() | changes).items() if value}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def listed(filters: Filters, *, now: datetime, before: int | None = None, limit: int = PAGE) -> Page:
    """Published consultations, the newest first; `before` is the id that the last page ended with."""
    query = _narrowed(select(Consultation), filters)
    if filters.state:
        query = query.where(_in_state(filters.state, now))
    if before is not None:
        query = query.where(Consultation.id < before)
    rows = list(db.session.scalars(query.order_by(Consultation.id.desc()).limit(limit + 1)))
    return Page(rows[:limit], rows[limit - 1].id if len(rows) > limit else None)


def _narrowed(query: Select[Any], filters: Filters) -> Select[Any]:
    query = query.where(Consultation.stage.in_(sorted(PUBLISHED)))
    if filters.department_id is not None:
        query = query.where(Consultation.department_id == filters.department_id)
    if filters.kind:
        query = query.where(Consultation.kind == filters.kind)
    if filters.year is not None:
        query = query.where(Consultation.starts_on.between(date(filters.year, 1, 1), date(filters.year, 12, 31)))
    if filters.words:
        spelled = [(word.casefold(),) for word in filters.words.split()]
        query = query.where(Consultation.id.in_(ids_matching("consultation", spelled)))
    return query


def years() -> list[int]:
    """The years in which a consultation began, the newest first."""
    first, last = db.session.execute(
        select(func.min(Consultation.starts_on), func.max(Consultation.starts_on)).where(
            Consultation.stage.in_(sorted(PUBLISHED))
        )
    ).one()
    return list(range(last.year, first.year - 1, -1)) if first and last else []


def departments_with_any() -> list[int]:
    """The departments that ever consulted the public."""
    query = select(Consultation.department_id).where(Consultation.stage.in_(sorted(PUBLISHED))).distinct()
    return sorted(db.session.scalars(query))


def to_recount(*, before: datetime, limit: int = 50) -> list[int]:
    """Consultations with published feedback whose counts were not checked since `before`."""
    query = (
        select(Consultation.id)
        .outerjoin(CountCheck, CountCheck.consultation_id == Consultation.id)
        .where(
            Consultation.feedback_counts.is_not(None),
            or_(CountCheck.checked_at.is_(None), CountCheck.checked_at < before),
        )
        .order_by(CountCheck.checked_at, Consultation.id)
    )
    return list(db.session.scalars(query.where(Consultation.feedback_published_at.is_not(None)).limit(limit)))


def count_check(consultation_id: int) -> CountCheck | None:
    """When the published counts were last counted again, and what differed then."""
    return db.session.get(CountCheck, consultation_id)


def figures(filters: Filters, *, now: datetime) -> dict[str, int]:
    """How many consultations are in each state of the public list, by the other filters."""
    columns = [func.coalesce(func.sum(case((_in_state(state, now), 1), else_=0)), 0) for state in STATES]
    row = db.session.execute(_narrowed(select(*columns).select_from(Consultation), filters)).one()
    return {state: int(count) for state, count in zip(STATES, row, strict=True)}


def on_desk(actor: Actor, *, before: int | None = None) -> Page:
    """What the staff of a department works on, the newest first."""
    query = visible_to(actor)
    if not actor.can(Capability.READ_ALL):
        query = query.where(Consultation.department_id.in_(sorted(actor.department_ids)))
    if before is not None:
        query = query.where(Consultation.id < before)
    rows = list(db.session.scalars(query.order_by(Consultation.id.desc()).limit(PAGE + 1)))
    return Page(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)


def waiting_for(actor: Actor) -> set[int]:
    """The consultations and feedback reports that wait for this head to let them out."""
    own = sorted(dep for dep in actor.department_ids if actor.can(Capability.APPROVE, dep))
    if not own:
        return set()
    feedback = and_(
        Consultation.feedback_submitted_at.is_not(None),
        Consultation.feedback_published_at.is_(None),
    )
    query = select(Consultation.id).where(
        Consultation.department_id.in_(own), or_(Consultation.stage == "submitted", feedback)
    )
    return set(db.session.scalars(query))


def on_desk_one(consultation_id: int, actor: Actor) -> Consultation | None:
    """One consultation for the desk: the department's own, or any for who reads all."""
    query = visible_to(actor).where(Consultation.id == consultation_id)
    if not actor.can(Capability.READ_ALL):
        query = query.where(Consultation.department_id.in_(sorted(actor.department_ids)))
    return db.session.scalar(query)


def feedback_due(consultation_ids: list[int]) -> dict[int, Duty]:
    """The duty to publish the feedback of each consultation, in one query."""
    query = select(Duty).where(
        Duty.subject_kind == "consultation", Duty.kind == "feedback", Duty.subject_id.in_(consultation_ids)
    )
    return {duty.subject_id: duty for duty in db.session.scalars(query.order_by(Duty.id))}
