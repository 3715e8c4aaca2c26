"""A consultation's life as one table, and the one place that says no. Pure.

Buttons, POST handlers and tests ask `refusal()`; the database repeats the stages as CHECKs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from participation.access import Actor, Capability
from participation.consultations.rules.checklist import Check, missing
from participation.consultations.rules.period import ART_15
from participation.errors import N_, Refused

STAGES: dict[str, str] = {
    "draft": N_("Being drafted"),
    "submitted": N_("Waiting for the head"),
    "open": N_("Open for comment"),
    "sorting": N_("Being answered"),
    "answered": N_("Answered"),
    "withdrawn": N_("Withdrawn"),
}
PUBLISHED = frozenset({"open", "sorting", "answered", "withdrawn"})
ART_18 = "国务院令第713号 第十八条"


@dataclass(frozen=True)
class Transition:
    """One row of the table. `capability` None: the clock does it, no person. The capability
    must come from a post in the consultation's own department."""

    sources: frozenset[str]
    target: str  # "" keeps the stage
    capability: Capability | None


def _from(*stages: str) -> frozenset[str]:
    return frozenset(stages)


C = Capability
TRANSITIONS: Mapping[str, Transition] = {
    "edit": Transition(_from("draft"), "", C.DRAFT_CONSULTATION),
    "submit": Transition(_from("draft"), "submitted", C.DRAFT_CONSULTATION),
    "send_back": Transition(_from("submitted"), "draft", C.APPROVE),
    "publish": Transition(_from("submitted"), "open", C.APPROVE),
    "extend": Transition(_from("open"), "", C.APPROVE),
    "correct": Transition(_from("open"), "", C.APPROVE),
    "revise": Transition(_from("open"), "", C.APPROVE),
    "close": Transition(_from("open"), "sorting", None),
    "enter": Transition(_from("open", "sorting", "withdrawn"), "", C.ENTER_FOR_OTHERS),
    "confirm_day": Transition(_from("open", "sorting", "answered", "withdrawn"), "", C.APPROVE),
    "review": Transition(_from("open", "sorting", "answered", "withdrawn"), "", C.ANSWER),
    "sort": Transition(_from("open", "sorting", "withdrawn"), "", C.ANSWER),
    "submit_feedback": Transition(_from("sorting", "withdrawn"), "", C.ANSWER),
    "return_feedback": Transition(_from("sorting", "withdrawn"), "", C.APPROVE),
    "publish_feedback": Transition(_from("sorting", "withdrawn"), "answered", C.APPROVE),
    "ask_withdrawal": Transition(_from("open", "sorting"), "", C.DRAFT_CONSULTATION),
    "withdraw": Transition(_from("open", "sorting"), "withdrawn", C.APPROVE),
}


@dataclass(frozen=True)
class Facts:
    """What `refusal` needs to know. `missing` and `unanswered` only where the action asks for them."""

    stage: str
    department_id: int
    now: datetime
    closes_at: datetime | None = None
    ends_on: date | None = None
    wanted_ends_on: date | None = None
    submitted_by: int | None = None
    withdrawal_asked_by: int | None = None
    withdrawal_reason: str = ""
    feedback_submitted_by: int | None = None
    feedback_submitted: bool = False
    unanswered: int = 0
    reconciles: bool = True
    checks: list[Check] = field(default_factory=list)


def refusal(action: str, facts: Facts, actor: Actor) -> Refused | None:
    """Why `actor` may not do `action` now, or None when they may."""
    rule = TRANSITIONS[action]
    return _who(rule, facts, actor) or _when(action, rule, facts) or _what(action, facts, actor)


def _who(rule: Transition, facts: Facts, actor: Actor) -> Refused | None:
    if rule.capability is None:
        if actor.person_id is None and actor.name == "system":
            return None
        return Refused("forbidden", N_("Only the clock closes a consultation"), ART_15)
    if actor.can(rule.capability, facts.department_id):
        return None
    if facts.department_id in actor.department_ids and rule.capability is C.APPROVE:
        return Refused("forbidden", N_("The head of the department decides this"))
    return Refused("forbidden", N_("Only the department that holds this consultation may do this"))


def _when(action: str, rule: Transition, facts: Facts) -> Refused | None:
    if facts.stage not in rule.sources:
        if facts.stage in ("draft", "submitted"):
            return Refused("wrong_time", N_("The consultation is not published yet"), ART_15)
        if facts.stage == "withdrawn":
            return Refused("wrong_time", N_("The consultation has been withdrawn"))
        if facts.stage == "answered":
            return Refused("wrong_time", N_("The feedback is public; what was published stays as it is"), ART_18)
        if action in ("submit_feedback", "publish_feedback", "return_feedback"):
            return Refused(
                "wrong_time", N_("The feedback follows the end of the period: comments may still come in"), ART_15
            )
        return Refused("wrong_time", N_("The consultation is already published, so this can no longer be done"), ART_15)
    over = facts.closes_at is not None and facts.now >= facts.closes_at
    if action in ("extend", "correct", "revise") and over:
        return Refused("wrong_time", N_("The period is over; a new consultation is needed"), ART_15)
    if action == "close" and not over:
        return Refused(
            "wrong_time", N_("The period runs until 24:00 of its last day and is never closed earlier"), ART_15
        )
    return None


def _what(action: str, facts: Facts, actor: Actor) -> Refused | None:
    if action in ("submit", "publish") and missing(facts.checks):
        return _incomplete(missing(facts.checks))
    if action == "publish" and _same(facts.submitted_by, actor):
        return Refused("forbidden", N_("You submitted this yourself; somebody else must publish it"))
    if action == "extend" and _shorter(facts):
        message = N_("Choose a day after the announced last day: a period may be extended, never shortened")
        return Refused("invalid", message, ART_15, field="ends_on")
    if action == "revise" and _earlier(facts):
        message = N_("Choose the announced last day or a later one: a period is never shortened")
        return Refused("invalid", message, ART_15, field="ends_on")
    if action == "withdraw":
        if not facts.withdrawal_reason:
            return Refused("wrong_time", N_("Nobody has asked for the withdrawal with a reason yet"))
        if _same(facts.withdrawal_asked_by, actor):
            return Refused("forbidden", N_("You asked for this yourself; somebody else must approve it"))
    if action in ("submit_feedback", "publish_feedback"):
        return _feedback(action, facts, actor)
    if action == "return_feedback" and not facts.feedback_submitted:
        return Refused("wrong_time", N_("The feedback has not been submitted"))
    return None


def _incomplete(checks: list[Check]) -> Refused:
    first = checks[0]
    if len(checks) == 1:
        return Refused("invalid", first.title, first.law, field=first.field, args_=first.title_args)
    message = N_("%(count)s things are missing before this can be published; the list names each")
    return Refused("invalid", message, first.law, field=first.field, args_={"count": len(checks)})


def _feedback(action: str, facts: Facts, actor: Actor) -> Refused | None:
    if facts.unanswered:
        message = N_(
            "%(count)s comments have no outcome yet; the feedback can be published when each has its outcome and reason"
        )
        return Refused("wrong_time", message, ART_18, args_={"count": facts.unanswered})
    if not facts.reconciles:
        return Refused("wrong_time", N_("The counts do not add up; nothing can be published until they do"), ART_18)
    if action == "publish_feedback":
        if not facts.feedback_submitted:
            return Refused("wrong_time", N_("The feedback has not been submitted"))
        if _same(facts.feedback_submitted_by, actor):
            return Refused("forbidden", N_("You submitted this yourself; somebody else must publish it"))
    return None


def _shorter(facts: Facts) -> bool:
    wanted, ends_on = facts.wanted_ends_on, facts.ends_on
    return wanted is not None and ends_on is not None and wanted <= ends_on


def _earlier(facts: Facts) -> bool:
    wanted, ends_on = facts.wanted_ends_on, facts.ends_on
    return wanted is not None and ends_on is not None and wanted < ends_on


def _same(person_id: int | None, actor: Actor) -> bool:
    return person_id is not None and person_id == actor.person_id


def accepts(now: datetime, closes_at: datetime, stage: str) -> bool:
    """Whether a comment that arrives at `now` counts: before 24:00 of the last day (T26)."""
    return stage == "open" and now < closes_at
