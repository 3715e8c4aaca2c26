"""A letter's life as one table, and the one place that says no. Pure.

Buttons, POST handlers and tests ask `refusal()`; the database repeats the stages as CHECKs.
No action here touches the clock: only an approved answer or a refusal with its ground meets the
five workdays (R21-R24).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from participation.access import Actor, Capability
from participation.duties.rules import EXTENSION_RULE
from participation.errors import N_, Refused

STAGES: dict[str, str] = {
    "received": N_("Waiting to be given to a unit"),
    "assigned": N_("Being handled"),
    "returned": N_("Returned, waiting for the government office"),
    "submitted": N_("Answer written, waiting for approval"),
    "answered": N_("Answered"),
    "refused": N_("Not taken, with the reason"),
    "withdrawn": N_("Withdrawn by the writer"),
}
OPEN = frozenset({"received", "assigned", "returned", "submitted"})
AFTER_THE_ANSWER = frozenset({"answered", "refused"})
WITH_DEPARTMENT = frozenset({"assigned", "submitted", "answered"})
MOST_UNITS = 3
"""Units that may have a letter one after another in a round, and lead and joint units together."""


@dataclass(frozen=True)
class Transition:
    """One row of the table. `capability` None means that only the writer may; an empty `target`
    keeps the stage."""

    sources: frozenset[str]
    target: str
    capability: Capability | None
    of_department: bool = False


def _from(*stages: str) -> frozenset[str]:
    return frozenset(stages)


TRANSITIONS: Mapping[str, Transition] = {
    "assign": Transition(_from("received", "returned"), "assigned", Capability.DISPATCH),
    "transfer": Transition(_from("assigned", "submitted"), "assigned", Capability.DISPATCH),
    "refuse": Transition(_from("received", "returned"), "refused", Capability.DISPATCH),
    "restrict": Transition(OPEN, "", Capability.DISPATCH),
    "join": Transition(_from("assigned"), "", Capability.DISPATCH),
    "unjoin": Transition(_from("assigned"), "", Capability.DISPATCH),
    "merge": Transition(_from("received", "assigned", "returned"), "", Capability.DISPATCH),
    "unmerge": Transition(OPEN, "", Capability.DISPATCH),
    "reclassify": Transition(OPEN, "", Capability.DISPATCH),
    "give_back": Transition(_from("assigned"), "returned", Capability.ANSWER, of_department=True),
    "save_draft": Transition(_from("assigned"), "assigned", Capability.ANSWER, of_department=True),
    "submit": Transition(_from("assigned"), "submitted", Capability.ANSWER, of_department=True),
    "send_back": Transition(_from("submitted"), "assigned", Capability.APPROVE, of_department=True),
    "approve": Transition(_from("submitted"), "answered", Capability.APPROVE, of_department=True),
    "withdraw": Transition(OPEN, "withdrawn", None),
    "ask_extension": Transition(_from("assigned", "submitted"), "", Capability.ANSWER, of_department=True),
    "decide_extension": Transition(_from("assigned", "submitted"), "", Capability.DISPATCH),
    "rate": Transition(_from("answered", "refused"), "", None),
    "reopen": Transition(_from("answered", "refused"), "assigned", None),
    "redo": Transition(_from("answered", "refused"), "assigned", Capability.DISPATCH),
}

ANSWER_RULE = "周村区2021年政务公开工作方案 第四部分（四）"
CONFLICT_RULE = "信访工作条例 第三十条"
RETURN_RULE = "山东省政务服务热线管理办法（2020）"


@dataclass(frozen=True)
class LetterFacts:
    """What `refusal` needs to know of a letter. `to_department_id` is the wish of an assignment."""

    stage: str
    department_id: int | None = None
    about_department_id: int | None = None
    office_id: int | None = None
    deputy_id: int | None = None
    to_department_id: int | None = None
    today: date | None = None
    return_until: date | None = None
    ruled: bool = False
    submitted_by: int | None = None
    by_writer: bool = False
    returns: int = 0
    had: tuple[int, ...] = ()
    """The units that have had the letter in this round, in order; without the office."""
    joint: frozenset[int] = frozenset()
    merged: bool = False
    reclassified: bool = False
    past_due: bool = False
    extension: str = ""
    """pending, or approved in any round; empty when the unit may ask."""
    asked_by: int | None = None
    reopened: frozenset[str] = frozenset()
    """By whom already: writer, review."""
    reopen_over: bool = False
    rated: bool = False


def refusal(action: str, facts: LetterFacts, actor: Actor) -> Refused | None:
    """Why `actor` may not do `action` now, or None when they may."""
    rule = rule_of(action, facts)
    return _who(rule, facts, actor) or _when(rule, facts) or _merged(action, facts) or _what(action, facts, actor)


def target(action: str, facts: LetterFacts) -> str:
    """The stage that an allowed act leads to. A letter that its unit must not see goes back to the
    office when it is restricted, or to the deputy unit when it is about the office
    (`to_department_id` is then the unit concerned)."""
    if action == "restrict" and facts.to_department_id == facts.office_id and facts.department_id != facts.deputy_id:
        return "assigned"
    if action == "restrict" and facts.department_id is not None and facts.department_id == facts.to_department_id:
        return "returned"
    if action in ("reopen", "redo") and facts.stage == "refused":
        return "received"
    return TRANSITIONS[action].target or facts.stage


def ruling_needed(facts: LetterFacts) -> str:
    """Why giving the letter to `to_department_id` is a ruling, as an English sentence, or "". The
    unit it is about does not count: it is taken from that one through nobody's fault."""
    to = facts.to_department_id
    if to is None or to == facts.office_id:
        return ""
    had = [unit for unit in dict.fromkeys(facts.had) if unit not in (facts.office_id, facts.about_department_id)]
    if to in had:
        return N_(
            "This unit had the letter before, so this is a ruling: write reason and basis, it cannot be returned again"
        )
    if len(had) >= MOST_UNITS:
        return N_(
            "Three units have had the letter, so this is a ruling: write reason and basis, it cannot be returned again"
        )
    if facts.stage == "returned" and facts.returns >= 2:
        return N_(
            "The letter was returned twice, so this is a ruling: write reason and basis, it cannot be returned again"
        )
    return ""


def rule_of(action: str, facts: LetterFacts) -> Transition:
    """The row of the table. What the office may not know of, or has answered itself, an auditor orders anew."""
    rule = TRANSITIONS[action]
    office = facts.office_id is not None and facts.office_id in (facts.about_department_id, facts.department_id)
    if action == "redo" and (office or facts.stage == "refused"):
        return replace(rule, capability=Capability.WRITE_FINDING)
    return rule


def _who(rule: Transition, facts: LetterFacts, actor: Actor) -> Refused | None:
    if rule.capability is None:
        if facts.by_writer:
            return None
        return Refused("forbidden", N_("Only the writer of the letter may do this"))
    if facts.about_department_id in actor.department_ids and facts.about_department_id is not None:
        return Refused("not_found", N_("There is no such letter"), CONFLICT_RULE)
    department = facts.department_id if rule.of_department else None
    if rule.of_department and department is None:
        return None if actor.can(rule.capability) else Refused("forbidden", N_("This letter is not with your unit"))
    if not actor.can(rule.capability, department):
        message = (
            N_("This letter is not with your unit")
            if rule.of_department
            else N_("Only the government office may do this")
        )
        return Refused("forbidden", message)
    return None


def _when(rule: Transition, facts: LetterFacts) -> Refused | None:
    if facts.stage in rule.sources:
        return None
    if rule.sources == AFTER_THE_ANSWER and facts.stage in OPEN:
        return Refused("wrong_time", N_("The letter is being handled; this can be done once it is answered"))
    if facts.stage in ("answered", "refused"):
        return Refused(
            "wrong_time", N_("The letter has been answered already; what was answered stays as it is"), ANSWER_RULE
        )
    if facts.stage == "withdrawn":
        return Refused("wrong_time", N_("The writer has withdrawn the letter; there is nothing more to do"))
    if facts.stage == "submitted":
        return Refused("wrong_time", N_("The answer is waiting for approval; ask the head to return it first"))
    if facts.stage in ("received", "returned"):
        return Refused("wrong_time", N_("The letter is with the government office, which decides first who handles it"))
    return Refused("wrong_time", N_("A colleague was faster: look at the letter again, then decide"))


def _merged(action: str, facts: LetterFacts) -> Refused | None:
    if action == "unmerge":
        return None if facts.merged else Refused("wrong_time", N_("The letter is not merged with another"))
    if facts.merged and action != "withdraw":
        return Refused(
            "wrong_time",
            N_("The letter is handled together with an earlier one of the same writer. Act on that one, or part them"),
        )
    return None


def _what(action: str, facts: LetterFacts, actor: Actor) -> Refused | None:
    if action in ("assign", "transfer", "join") and facts.to_department_id is not None:
        return _whereto(action, facts)
    if action == "reclassify" and facts.reclassified:
        return Refused("wrong_time", N_("The letter has been reclassified already"))
    if action == "restrict" and facts.about_department_id is not None:
        return Refused("wrong_time", N_("The letter is restricted already"))
    if action == "give_back":
        return _back(facts)
    if action in ("ask_extension", "decide_extension"):
        return _more_time(action, facts, actor)
    if action in ("reopen", "redo", "rate"):
        return _again(action, facts)
    if action == "approve" and facts.submitted_by is not None and facts.submitted_by == actor.person_id:
        return Refused("forbidden", N_("You submitted this answer yourself; somebody else must approve it"))
    return None


def _whereto(action: str, facts: LetterFacts) -> Refused | None:
    if facts.to_department_id == facts.about_department_id:
        return Refused(
            "invalid",
            N_("The letter is about this unit, so it cannot be given to it. Choose another unit"),
            CONFLICT_RULE,
            field="department",
        )
    if action == "transfer" and facts.to_department_id == facts.department_id:
        return Refused("invalid", N_("This unit has the letter already. Choose another unit"), field="department")
    return _beside(facts) if action == "join" else None


def _beside(facts: LetterFacts) -> Refused | None:
    if facts.to_department_id == facts.department_id or facts.to_department_id in facts.joint:
        return Refused("invalid", N_("This unit works on the letter already. Choose another unit"), field="joint")
    if len(facts.joint) + 1 >= MOST_UNITS:
        return Refused(
            "invalid", N_("One unit leads and at most two help. Take one of them off the letter first"), field="joint"
        )
    return None


def _back(facts: LetterFacts) -> Refused | None:
    if facts.about_department_id is not None and facts.about_department_id == facts.office_id:
        return Refused(
            "wrong_time",
            N_("The letter is about the government office, so it cannot go back there. Please answer it"),
            CONFLICT_RULE,
        )
    if facts.ruled:
        return Refused(
            "wrong_time",
            N_("The government office has ruled that your unit answers; it cannot be returned again"),
            RETURN_RULE,
        )
    if facts.return_until is not None and facts.today is not None and facts.today > facts.return_until:
        return Refused(
            "wrong_time",
            N_("A letter can be returned within 2 workdays after it was given to you, until %(day)s. Please answer it"),
            RETURN_RULE,
            args_={"day": facts.return_until},
        )
    return None


def _more_time(action: str, facts: LetterFacts, actor: Actor) -> Refused | None:
    if facts.about_department_id is not None and facts.about_department_id == facts.office_id:
        message = N_("The letter is about the government office, which would decide this: answer it by its date")
        return Refused("wrong_time", message, CONFLICT_RULE)
    if facts.past_due:
        message = N_("The due date has passed; more time can be asked for and given only before it")
        return Refused("wrong_time", message, EXTENSION_RULE)
    if facts.extension == "approved":
        message = N_("The letter was extended once already; there is no second time")
        return Refused("wrong_time", message, EXTENSION_RULE)
    if action == "ask_extension" and facts.extension == "pending":
        return Refused("wrong_time", N_("More time was asked for already; the government office decides"))
    if action == "decide_extension" and facts.extension != "pending":
        return Refused("wrong_time", N_("No request for more time is waiting"))
    if action == "decide_extension" and facts.asked_by is not None and facts.asked_by == actor.person_id:
        return Refused("forbidden", N_("You asked for this yourself; somebody else must decide it"), EXTENSION_RULE)
    return None


def _again(action: str, facts: LetterFacts) -> Refused | None:
    if action == "rate":
        return Refused("wrong_time", N_("You have rated this answer already")) if facts.rated else None
    if action == "reopen" and "writer" in facts.reopened:
        return Refused("wrong_time", N_("You had this letter reopened once; what is new can be a new letter"))
    if action == "reopen" and facts.reopen_over:
        message = N_("A letter can be reopened within 30 days after the answer; what is new can be a new letter")
        return Refused("wrong_time", message)
    if action == "redo" and "review" in facts.reopened:
        return Refused("wrong_time", N_("The answer was ordered anew once already"))
    return None
