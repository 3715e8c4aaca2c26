"""The queues of the desks: letters with their dates, by due date, only those the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from participation import clock
from participation.access import Actor
from participation.duties.calendar import load_calendar
from participation.duties.models import Duty
from participation.duties.rules import State, state
from participation.extensions import db
from participation.mailbox.models import Answer, Letter
from participation.mailbox.queries.letters import visible_to
from participation.workdays import WorkCalendar

LIMIT = 200


@dataclass(frozen=True)
class QueueRow:
    """A letter in a queue. `used` workdays have begun, of `duty.workdays`; `days_late` are the
    workdays since the due day; `dispatch` is the running duty to hand it over."""

    letter: Letter
    duty: Duty
    dispatch: Duty | None
    answer: Answer | None
    state: State
    used: int
    days_late: int

    @property
    def is_late(self) -> bool:
        return self.state is State.OVERDUE


def queue(
    actor: Actor, stages: Sequence[str], *, now: datetime, department_ids: Sequence[int] | None = None
) -> list[QueueRow]:
    """Letters in these stages by due date, at most 200. `department_ids` narrows to units."""
    dispatch = aliased(Duty)
    query = (
        visible_to(actor)
        .add_columns(Duty, dispatch, Answer)
        .join(
            Duty,
            and_(
                Duty.subject_kind == "letter",
                Duty.subject_id == Letter.id,
                Duty.kind == "letter_answer",
                Duty.round == Letter.round,
            ),
        )
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
        .where(Letter.stage.in_(stages))
        .order_by(Duty.due_at, Letter.id)
        .limit(LIMIT)
    )
    if department_ids is not None:
        query = query.where(Letter.department_id.in_(department_ids))
    calendar = load_calendar()
    return [_row(calendar, now, *found) for found in db.session.execute(query)]


def _row(
    calendar: WorkCalendar, now: datetime, letter: Letter, duty: Duty, handing: Duty | None, answer: Answer | None
) -> QueueRow:
    today = clock.local_date(now)
    how = state(duty, now)
    late = max(1, calendar.workdays_between(duty.due_on, today)) if how is State.OVERDUE else 0
    return QueueRow(letter, duty, handing, answer, how, sum(1 for day in duty.counted if day <= today), late)


def count(actor: Actor, stages: Sequence[str]) -> int:
    """How many letters of these stages the actor may see: restricted ones are not counted."""
    wanted = visible_to(actor).where(Letter.stage.in_(stages)).subquery()
    return db.session.scalar(select(func.count()).select_from(wanted)) or 0


def running(*, before: datetime) -> list[tuple[Letter, Duty]]:
    """Unanswered letters whose yellow-card day has begun; for the cards job only."""
    query = (
        select(Letter, Duty)
        .join(Duty, and_(Duty.subject_kind == "letter", Duty.subject_id == Letter.id, Duty.kind == "letter_answer"))
        .where(Duty.met_at.is_(None), Duty.cancelled_at.is_(None), Duty.soon_at <= before)
        .order_by(Duty.due_at, Letter.id)
    )
    return [(letter, duty) for letter, duty in db.session.execute(query)]
