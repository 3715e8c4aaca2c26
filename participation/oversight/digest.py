"""One message a workday instead of many: what waits for a person this morning."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import func, select

from participation import clock
from participation.access import Role
from participation.accounts import queries as accounts
from participation.accounts.models import Person, Post, PostHolding
from participation.duties.models import Duty
from participation.duties.service import load_calendar
from participation.extensions import db
from participation.notices import queries as notices
from participation.notices.service import Person as ToPerson
from participation.notices.service import notify

FROM = time(8, 0)
"""Asia/Shanghai: before the desks open."""
TOLD = frozenset({Role.OFFICER, Role.HEAD, Role.OFFICE})


@dataclass(frozen=True)
class Morning:
    """What waits for one person: dates past, dates of today and the next workday, notices not read."""

    overdue: int
    soon: int
    unread: int

    @property
    def empty(self) -> bool:
        return not (self.overdue or self.soon or self.unread)


def due_today(*, now: datetime) -> list[int]:
    """The people who get a digest today, by id; nobody on a rest day or before eight o'clock."""
    local = clock.local(now)
    if local.time() < FROM or not load_calendar().is_workday(local.date()):
        return []
    query = (
        select(Person.id)
        .join(PostHolding, PostHolding.person_id == Person.id)
        .join(Post, Post.id == PostHolding.post_id)
        .where(accounts.on_day(local.date()), Person.disabled_at.is_(None))
        .where(Post.role.in_([role.value for role in TOLD]))
        .distinct()
        .order_by(Person.id)
    )
    return list(db.session.scalars(query))


def send(person_id: int, *, now: datetime) -> int:
    """Today's digest of one person, unless nothing waits or it was sent. Returns how many messages."""
    person, today = db.session.get(Person, person_id), clock.local_date(now)
    if person is None:
        return 0
    found = morning(person, on=today, now=now)
    if found.empty:
        return 0
    return notify(
        "daily_digest",
        to=ToPerson(person_id),
        facts={"day": today, "overdue": found.overdue, "soon": found.soon, "unread": found.unread},
        subject_kind="person",
        subject_id=person_id,
        link="/notices",
        once=today.isoformat(),
        now=now,
    )


def morning(person: Person, *, on: date, now: datetime) -> Morning:
    """What waits for this person on that day in all the posts they hold."""
    actor = accounts.actor_of(person, on=on)
    mine = [Duty.department_id.in_(actor.department_ids), Duty.measure == "by"]
    mine += [Duty.met_at.is_(None), Duty.cancelled_at.is_(None)]
    mine += [Duty.restricted_from.is_(None) | Duty.restricted_from.not_in(actor.department_ids)]
    counted = select(
        func.count().filter(Duty.due_at <= now), func.count().filter(Duty.due_at > now, Duty.soon_at <= now)
    ).where(*mine)
    overdue, soon = db.session.execute(counted).one()
    return Morning(overdue, soon, notices.unread_count(actor, without="daily_digest"))
