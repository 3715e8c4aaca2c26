"""A list of contacts from the wish to its end as one table, and the one place that says no. Pure.

Nobody takes a list that a second person has not allowed (security.md T29; 个人信息保护法 art. 51)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from participation.access import Actor, Capability, Role
from participation.errors import N_, Refused
from participation.privacy.contact_lists.rules import FETCHES

STAGES: dict[str, str] = {
    "asked": N_("Waiting for a second person"),
    "approved": N_("Allowed"),
    "refused": N_("Not allowed"),
    "withdrawn": N_("No longer needed"),
    "lapsed": N_("Not decided in time"),
}
RULE = "个人信息保护法 第五十一条"
DESKS: dict[str, str] = {
    "unit": N_("the head of the unit"),
    "above": N_("a second person of the government office, or the administrator"),
}
"""Who decides: for officers their head; for heads, the office and auditors somebody above."""


@dataclass(frozen=True)
class Transition:
    """`by`: decider, asker, or clock. An empty `target` keeps the stage."""

    sources: frozenset[str]
    target: str
    by: str


def _from(*stages: str) -> frozenset[str]:
    return frozenset(stages)


TRANSITIONS: Mapping[str, Transition] = {
    "approve": Transition(_from("asked"), "approved", "decider"),
    "refuse": Transition(_from("asked"), "refused", "decider"),
    "withdraw": Transition(_from("asked", "approved"), "withdrawn", "asker"),
    "fetch": Transition(_from("approved"), "", "asker"),
    "confirm_deleted": Transition(_from("approved", "withdrawn"), "", "asker"),
    "lapse": Transition(_from("asked"), "lapsed", "clock"),
}


@dataclass(frozen=True)
class Facts:
    """What `refusal` needs to know of a list. It can be taken before `ends_at`."""

    stage: str
    asked_by: int
    department_id: int
    desk: str
    ends_at: datetime
    now: datetime
    fetches: int = 0
    deleted: bool = False

    @property
    def over(self) -> bool:
        return self.now >= self.ends_at


def desk_of(department_id: int, actor: Actor) -> str:
    """Who has to decide what this person asks for."""
    roles = {post.role for post in actor.posts if post.department_id == department_id}
    return "unit" if roles == {Role.OFFICER} else "above"


def decides(department_id: int, desk: str, actor: Actor) -> bool:
    """Whether it is this person's office to decide; who asked is another question."""
    if desk == "unit":
        return Role.HEAD in {post.role for post in actor.posts if post.department_id == department_id}
    return bool({Role.OFFICE, Role.ADMINISTRATOR} & actor.roles)


def refusal(action: str, facts: Facts, actor: Actor) -> Refused | None:
    """Why `actor` may not do `action` now, or None when they may."""
    rule = TRANSITIONS[action]
    return _who(rule, facts, actor) or _when(action, rule, facts)


def _who(rule: Transition, facts: Facts, actor: Actor) -> Refused | None:
    if rule.by == "clock":
        return None if actor.name == "system" else Refused("forbidden", N_("Only the clock does this"))
    if rule.by == "asker":
        if actor.person_id != facts.asked_by:
            return Refused("forbidden", N_("Only the person who asked for the list may do this"), RULE)
        if rule is TRANSITIONS["fetch"] and not actor.can(Capability.ASK_CONTACTS, facts.department_id):
            return Refused("forbidden", N_("You no longer hold the post in which you asked for this list"), RULE)
        return None
    if actor.person_id == facts.asked_by:
        return Refused("forbidden", N_("You asked for this yourself; somebody else must decide it"), RULE)
    if not (actor.can(Capability.DECIDE_CONTACTS) and decides(facts.department_id, facts.desk, actor)):
        return Refused("forbidden", N_("Another office decides about this list"), RULE)
    return None


def _when(action: str, rule: Transition, facts: Facts) -> Refused | None:
    if action == "lapse":
        ready = facts.stage == "asked" and facts.over
        return None if ready else Refused("wrong_time", N_("This request can still be decided"))
    if facts.stage not in rule.sources:
        return _not_now(action, facts)
    if action == "confirm_deleted":
        if not facts.fetches:
            return Refused("wrong_time", N_("The list was never taken, so there is nothing to delete"))
        return Refused("wrong_time", N_("You have confirmed this already")) if facts.deleted else None
    if action in ("approve", "fetch", "withdraw") and facts.over:
        return Refused("wrong_time", N_("The last day of this list is over. Ask again if it is still needed"), RULE)
    if action == "fetch" and facts.deleted:
        return Refused("wrong_time", N_("You have confirmed that the list is deleted. Ask again if it is still needed"))
    if action == "fetch" and facts.fetches >= FETCHES:
        return Refused("wrong_time", N_("The list was taken 3 times already. Ask again if it is still needed"), RULE)
    return None


def _not_now(action: str, facts: Facts) -> Refused:
    if action in ("approve", "refuse"):
        return Refused("conflict", N_("This request has been decided or withdrawn meanwhile. Look at it again"))
    messages = {
        "asked": N_("A second person has not decided about this list yet"),
        "refused": N_("This list was not allowed"),
        "withdrawn": N_("You said that this list is no longer needed"),
        "lapsed": N_("This request was not decided before its last day. Ask again if it is still needed"),
        "approved": N_("This list was allowed already"),
    }
    return Refused("wrong_time", messages[facts.stage], RULE)


def standing(facts: Facts) -> str:
    """What the page says: the stage, or `over` or `taken` for an allowed list that gives nothing any more."""
    if facts.stage == "approved" and facts.over:
        return "over"
    if facts.stage == "approved" and (facts.fetches >= FETCHES or facts.deleted):
        return "taken"
    return "asked_late" if facts.stage == "asked" and facts.over else facts.stage


STANDINGS: dict[str, str] = STAGES | {
    "over": N_("Its time is over"),
    "taken": N_("Taken as often as allowed"),
    "asked_late": N_("Not decided in time"),
}
