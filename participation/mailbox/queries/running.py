"""What is owed about letters and not done yet: for the jobs that send cards and open supervisions."""

from datetime import date, datetime

from sqlalchemy import or_, select

from participation.duties.models import Duty
from participation.extensions import db
from participation.mailbox.models import Letter, Supervision


def carded(*, before: datetime, today: date) -> list[int]:
    """The open duties about letters whose last workday before the due day has begun, by due date:
    their ids. Includes those that are long overdue, so that a missed night loses nothing; without those that have
    one workday to be handed over in before that day: a crowd of letters is not looked at anew each minute."""
    query = (
        select(Duty.id)
        .where(Duty.subject_kind == "letter", Duty.met_at.is_(None), Duty.cancelled_at.is_(None))
        .where(Duty.measure == "by", Duty.soon_at <= before)
        .where(or_(Duty.kind != "letter_dispatch", Duty.due_on <= today))
        .order_by(Duty.due_at, Duty.id)
    )
    return list(db.session.scalars(query))


def with_letter(duty_id: int) -> tuple[Duty, Letter] | None:
    """The duty and its letter, while it is still open."""
    query = (
        select(Duty, Letter)
        .join(Letter, Letter.id == Duty.subject_id)
        .where(Duty.id == duty_id, Duty.subject_kind == "letter", Duty.met_at.is_(None), Duty.cancelled_at.is_(None))
    )
    row = db.session.execute(query).first()
    return (row[0], row[1]) if row else None


def late_answers(*, now: datetime) -> list[int]:
    """The overdue duties to answer a letter for whose round no supervision was opened by the job,
    and about which none is open: their ids, the latest first. Merged letters follow their lead."""
    dealt_with = select(Supervision.id).where(
        Supervision.letter_id == Letter.id,
        or_(
            Supervision.closed_at.is_(None),
            (Supervision.round == Letter.round)
            & Supervision.opened_by.is_(None)
            # One that ended because its unit may not know of the letter says nothing of the next unit.
            & (Supervision.department_id.is_distinct_from(Letter.about_department_id)),
        ),
    )
    query = (
        select(Duty.id)
        .join(Letter, Letter.id == Duty.subject_id)
        .where(Duty.subject_kind == "letter", Duty.kind == "letter_answer", Duty.round == Letter.round)
        .where(Duty.met_at.is_(None), Duty.cancelled_at.is_(None), Duty.due_at <= now)
        .where(~dealt_with.exists(), Letter.merged_into_id.is_(None))
        .order_by(Duty.due_at, Duty.id)
    )
    return list(db.session.scalars(query))
