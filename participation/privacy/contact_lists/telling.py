"""Who is told of a list of contacts: the second person that one waits, the asker that it was decided."""

from datetime import datetime

from participation.access import Role
from participation.accounts import queries as accounts
from participation.notices import service as notices
from participation.notices.service import Department, Person, Recipient
from participation.privacy.contact_lists.models import ContactList

# Stored with the message, so in Chinese.
OUTCOMES = {"approved": "已同意", "refused": "未同意", "lapsed": "逾期未决定"}


def link_to(row: ContactList) -> str:
    return f"/desk/contact-lists/{row.id}"


def deciders(row: ContactList, *, now: datetime) -> None:
    unit = accounts.department_names().get(row.department_id, "")
    facts = {"department": unit, "people": row.people, "last_day": row.last_day}
    to: Recipient = Department(row.department_id, Role.HEAD)
    if row.desk == "above":
        to = Department(accounts.government_office().id, Role.OFFICE)
    _tell("contacts_asked", to, row, facts, now)


def asker(row: ContactList, *, now: datetime) -> None:
    facts = {"outcome": OUTCOMES[row.stage], "people": row.people, "last_day": row.last_day}
    _tell("contacts_decided", Person(row.asked_by), row, facts, now)


def _tell(verb: str, to: Recipient, row: ContactList, facts: dict[str, object], now: datetime) -> None:
    notices.notify(verb, to=to, facts=facts, subject_kind="contact_list", subject_id=row.id, now=now, link=link_to(row))
