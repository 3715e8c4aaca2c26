"""Yellow card one workday before a letter is due, red card on its first workday over (2017 rules of
the provincial complaints line; R23). Each once, to whoever has the letter then."""

from datetime import datetime

from participation import clock
from participation.access import Role
from participation.accounts import queries as accounts
from participation.duties import service as duties
from participation.mailbox.queries import desk
from participation.mailbox.service import telling


def cards_due(*, now: datetime) -> int:
    """Sends the cards that are due and were not sent. Returns how many notices that were."""
    calendar = duties.load_calendar()
    a_workday = calendar.is_workday(clock.local_date(now))
    office = accounts.government_office().id
    sent = 0
    for letter, duty in desk.running(before=now):
        link = telling.desk_link(letter)
        if now < duty.due_at:
            sent += telling.unit(
                letter, "letter_due_soon", duty.department_id, now=now, link=link, once="yellow", due_on=duty.due_on
            )
            continue
        if not a_workday:
            continue
        facts = {"department": telling.name_of(duty.department_id), "due_on": duty.due_on}
        sent += telling.unit(letter, "letter_overdue", duty.department_id, now=now, link=link, once="red", **facts)
        if duty.department_id != office and letter.about_department_id != office:
            link = telling.dispatch_link(letter)
            sent += telling.unit(
                letter, "letter_overdue", office, now=now, link=link, role=Role.OFFICE, once="red", **facts
            )
    return sent
