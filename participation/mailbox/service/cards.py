"""Yellow card one workday before a letter is due, red card on its first workday over (2017 rules of
the provincial complaints line; R23). Each once for each due day, to whoever has the letter then:
a letter that was given more days gets its cards by the new day, and another round has its own."""

from datetime import datetime

from participation import clock
from participation.access import Role
from participation.accounts import queries as accounts
from participation.duties import service as duties
from participation.duties.models import Duty
from participation.mailbox.models import Letter
from participation.mailbox.queries import joints, running
from participation.mailbox.service import telling
from participation.workdays import start_of

NOTICES = {
    "letter_answer": ("letter_due_soon", "letter_overdue"),
    "letter_dispatch": ("dispatch_due_soon", "dispatch_overdue"),
}
OTHER = ("letter_duty_due_soon", "letter_duty_overdue")
# Notices are Chinese for everybody; see notices/render.py.
WHAT = {
    "letter_followup": "答复中承诺的事项",
    "supervision_response": "对督办的书面说明",
    "petition_notice": "信访事项的书面告知",
    "petition_handling": "信访事项的处理意见",
    "disclosure_reply": "政府信息公开申请的答复",
}


def cards_due(*, now: datetime) -> int:
    """Sends the cards that are due and were not sent. Returns how many notices that were."""
    return sum(send(duty_id, now=now) for duty_id in waiting(now=now))


def waiting(*, now: datetime) -> list[int]:
    """The duties for which a card may be due, by id; `send` knows which."""
    return running.carded(before=now, today=clock.local_date(now))


def send(duty_id: int, *, now: datetime) -> int:
    """The card of one duty, when there is one to send now. Returns how many notices that were."""
    found = running.with_letter(duty_id)
    if found is None:
        return 0
    duty, letter = found
    if now >= duty.due_at:
        return _red(letter, duty, now) if duties.load_calendar().is_workday(clock.local_date(now)) else 0
    # One workday to hand a letter over: its card comes with its day, not with the letter itself.
    if duty.kind == "letter_dispatch" and now < start_of(duty.due_on):
        return 0
    return _yellow(letter, duty, now)


def _yellow(letter: Letter, duty: Duty, now: datetime) -> int:
    verb, _red_verb = NOTICES.get(duty.kind, OTHER)
    facts = {"due_on": duty.due_on, "what": WHAT.get(duty.kind, "")}
    return sum(
        _tell(letter, duty, verb, department_id, now, "yellow", facts) for department_id in _holders(letter, duty)
    )


def _red(letter: Letter, duty: Duty, now: datetime) -> int:
    _yellow_verb, verb = NOTICES.get(duty.kind, OTHER)
    facts = {
        "department": telling.name_of(duty.department_id),
        "due_on": duty.due_on,
        "what": WHAT.get(duty.kind, ""),
    }
    told = _holders(letter, duty)
    office = accounts.government_office().id
    # 信访工作条例 art. 30: nothing to the office about a letter that is about the office.
    if office not in told and letter.about_department_id != office:
        told.append(office)
    return sum(_tell(letter, duty, verb, department_id, now, "red", facts) for department_id in told)


def _holders(letter: Letter, duty: Duty) -> list[int]:
    """Who has it now; with joint handling also the units whose part is missing."""
    parts = joints.joint_of(letter) if duty.kind == "letter_answer" else []
    missing = [part.department_id for part in parts if part.contributed_at is None]
    return [duty.department_id, *missing]


def _tell(
    letter: Letter, duty: Duty, verb: str, department_id: int, now: datetime, card: str, facts: dict[str, object]
) -> int:
    office = accounts.government_office().id
    of_office = department_id == office
    return telling.unit(
        letter,
        verb,
        department_id,
        now=now,
        link=telling.dispatch_link(letter) if of_office else telling.file_link(letter),
        # In the office everybody holds the one post; a unit's officer and head both get the card.
        role=Role.OFFICE if of_office else None,
        once=f"{card}:{duty.id}:{duty.due_on}",
        **facts,
    )
