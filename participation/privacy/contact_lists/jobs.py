"""What becomes due with lists of contacts: those that nobody decided, and those of long ago."""

from collections.abc import Iterator
from datetime import datetime

from dateutil.relativedelta import relativedelta
from sqlalchemy import Select, func, select

from participation.access import SYSTEM
from participation.evidence import service as evidence
from participation.extensions import db
from participation.privacy import clearing
from participation.privacy.contact_lists import service
from participation.privacy.contact_lists.models import ContactList
from participation.privacy.rules import years


def end_and_empty(*, now: datetime) -> int:
    return lapse(now=now) + empty(now=now)


def lapse(*, now: datetime) -> int:
    """Ends requests that nobody decided before their last day was over; one transaction each."""
    done = 0
    for row in _each(select(ContactList.id).where(ContactList.stage == "asked", ContactList.ends_at <= now)):
        if row.stage == "asked":
            service.lapse(row, now=now)
            done += 1
        db.session.commit()
    return done


def empty(*, now: datetime) -> int:
    """Empties the words of old lists and forgets whom they were about; one transaction each."""
    done = 0
    past = now - relativedelta(years=years("contact_list"))
    since = func.coalesce(ContactList.withdrawn_at, ContactList.ends_at)
    for row in _each(select(ContactList.id).where(since < past, ContactList.emptied_at.is_(None))):
        if row.emptied_at is None:
            clearing.clear(row, now=now)
            row.matters, row.emptied_at = [], now
            evidence.record("contacts.emptied", subject=row, actor=SYSTEM, now=now)
            done += 1
        db.session.commit()
    return done


def _each(query: Select[int]) -> Iterator[ContactList]:
    ids = list(db.session.scalars(query.order_by(ContactList.id)))
    db.session.commit()
    for list_id in ids:
        row = db.session.get(ContactList, list_id, with_for_update=True, populate_existing=True)
        if row is not None:
            yield row
