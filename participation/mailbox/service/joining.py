"""Joint handling: units that find out their part and write it to the lead, which answers for all."""

from datetime import datetime

from participation.access import Actor, Capability, Role
from participation.accounts import queries as accounts
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox import lifecycle
from participation.mailbox.models import Letter, LetterJoint
from participation.mailbox.queries import joints
from participation.mailbox.service import telling
from participation.mailbox.service.facts import facts_of, note, step
from participation.mailbox.service.following import close_part
from participation.mailbox.service.moving import answer_duty


def join(letter: Letter, *, department_id: int, task: str, actor: Actor, now: datetime) -> LetterJoint:
    """The office asks a unit to help the one that leads: at most two beside it, never the unit that
    the letter is about. The date is the letter's."""
    department = accounts.department(department_id)
    if department is None or not department.active:
        raise Refused("invalid", N_("Choose the unit that helps"), field="joint")
    if not task:
        raise Refused("invalid", N_("Write what this unit is to find out or to do"), field="task")
    step("join", letter, facts=facts_of(letter, now=now, to_department_id=department_id), actor=actor)
    part = LetterJoint(
        letter_id=letter.id,
        round=letter.round,
        department_id=department_id,
        task=task,
        added_at=now,
        added_by=actor.person_id,
    )
    db.session.add(part)
    db.session.flush()
    note(
        letter,
        "joined",
        actor=actor,
        now=now,
        from_department_id=letter.department_id,
        to_department_id=department_id,
        reason=task,
    )
    evidence.record(
        "letter.joined", subject=part, actor=actor, now=now, facts={"letter": letter.id, "department": department_id}
    )
    telling.unit(
        letter,
        "letter_joined",
        department_id,
        now=now,
        link=f"/desk/{letter.id}/joint",
        lead=telling.name_of(letter.department_id),
        task=task,
        due_on=answer_duty(letter).due_on,
    )
    db.session.flush()
    return part


def unjoin(letter: Letter, *, department_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """The office takes a unit off the letter again, with the reason."""
    step("unjoin", letter, facts=facts_of(letter, now=now), actor=actor)
    part = joints.part_of(letter, [department_id])
    if part is None:
        raise Refused("wrong_time", N_("This unit does not help with the letter any more"))
    if not reason:
        raise Refused("invalid", N_("Write why the unit helps no longer"), field="reason")
    close_part(part, reason=reason, actor=actor, now=now)
    note(letter, "unjoined", actor=actor, now=now, from_department_id=department_id, reason=reason)
    db.session.flush()


def contribution_refusal(letter: Letter, part: LetterJoint | None, actor: Actor) -> Refused | None:
    """Why `actor` may not write this part now, or None."""
    if letter.about_department_id is not None and letter.about_department_id in actor.department_ids:
        return Refused("not_found", N_("There is no such letter"), lifecycle.CONFLICT_RULE)
    if part is None or part.removed_at is not None or not actor.can(Capability.ANSWER, part.department_id):
        return Refused("forbidden", N_("Your unit does not help with this letter"))
    if letter.stage == "submitted":
        return Refused("wrong_time", N_("The answer is waiting for approval; ask the unit that leads to take it up"))
    if letter.stage not in lifecycle.OPEN or part.round != letter.round:
        return Refused("wrong_time", N_("The letter is closed; what was written stays as it is"))
    return None


def contribute(
    letter: Letter, part: LetterJoint | None, *, text: str, version: int, actor: Actor, now: datetime
) -> LetterJoint:
    """Writes the unit's part, or writes it anew. `version` is what the form showed; a stale one
    raises Refused("conflict")."""
    refused = contribution_refusal(letter, part, actor)
    if refused is not None or part is None:
        raise refused or Refused("forbidden", N_("Your unit does not help with this letter"))
    if version != part.version:
        raise Refused(
            "conflict",
            N_("A colleague changed this text while you were writing. Put both together and save again"),
            kept=text,
        )
    if not text:
        raise Refused("invalid", N_("Write what your unit found and did"), field="text")
    first = part.contributed_at is None
    part.contribution, part.contributed_at, part.contributed_by = text, now, actor.person_id
    db.session.flush()
    if first:
        note(letter, "contributed", actor=actor, now=now, from_department_id=part.department_id)
    evidence.record(
        "letter.contributed",
        subject=part,
        actor=actor,
        now=now,
        facts={"letter": letter.id, "department": part.department_id},
    )
    if letter.department_id is not None:
        telling.unit(
            letter,
            "joint_contributed",
            letter.department_id,
            now=now,
            link=telling.desk_link(letter),
            role=Role.OFFICER,
            department=telling.name_of(part.department_id),
            due_on=answer_duty(letter).due_on,
        )
    db.session.flush()
    return part
