"""More time for an answer: a unit asks, the government office decides, both before the due date.

山东省政务服务热线管理办法 (2020): once, generally at most 10 workdays. What is known already is told to
the writer with the approval, and the letter is never counted as answered in time again.
"""

from datetime import datetime

from participation.access import SYSTEM, Actor, Role
from participation.accounts import queries as accounts
from participation.duties import service as duties
from participation.duties.rules import EXTENSION_RULE, MOST_EXTENSION_WORKDAYS
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox import lifecycle
from participation.mailbox.models import Extension, Letter
from participation.mailbox.queries import extensions
from participation.mailbox.queries.repeats import merged_with
from participation.mailbox.service import telling
from participation.mailbox.service.facts import facts_of, note
from participation.mailbox.service.moving import answer_duty


def ask_extension(
    letter: Letter, *, workdays: int, reason: str, interim: str, actor: Actor, now: datetime
) -> Extension:
    """The unit asks for 1 to 10 workdays more, with the reason (it becomes public) and what can be
    answered already. Nothing changes until the office has decided."""
    _allowed("ask_extension", letter, actor, now)
    if not 1 <= workdays <= MOST_EXTENSION_WORKDAYS:
        raise Refused("invalid", N_("Choose 1 to 10 workdays."), EXTENSION_RULE, field="workdays")
    if not reason:
        raise Refused("invalid", N_("Write why more time is needed; the reason becomes public"), field="reason")
    if not interim:
        raise Refused("invalid", N_("Tell the writer what is clear already"), field="interim")
    _let_lapse(letter, now=now)
    assert letter.department_id is not None
    request = Extension(
        letter_id=letter.id,
        round=letter.round,
        department_id=letter.department_id,
        workdays=workdays,
        reason=reason,
        interim=interim,
        asked_at=now,
        asked_by=actor.person_id,
        old_due_on=answer_duty(letter).due_on,
        outcome="",
    )
    db.session.add(request)
    db.session.flush()
    note(letter, "extension_asked", actor=actor, now=now, from_department_id=letter.department_id, reason=reason)
    _record("letter.extension_asked", request, letter, actor=actor, now=now)
    telling.unit(
        letter,
        "extension_asked",
        accounts.government_office().id,
        now=now,
        link=f"/dispatch/{letter.id}/extension",
        from_department=telling.name_of(letter.department_id),
        workdays=workdays,
        due_on=request.old_due_on,
    )
    db.session.flush()
    return request


def approve_extension(letter: Letter, *, actor: Actor, now: datetime) -> Extension:
    """The office gives the time: the date is counted anew from the original start, and the writer
    gets the reason, the new date and the first part of the answer. Letters merged into this one
    get the same time, each on its own count."""
    request = _asked("decide_extension", letter, actor, now)
    duty = duties.extend(answer_duty(letter), workdays=request.workdays, reason=request.reason, actor=actor, now=now)
    # Both at once: the table knows no approval without a date.
    request.new_due_on = duty.due_on
    _decide(request, letter, "approved", actor=actor, now=now)
    _tell_approved(letter, request, actor=actor, now=now)
    for other in merged_with(letter):
        _extend_merged(other, request, actor=actor, now=now)
    telling.unit(
        letter,
        "extension_approved",
        request.department_id,
        now=now,
        link=telling.desk_link(letter),
        role=Role.OFFICER,
        due_on=duty.due_on,
    )
    db.session.flush()
    return request


def decline_extension(letter: Letter, *, reason: str, actor: Actor, now: datetime) -> Extension:
    """The office does not give the time; the date stays, and the unit reads why."""
    request = _asked("decide_extension", letter, actor, now)
    if not reason:
        raise Refused("invalid", N_("Write why no more time is given; the unit reads it"), field="decision")
    _decide(request, letter, "declined", actor=actor, now=now, decision=reason)
    note(
        letter,
        "extension_declined",
        actor=actor,
        now=now,
        from_department_id=accounts.government_office().id,
        to_department_id=request.department_id,
        reason=reason,
    )
    telling.unit(
        letter,
        "extension_declined",
        request.department_id,
        now=now,
        link=telling.desk_link(letter),
        role=Role.OFFICER,
        reason=reason,
        due_on=answer_duty(letter).due_on,
    )
    db.session.flush()
    return request


def lapse_extensions(letter: Letter, *, now: datetime) -> int:
    """Requests that nobody can decide any more end as lapsed, and the unit is told. Returns how many."""
    ended = _let_lapse(letter, now=now)
    for request in ended:
        if letter.department_id == request.department_id and letter.stage in lifecycle.OPEN:
            telling.unit(
                letter,
                "extension_lapsed",
                request.department_id,
                now=now,
                link=telling.desk_link(letter),
                role=Role.OFFICER,
                due_on=request.old_due_on,
            )
    db.session.flush()
    return len(ended)


def _let_lapse(letter: Letter, *, now: datetime) -> list[Extension]:
    past = now >= answer_duty(letter).due_at
    ended = [
        row
        for row in extensions.of_letter(letter.id)
        if row.outcome == "" and (past or not extensions.waits(row, letter))
    ]
    for request in ended:
        _decide(request, letter, "lapsed", actor=SYSTEM, now=now)
        note(letter, "extension_lapsed", actor=SYSTEM, now=now, from_department_id=request.department_id)
    return ended


def _extend_merged(letter: Letter, lead: Extension, *, actor: Actor, now: datetime) -> None:
    duty = answer_duty(letter)
    if now >= duty.due_at or duty.extended or extensions.approved(letter.id) is not None:
        return
    assert letter.department_id is not None
    duties.extend(duty, workdays=lead.workdays, reason=lead.reason, actor=actor, now=now)
    request = Extension(
        letter_id=letter.id,
        round=letter.round,
        department_id=letter.department_id,
        workdays=lead.workdays,
        reason=lead.reason,
        interim=lead.interim,
        asked_at=lead.asked_at,
        asked_by=lead.asked_by,
        old_due_on=duty.redatings[-1].old_due_on,
        new_due_on=duty.due_on,
        outcome="approved",
        decided_at=now,
        decided_by=actor.person_id,
    )
    db.session.add(request)
    db.session.flush()
    _record("letter.extension_approved", request, letter, actor=actor, now=now)
    _tell_approved(letter, request, actor=actor, now=now)


def _tell_approved(letter: Letter, request: Extension, *, actor: Actor, now: datetime) -> None:
    note(
        letter,
        "extended",
        actor=actor,
        now=now,
        from_department_id=accounts.government_office().id,
        to_department_id=request.department_id,
        reason=request.reason,
    )
    telling.writer(letter, "letter_extended", now=now, due_on=request.new_due_on, old_due_on=request.old_due_on)


def _allowed(action: str, letter: Letter, actor: Actor, now: datetime) -> None:
    refused = lifecycle.refusal(action, facts_of(letter, now=now), actor)
    if refused is not None:
        raise refused


def _asked(action: str, letter: Letter, actor: Actor, now: datetime) -> Extension:
    _allowed(action, letter, actor, now)
    request = extensions.standing(letter)
    assert request is not None  # the lifecycle has seen that one waits
    return request


def _decide(
    request: Extension, letter: Letter, outcome: str, *, actor: Actor, now: datetime, decision: str = ""
) -> None:
    request.outcome, request.decision, request.decided_at = outcome, decision, now
    request.decided_by = actor.person_id if outcome != "lapsed" else None
    if outcome != "approved":
        db.session.flush()
    _record(f"letter.extension_{outcome}", request, letter, actor=actor, now=now)


def _record(verb: str, request: Extension, letter: Letter, *, actor: Actor, now: datetime) -> None:
    evidence.record(
        verb,
        subject=request,
        actor=actor,
        now=now,
        facts={"letter": letter.id, "number": letter.number, "workdays": request.workdays},
    )
