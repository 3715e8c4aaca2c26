"""Lists of contacts for tests, asked for through the service."""

from datetime import date

from participation.extensions import db
from participation.privacy.contact_lists import service
from participation.privacy.contact_lists.models import ContactList
from participation.privacy.contact_lists.rules import Wish
from participation.privacy.contact_lists.scope import Scope
from tests.consultations import periods
from tests.duties.notices import at

NAMES = ("朱大明", "周桂兰", "郑小龙")
PURPOSE = "邀请他们参加十二月十二日的听证会。"


def commented_on(world):
    """A consultation of the housing bureau with three comments of three people."""
    consultation = periods.opened(world)
    for number, name in enumerate(NAMES, start=1):
        contact = periods.ContactAddress("sms", f"1390000000{number}")
        periods.commented(consultation, author_name=name, contact=contact)
    db.session.commit()
    return consultation


def wish(**changes: object) -> Wish:
    values: dict[str, object] = {
        "scope": "consultation",
        "purpose": PURPOSE,
        "ground": "hearing",
        "document": "",
        "fields": ("name", "contact"),
        "last_day": date(2026, 12, 12),
        "people": 0,
    }
    return Wish(**(values | changes))  # type: ignore[arg-type]


def asked(world, consultation, *, login: str = "officer", now: str = "2026-11-23T09:00", **changes) -> ContactList:
    actor = world.actor(login)
    scope = Scope("consultation", next(iter(actor.department_ids)), consultation_id=consultation.id)
    row = service.ask(scope, wish(**changes), actor=actor, now=at(now))
    db.session.commit()
    return row


def asked_letters(world, *, login: str = "office", now: str = "2026-11-23T09:00", topic: str = "") -> ContactList:
    actor = world.actor(login)
    scope = Scope("letters", next(iter(actor.department_ids)), month="2026-11", topic=topic)
    row = service.ask(scope, wish(scope="letters", ground="answer"), actor=actor, now=at(now))
    db.session.commit()
    return row


def approved(world, row: ContactList, *, login: str = "head", now: str = "2026-11-23T10:00") -> ContactList:
    service.approve(row, version=row.version, actor=world.actor(login), now=at(now))
    db.session.commit()
    return row
