"""Letters that are open for 30, 60 and 90 days, and mailboxes that publish nothing."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from participation.access import Actor
from participation.duties.models import Duty
from participation.extensions import db
from participation.mailbox.ageing import STEPS, Age, Silence, age_of, silence_of
from participation.mailbox.models import Letter, Mailbox
from participation.mailbox.queries.letters import visible_to
from participation.workdays import day_of

LIMIT = 300


@dataclass(frozen=True)
class OldRow:
    """An open letter, the duty of its running round, and its age since that round began."""

    letter: Letter
    duty: Duty
    age: Age


def _running() -> ColumnElement[bool]:
    return and_(
        Duty.subject_kind == "letter",
        Duty.subject_id == Letter.id,
        Duty.kind == "letter_answer",
        Duty.round == Letter.round,
        Duty.met_at.is_(None),
        Duty.cancelled_at.is_(None),
    )


def old_letters(actor: Actor, *, today: date) -> list[OldRow]:
    """Open for 30 natural days or more, the oldest first, at most 300; those the actor may see."""
    query = visible_to(actor).add_columns(Duty).join(Duty, _running())
    query = query.where(Duty.started_on <= today - timedelta(days=STEPS[0])).order_by(Duty.started_on, Letter.id)
    rows = db.session.execute(query.limit(LIMIT))
    return [OldRow(letter, duty, age_of(duty.started_on, today=today)) for letter, duty in rows]


def counts(actor: Actor, *, today: date) -> dict[int, int]:
    """How many of the letters that the actor may see are in each group: 30 to 59, 60 to 89, 90 days
    and more."""
    seen = visible_to(actor).with_only_columns(Letter.id, Letter.round)
    row = db.session.execute(_groups(select(Duty.started_on).where(_duty_of(seen)), today)).one()
    return dict(zip(STEPS, row, strict=True))


def groups_of_all(today: date) -> Select[int, int, int]:
    """The three numbers of the whole district as one row."""
    started = select(Duty.started_on).join(Letter, Letter.id == Duty.subject_id).where(_running())
    return _groups(started, today)


def _duty_of(seen: Select[int, int]) -> ColumnElement[bool]:
    inner = seen.subquery()
    return and_(
        Duty.subject_kind == "letter",
        Duty.kind == "letter_answer",
        Duty.met_at.is_(None),
        Duty.cancelled_at.is_(None),
        Duty.subject_id == inner.c.id,
        Duty.round == inner.c.round,
    )


def _groups(started: Select[Any], today: date) -> Any:
    bounds = [today - timedelta(days=step) for step in STEPS]
    # Most open letters are young: no more is read of these.
    days = started.where(Duty.started_on <= bounds[0]).subquery().c.started_on
    columns = []
    for place, bound in enumerate(bounds):
        within = days <= bound
        if place + 1 < len(bounds):
            within = and_(within, days > bounds[place + 1])
        columns.append(func.count().filter(within).label(f"days_{STEPS[place]}"))
    return select(*columns)


@dataclass(frozen=True)
class Quiet:
    mailbox: Mailbox
    silence: Silence


def quiet_mailboxes(*, today: date) -> list[Quiet]:
    """Each mailbox with the days since an answered letter of it was last published."""
    query = (
        select(Mailbox, func.max(Letter.published_at), func.min(Letter.received_at))
        .outerjoin(Letter, Letter.mailbox_id == Mailbox.id)
        .where(Mailbox.active)
        .group_by(Mailbox.id)
        .order_by(Mailbox.sort, Mailbox.id)
    )
    return [
        Quiet(box, silence_of(last and day_of(last), first and day_of(first), today=today))
        for box, last, first in db.session.execute(query)
    ]
