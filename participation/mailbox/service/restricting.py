"""A letter turns out to be about a unit: from then on it does not exist for that unit (信访工作条例
art. 30). Lifting it again takes two people and is not done here."""

from datetime import datetime

from participation.access import Actor
from participation.accounts import queries as accounts
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files import service as files
from participation.mailbox.models import Letter
from participation.mailbox.queries import joints
from participation.mailbox.queries.repeats import merged_with
from participation.mailbox.service import supervising, telling
from participation.mailbox.service.facts import facts_of, note, step
from participation.mailbox.service.following import FOLLOWING, close_part, follow, hand_duties
from participation.mailbox.service.moving import answer_duty
from participation.mailbox.service.publishing import clear
from participation.mailbox.service.redacting import copy_of
from participation.notices import service as notices


def restrict(letter: Letter, *, about_department_id: int, actor: Actor, now: datetime, reason: str = "") -> None:
    """While the letter is open. A unit that has it or helps with it loses it at once: it goes back to
    the office, or to the mailbox's deputy unit when it is about the office. No date moves."""
    department = accounts.department(about_department_id)
    if department is None or not department.active:
        raise Refused("invalid", N_("Choose the unit"), field="about")
    office, before = accounts.government_office().id, letter.department_id
    facts = facts_of(letter, now=now, to_department_id=about_department_id)
    everyone = [letter, *merged_with(letter)]
    step("restrict", letter, facts=facts, actor=actor)
    holder = before
    if about_department_id == office:
        holder = letter.mailbox.deputy_department_id
    elif before == about_department_id:
        holder = None
    moved = holder != before
    if moved:
        letter.department_id = holder
        letter.assigned_at = None if holder is None else now
        hand_duties(letter, holder or office, actor=actor, now=now)
        follow(letter, actor=actor, now=now)
    for one in everyone:
        _hide(one, about_department_id, holder, reason, before if moved else None, actor, now)
    if moved and holder is not None:
        due_on = answer_duty(letter).due_on
        telling.unit(letter, "letter_assigned", holder, now=now, link=telling.desk_link(letter), due_on=due_on)
        telling.writer(letter, "letter_moved", now=now, department=telling.name_of(holder), due_on=due_on)
    db.session.flush()


def _hide(
    letter: Letter,
    about: int,
    holder: int | None,
    reason: str,
    before: int | None,
    actor: Actor,
    now: datetime,
) -> None:
    supervising.end_for(letter, about, actor=actor, now=now)
    part = joints.part_of(letter, [about])
    if part is not None:
        close_part(part, reason="来信限制知悉", actor=actor, now=now)
    for duty in duty_queries.duties_of("letter", letter.id):
        if duty.is_open and duty.department_id == about and duty.kind not in FOLLOWING:
            # The office's own duty to hand it over is done; others were owed by this unit only.
            if duty.kind == "letter_dispatch":
                duties.meet(duty, actor=actor, now=now)
            else:
                duties.cancel(duty, reason="办理单位变更", actor=actor, now=now)
        duties.restrict(duty, restricted_from=about, actor=actor, now=now)
    letter.about_department_id = about
    if letter.published_at is not None or copy_of(letter) is not None:
        clear(letter, reason="来信限制知悉", actor=actor, now=now)
    files.restrict(subject_kind="letter", subject_id=letter.id, restricted_from=about)
    notices.restrict(subject_kind="letter", subject_id=letter.id, restricted_from=about)
    note(letter, "restricted", actor=actor, now=now, from_department_id=before, to_department_id=holder, reason=reason)
    evidence.record("letter.restricted", subject=letter, actor=actor, now=now, facts={"number": letter.number})
    db.session.flush()
