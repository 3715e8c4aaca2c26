"""A later letter adds to an earlier one: a letter of its own, with its own five workdays."""

from datetime import datetime

from participation.access import Actor, Role
from participation.accounts import queries as accounts
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox import lifecycle
from participation.mailbox.models import Letter
from participation.mailbox.service import telling
from participation.mailbox.service.facts import note


def concerned(supplements_id: int | None, about_department_id: int | None) -> int | None:
    """The unit that must not see a letter: the one named, else the one that the earlier letter is
    about (信访工作条例 art. 30), for what adds to a letter tells of it."""
    earlier = db.session.get(Letter, supplements_id) if supplements_id is not None else None
    return about_department_id if about_department_id is not None or earlier is None else earlier.about_department_id


def announce(letter: Letter, *, actor: Actor, now: datetime) -> None:
    """Whoever handles the earlier letter is told of the new one, unless they must not know of it."""
    if letter.supplements_id is None:
        return
    earlier = db.session.get_one(Letter, letter.supplements_id)
    facts = {"number": letter.number, "earlier": earlier.number}
    evidence.record("letter.supplemented", subject=letter, actor=actor, now=now, facts=facts)
    if letter.about_department_id != earlier.about_department_id:
        return
    note(earlier, "supplemented", actor=actor, now=now)
    office = accounts.government_office().id
    if earlier.stage not in lifecycle.OPEN or earlier.about_department_id == (earlier.department_id or office):
        return
    unit = earlier.department_id or office
    telling.unit(
        earlier,
        "letter_supplemented",
        unit,
        role=Role.OFFICE if unit == office else Role.OFFICER,
        now=now,
        link=f"/desk/letters/{earlier.id}",
        supplement=letter.number,
    )
