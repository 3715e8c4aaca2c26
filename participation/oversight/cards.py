"""Yellow and red cards for every duty that is not a letter's: catalogue, feedback, publication, reports.

The rule is the mailbox's (R23): yellow when the last workday before the due day begins, red on the first
workday over; each once for each due day, to whoever holds the matter, red also to the government office.
"""

from datetime import datetime

from flask_babel import force_locale, gettext
from sqlalchemy import select

from participation import clock
from participation.access import Role
from participation.accounts import queries as accounts
from participation.duties.models import Duty
from participation.duties.rules import DUTIES
from participation.duties.service import load_calendar
from participation.duties.subjects import lines_for
from participation.extensions import db
from participation.notices.service import Department, notify

OF_LETTERS, OF_CATALOGUE = "letter", "catalogue"
"""The mailbox's cards name the letter's number; the catalogue's alarm begins on 1 June (R3)."""


def waiting(*, now: datetime) -> list[int]:
    """The open duties whose last workday before the due day has begun, by due date: their ids. Those
    long overdue are among them, so that a missed night loses nothing."""
    query = (
        select(Duty.id)
        .where(Duty.met_at.is_(None), Duty.cancelled_at.is_(None), Duty.measure == "by")
        .where(Duty.soon_at <= now, Duty.subject_kind != OF_LETTERS, Duty.kind != OF_CATALOGUE)
        .order_by(Duty.due_at, Duty.id)
    )
    return list(db.session.scalars(query))


def send(duty_id: int, *, now: datetime) -> int:
    """The card of one duty, when there is one to send now. Returns how many notices that were."""
    duty = db.session.get(Duty, duty_id)
    if duty is None or not duty.is_open:
        return 0
    if now < duty.due_at:
        return _tell(duty, "duty_due_soon", duty.department_id, now)
    if not load_calendar().is_workday(clock.local_date(now)):
        return 0
    office = accounts.government_office().id
    told = {duty.department_id} | ({office} if duty.restricted_from != office else set())
    return sum(_tell(duty, "duty_overdue", department_id, now) for department_id in sorted(told))


def _tell(duty: Duty, verb: str, department_id: int, now: datetime) -> int:
    line = lines_for([(duty.subject_kind, duty.subject_id)], staff=True).get((duty.subject_kind, duty.subject_id))
    # Notices are Chinese for everybody; see notices/render.py.
    with force_locale("zh_Hans_CN"):
        what = gettext(DUTIES[duty.kind].label)
    holders = accounts.department_names()
    roles = [Role.OFFICE] if department_id == accounts.government_office().id else [Role.OFFICER, Role.HEAD]
    return sum(
        notify(
            verb,
            to=Department(department_id, role),
            facts={
                "what": what,
                "title": line.title if line else "",
                "department": holders.get(duty.department_id, ""),
                "due_on": duty.due_on,
            },
            subject_kind="duty",
            subject_id=duty.id,
            link=(line.url or "") if line else "",
            department_id=duty.department_id,
            restricted_from=duty.restricted_from,
            once=f"{verb}:{duty.due_on}",
            now=now,
        )
        for role in roles
    )
