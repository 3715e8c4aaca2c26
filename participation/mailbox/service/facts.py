"""What the lifecycle needs to know of a letter, and the one check before every act."""

from datetime import datetime
from typing import Any

from participation import clock
from participation.access import Actor
from participation.accounts import queries as accounts
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.duties.models import Duty
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import lifecycle
from participation.mailbox.lifecycle import LetterFacts
from participation.mailbox.models import Answer, Letter, LetterEvent
from participation.mailbox.queries import extensions, joints, rounds
from participation.mailbox.reopening import reopen_until
from participation.mailbox.rules import RETURN_WITHIN_WORKDAYS


def facts_of(
    letter: Letter,
    *,
    now: datetime,
    answer: Answer | None = None,
    to_department_id: int | None = None,
    by_writer: bool = False,
) -> LetterFacts:
    """The letter as the lifecycle sees it now. `answer` is needed to judge an approval."""
    return_until = None
    if letter.stage == "assigned" and letter.assigned_at is not None:
        given_on = clock.local_date(letter.assigned_at)
        return_until = duties.load_calendar().due(given_on, RETURN_WITHIN_WORKDAYS).due_on
    duty = duty_queries.duty_for("letter", letter.id, "letter_answer")
    return LetterFacts(
        stage=letter.stage,
        department_id=letter.department_id,
        about_department_id=letter.about_department_id,
        office_id=accounts.government_office().id,
        deputy_id=letter.mailbox.deputy_department_id,
        to_department_id=to_department_id,
        today=clock.local_date(now),
        return_until=return_until,
        ruled=letter.ruled,
        submitted_by=answer.submitted_by if answer else None,
        by_writer=by_writer,
        returns=letter.returns,
        had=tuple(duty_queries.holders(duty)) if duty is not None else (),
        joint=frozenset(part.department_id for part in joints.joint_of(letter)),
        merged=letter.merged_into_id is not None and letter.stage in lifecycle.OPEN,
        reclassified=letter.reclassified_as != "",
        **_of_time(letter, duty, now),
    )


def _of_time(letter: Letter, duty: Duty | None, now: datetime) -> dict[str, Any]:
    """What depends on the date, and on what came after an answer."""
    if letter.stage in lifecycle.OPEN:
        request = extensions.standing(letter)
        return {
            "past_due": duty is not None and now >= duty.due_at,
            "extension": "" if request is None else request.outcome or "pending",
            "asked_by": request.asked_by if request is not None else None,
        }
    return {
        "reopened": frozenset(row.cause for row in rounds.reopenings(letter.id)),
        "reopen_over": letter.answered_at is not None and now >= reopen_until(letter.answered_at),
        "rated": rounds.rating(letter.id, letter.round) is not None,
    }


def refusals(letter: Letter, *, actor: Actor, now: datetime, answer: Answer | None = None) -> dict[str, Refused | None]:
    """For every action why it is refused, None when it is not: the page draws its buttons from it."""
    facts = facts_of(letter, now=now, answer=answer)
    return {action: lifecycle.refusal(action, facts, actor) for action in lifecycle.TRANSITIONS}


def step(action: str, letter: Letter, *, facts: LetterFacts, actor: Actor) -> None:
    """The only place that changes a stage (and `merging`, which lets a merged letter follow its
    lead). Raises the refusal when the table has one."""
    refused = lifecycle.refusal(action, facts, actor)
    if refused is not None:
        raise refused
    letter.stage = lifecycle.target(action, facts)


def note(
    letter: Letter,
    verb: str,
    *,
    actor: Actor,
    now: datetime,
    from_department_id: int | None = None,
    to_department_id: int | None = None,
    reason: str = "",
    basis: str = "",
) -> LetterEvent:
    """Adds a line to the letter's timeline."""
    event = LetterEvent(
        letter_id=letter.id,
        verb=verb,
        at=now,
        by_person_id=actor.person_id,
        from_department_id=from_department_id,
        to_department_id=to_department_id,
        reason=reason,
        basis=basis,
    )
    db.session.add(event)
    return event
