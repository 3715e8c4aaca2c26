"""What the lifecycle needs to know of a consultation, and the one check before every act."""

from datetime import date, datetime

from participation import clock
from participation.access import Actor
from participation.consultations import lifecycle, openings
from participation.consultations.lifecycle import Facts
from participation.consultations.models import Consultation
from participation.consultations.queries import counts
from participation.consultations.rules.checklist import Announcement, Check, checklist, in_order
from participation.consultations.rules.outcomes import Tally
from participation.documents import queries as documents
from participation.duties import service as duties
from participation.errors import Refused

_WITH_CHECKS = ("submit", "publish")
_WITH_COUNTS = ("submit_feedback", "publish_feedback")


def ways_of(consultation: Consultation) -> int:
    """Ways to comment: online always, and those the announcement names."""
    c = consultation
    return 1 + sum(1 for way in (c.contact_phone, c.contact_address, c.contact_visit, c.contact_email) if way)


def checks_of(consultation: Consultation, *, now: datetime) -> list[Check]:
    """The list before publication, as if it were published on the day of `now`."""
    document = documents.current("consultation", consultation.id)
    written = document is not None and document.text != ""
    facts = Announcement(
        kind=consultation.kind,
        concerns_business=consultation.concerns_business,
        starts_on=consultation.starts_on or clock.local_date(now),
        ends_on=consultation.ends_on,
        short_reason=consultation.short_reason,
        promised_feedback_on=consultation.promised_feedback_on,
        draft_clauses=documents.clause_count(document) if document is not None and written else None,
        explanation=consultation.explanation,
        why=consultation.why,
        contact_person=consultation.contact_person,
        contact_phone=consultation.contact_phone,
        contact_address=consultation.contact_address,
        contact_email=consultation.contact_email,
        ways=ways_of(consultation),
    )
    return in_order([*checklist(facts, duties.load_calendar()), *openings.checks_of(consultation)])


def facts_of(
    consultation: Consultation,
    *,
    now: datetime,
    action: str = "",
    wanted_ends_on: date | None = None,
    every: bool = False,
    found: Tally | None = None,
) -> Facts:
    """The consultation as the lifecycle sees it now; lists and counts only where `action` needs
    them, or all of them with `every`."""
    checks: list[Check] = []
    unanswered, reconciles = 0, True
    if (every or action in _WITH_CHECKS) and consultation.stage in ("draft", "submitted"):
        checks = checks_of(consultation, now=now)
    if (every or action in _WITH_COUNTS) and consultation.stage in ("sorting", "withdrawn"):
        found = found or counts.tally(consultation.id)
        unanswered, reconciles = found.open, found.reconciles or found.open > 0
    return Facts(
        stage=consultation.stage,
        department_id=consultation.department_id,
        now=now,
        closes_at=consultation.closes_at,
        ends_on=consultation.ends_on,
        wanted_ends_on=wanted_ends_on,
        submitted_by=consultation.submitted_by,
        withdrawal_asked_by=consultation.withdrawal_asked_by,
        withdrawal_reason=consultation.withdrawal_reason,
        feedback_submitted_by=consultation.feedback_submitted_by,
        feedback_submitted=consultation.feedback_submitted_at is not None,
        unanswered=unanswered,
        reconciles=reconciles,
        checks=checks,
    )


def refusals(
    consultation: Consultation, *, actor: Actor, now: datetime, found: Tally | None = None
) -> dict[str, Refused | None]:
    """For every action why it is refused, None when it is not: pages draw their buttons from it. `found`
    are the counts of a page that has counted already."""
    facts = facts_of(consultation, now=now, every=True, found=found)
    return {action: lifecycle.refusal(action, facts, actor) for action in lifecycle.TRANSITIONS}


def step(
    action: str, consultation: Consultation, *, actor: Actor, now: datetime, wanted_ends_on: date | None = None
) -> None:
    """Raises the refusal when the table has one; else the stage may be set to `target_of(action)`."""
    facts = facts_of(consultation, now=now, action=action, wanted_ends_on=wanted_ends_on)
    refused = lifecycle.refusal(action, facts, actor)
    if refused is not None:
        raise refused


def enter_stage(action: str, consultation: Consultation) -> None:
    """The only place that assigns a stage: after `step`, together with its companion columns."""
    consultation.stage = lifecycle.TRANSITIONS[action].target or consultation.stage
