"""Finding duties and who held them. The ledger is in `ledger`."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from participation.duties.ledger import (
    Figure,
    LedgerFilter,
    LedgerPage,
    LedgerRow,
    days_used,
    described,
    figures,
    ledger,
    places,
    visible_to,
)
from participation.duties.models import Duty
from participation.extensions import db
from participation.workdays import day_of, end_of

__all__ = [
    "Figure",
    "Held",
    "LedgerFilter",
    "LedgerPage",
    "LedgerRow",
    "days_used",
    "described",
    "duties_of",
    "duty_for",
    "figures",
    "held_by_day",
    "holder_at",
    "holders",
    "ledger",
    "open_one",
    "places",
    "responsible",
    "visible_to",
]


class Held(NamedTuple):
    """Which department held a matter at the end of a day: that day's stroke is theirs."""

    day: date
    department_id: int


def duty_for(subject_kind: str, subject_id: int, kind: str) -> Duty | None:
    """The open duty of this kind for the matter, else the newest one."""
    return db.session.scalar(
        select(Duty)
        .where(Duty.subject_kind == subject_kind, Duty.subject_id == subject_id, Duty.kind == kind)
        .order_by((Duty.met_at.is_(None) & Duty.cancelled_at.is_(None)).desc(), Duty.id.desc())
        .limit(1)
    )


def open_one(kind: str, subject_kind: str, subject_id: int, round: int) -> Duty | None:
    return db.session.scalar(
        select(Duty).where(
            Duty.kind == kind,
            Duty.subject_kind == subject_kind,
            Duty.subject_id == subject_id,
            Duty.round == round,
            Duty.met_at.is_(None),
            Duty.cancelled_at.is_(None),
        )
    )


def duties_of(subject_kind: str, subject_id: int) -> list[Duty]:
    """Everything owed about a matter, in the order it was owed."""
    return list(
        db.session.scalars(
            select(Duty)
            .where(Duty.subject_kind == subject_kind, Duty.subject_id == subject_id)
            .order_by(Duty.started_at, Duty.id)
        )
    )


def holders(duty: Duty) -> list[int]:
    """The departments that have had the matter, in order; a department may come back."""
    return [holding.department_id for holding in duty.holdings]


def holder_at(duty: Duty, instant: datetime) -> int | None:
    """Who had it in the moment before `instant`: at 24:00, whoever had the day."""
    for holding in reversed(duty.holdings):
        if holding.from_at < instant and (holding.until_at is None or holding.until_at >= instant):
            return holding.department_id
    return None


def responsible(duty: Duty) -> int:
    """Who answers for how it stands: whoever held it when it became late, else who holds it."""
    return duty.late_department_id or duty.department_id


def held_by_day(duty: Duty, now: datetime) -> list[Held]:
    """For each day from the receipt to the end (or today), who held the matter when it ended."""
    last = day_of(duty.met_at or duty.cancelled_at or now)
    days = [duty.started_on + timedelta(days=n) for n in range((last - duty.started_on).days + 1)]
    found = []
    for day in days:
        holder = holder_at(duty, end_of(day))
        found.append(Held(day, duty.department_id if holder is None else holder))
    return found
