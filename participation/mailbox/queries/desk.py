"""The queues of the desks: letters with their dates, by due date, only those the actor may see."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased

from participation import clock
from participation.access import Actor
from participation.duties.calendar import load_calendar
from participation.duties.models import Duty
from participation.duties.rules import State, state
from participation.extensions import Instant, db
from participation.mailbox.lifecycle import OPEN
from participation.mailbox.models import Answer, Letter, LetterJoint
from participation.mailbox.queries.letters import visible_to
from participation.workdays import WorkCalendar

PAGE = 50
_CURSOR = re.compile(r"(\d{1,17})-(\d{1,15})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class QueueRow:
    """A letter in a queue. `used` workdays have begun, of `duty.workdays`; `days_late` are the
    workdays since the due day; `dispatch` is the running duty to hand it over; `merged` letters of
    the same writer are answered with it; `helping` units work on it, `parts` of them have written."""

    letter: Letter
    duty: Duty
    dispatch: Duty | None
    answer: Answer | None
    state: State
    used: int
    days_late: int
    merged: int = 0
    helping: int = 0
    parts: int = 0

    @property
    def is_late(self) -> bool:
        return self.state is State.OVERDUE


@dataclass(frozen=True)
class QueuePage:
    """A part of a queue. `after` is the cursor of the next page, None on the last."""

    rows: Sequence[QueueRow]
    after: str | None


def queue(
    actor: Actor,
    stages: Sequence[str],
    *,
    now: datetime,
    department_ids: Sequence[int] | None = None,
    pressing: bool = False,
    limit: int = PAGE,
    after: str = "",
) -> list[QueueRow]:
    """Letters in these stages by due date. `department_ids` narrows to units, `pressing` to those
    due soon or late; `after` is a cursor, one that cannot be read starts from the beginning."""
    asked = _in(visible_to(actor), stages, department_ids)
    dispatch, other = aliased(Duty), aliased(Letter)
    merged = select(func.count()).where(other.merged_into_id == Letter.id, other.stage.in_(OPEN)).scalar_subquery()
    joint = (LetterJoint.letter_id == Letter.id, LetterJoint.round == Letter.round, LetterJoint.removed_at.is_(None))
    helping = select(func.count()).where(*joint).scalar_subquery()
    parts = select(func.count()).where(*joint, LetterJoint.contributed_at.is_not(None)).scalar_subquery()
    query = (
        asked.add_columns(Duty, dispatch, Answer, merged, helping, parts)
        .join(Duty, _answer_duty())
        .outerjoin(
            dispatch,
            and_(
                dispatch.subject_kind == "letter",
                dispatch.subject_id == Letter.id,
                dispatch.kind == "letter_dispatch",
                dispatch.met_at.is_(None),
                dispatch.cancelled_at.is_(None),
            ),
        )
        .outerjoin(
            Answer,
            and_(
                Answer.letter_id == Letter.id,
                Answer.round == Letter.round,
                Answer.department_id == Letter.department_id,
            ),
        )
        .order_by(Duty.due_at, Duty.subject_id)
        .limit(limit)
    )
    if OPEN.issuperset(stages):
        # An open letter has an open duty: its index is in the order of the queue.
        query = query.where(Duty.met_at.is_(None), Duty.cancelled_at.is_(None))
    if pressing:
        query = query.where(Duty.soon_at <= now)
    found = _CURSOR.fullmatch(after)
    if found:
        at, last = _EPOCH + timedelta(microseconds=min(int(found[1]), 4 * 10**15)), int(found[2])
        query = query.where(tuple_(Duty.due_at, Duty.subject_id) > tuple_(literal(at, Instant()), literal(last)))
    calendar = load_calendar()
    return [_row(calendar, now, *row) for row in db.session.execute(query)]


def queue_page(
    actor: Actor,
    stages: Sequence[str],
    *,
    now: datetime,
    department_ids: Sequence[int] | None = None,
    pressing: bool = False,
    limit: int = PAGE,
    after: str = "",
) -> QueuePage:
    """One page of a queue, and where the next begins."""
    rows = queue(actor, stages, now=now, department_ids=department_ids, pressing=pressing, limit=limit + 1, after=after)
    return QueuePage(rows[:limit], cursor(rows[limit - 1]) if len(rows) > limit else None)


def cursor(row: QueueRow) -> str:
    """Where a queue goes on after this row."""
    return f"{(row.duty.due_at - _EPOCH) // timedelta(microseconds=1)}-{row.letter.id}"


def position(letter: Letter) -> str:
    """The cursor of this letter's own place in the queue."""
    due_at = db.session.scalar(
        select(Duty.due_at).where(
            Duty.subject_kind == "letter",
            Duty.subject_id == letter.id,
            Duty.kind == "letter_answer",
            Duty.round == letter.round,
        )
    )
    return "" if due_at is None else f"{(due_at - _EPOCH) // timedelta(microseconds=1)}-{letter.id}"


def _in(query: Select[Letter], stages: Sequence[str], department_ids: Sequence[int] | None) -> Select[Letter]:
    """Letters in these stages. One that is merged into another is no line of its own."""
    query = query.where(Letter.stage.in_(stages), or_(Letter.merged_into_id.is_(None), Letter.stage.not_in(OPEN)))
    return query if department_ids is None else query.where(Letter.department_id.in_(department_ids))


def _answer_duty() -> ColumnElement[bool]:
    return and_(
        Duty.subject_kind == "letter",
        Duty.subject_id == Letter.id,
        Duty.kind == "letter_answer",
        Duty.round == Letter.round,
    )


def _row(
    calendar: WorkCalendar,
    now: datetime,
    letter: Letter,
    duty: Duty,
    handing: Duty | None,
    answer: Answer | None,
    merged: int,
    helping: int,
    parts: int,
) -> QueueRow:
    today = clock.local_date(now)
    how = state(duty, now)
    late = max(1, calendar.workdays_between(duty.due_on, today)) if how is State.OVERDUE else 0
    used = sum(1 for day in duty.counted if day <= today)
    return QueueRow(letter, duty, handing, answer, how, used, late, merged, helping, parts)


def count(
    actor: Actor,
    stages: Sequence[str],
    *,
    department_ids: Sequence[int] | None = None,
    most: int | None = None,
    due_by: date | None = None,
    pressing_at: datetime | None = None,
    restricted: bool = False,
) -> int:
    """How many letters of these stages the actor may see: restricted ones are not counted. Beyond
    `most` it stops counting and answers most + 1 ("more than most"). `due_by` counts those to be
    handed over by that day, `pressing_at` those due soon or late then, `restricted` only such."""
    query = _in(visible_to(actor), stages, department_ids).with_only_columns(Letter.id)
    if restricted:
        query = query.where(Letter.about_department_id.is_not(None))
    if due_by is not None:
        handing = and_(Duty.subject_kind == "letter", Duty.subject_id == Letter.id, Duty.kind == "letter_dispatch")
        query = query.join(Duty, handing).where(
            Duty.met_at.is_(None), Duty.cancelled_at.is_(None), Duty.due_on <= due_by
        )
    elif pressing_at is not None:
        query = query.join(Duty, _answer_duty()).where(Duty.soon_at <= pressing_at)
        if OPEN.issuperset(stages):
            query = query.where(Duty.met_at.is_(None), Duty.cancelled_at.is_(None))
    if most is not None:
        query = query.limit(most + 1)
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def running(*, before: datetime) -> list[tuple[Letter, Duty]]:
    """Unanswered letters whose yellow-card day has begun; for the cards job only."""
    query = (
        select(Letter, Duty)
        .join(Duty, and_(Duty.subject_kind == "letter", Duty.subject_id == Letter.id, Duty.kind == "letter_answer"))
        .where(Duty.met_at.is_(None), Duty.cancelled_at.is_(None), Duty.soon_at <= before)
        .order_by(Duty.due_at, Letter.id)
    )
    return [(letter, duty) for letter, duty in db.session.execute(query)]
