"""The order in which an auditor follows a duty up. Pure.

The auditor marks, asks, concludes and confirms; the department that answers for the duty replies and corrects.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from participation.access import Actor, Capability
from participation.errors import N_, Refused

STAGES: Mapping[str, str] = {
    "marked": N_("Marked for review"),
    "asked": N_("Asked"),
    "replied": N_("Replied"),
    "cleared": N_("Nothing was wrong"),
    "found": N_("To be corrected"),
    "corrected": N_("Corrected, to be confirmed"),
    "confirmed": N_("Correction confirmed"),
}
ENDED = frozenset({"cleared", "confirmed"})
FOR_DEPARTMENT = ("asked", "found")
"""The stages in which the department has to act."""
RULE = "区政务公开监督办法"


@dataclass(frozen=True)
class Act:
    """From which stages, to which, and whether the auditor or the department does it; `asks` is said when nothing
    was written."""

    sources: frozenset[str]
    target: str
    of_auditor: bool
    asks: str


ACTS: Mapping[str, Act] = {
    "ask": Act(frozenset({"marked"}), "asked", True, N_("Write what the department is to explain.")),
    "reply": Act(frozenset({"asked"}), "replied", False, N_("Write your reply.")),
    "clear": Act(frozenset({"marked", "replied"}), "cleared", True, N_("Write why nothing is wrong.")),
    "find": Act(frozenset({"marked", "replied"}), "found", True, N_("Write what you found.")),
    "correct": Act(frozenset({"found"}), "corrected", False, N_("Write what was corrected, and how.")),
    "confirm": Act(frozenset({"corrected"}), "confirmed", True, ""),
    "reject": Act(frozenset({"corrected"}), "found", True, N_("Write what is still missing.")),
}


def refusal(act: str, *, stage: str, department_id: int, actor: Actor, text: str | None = None) -> Refused | None:
    """Why `actor` may not do `act` now. Without a `text` it answers for the button."""
    rule = ACTS[act]
    allowed = actor.can(Capability.WRITE_FINDING) if rule.of_auditor else actor.can(Capability.ANSWER, department_id)
    if not allowed:
        return Refused(
            "forbidden",
            N_("Only an auditor may do this.")
            if rule.of_auditor
            else N_("Only the department that was asked replies."),
            RULE,
        )
    if stage not in rule.sources:
        return Refused("wrong_time", N_("A colleague was faster: look at it again."), RULE)
    if text is not None and rule.asks and not text.strip():
        return Refused("invalid", rule.asks, RULE, field="text")
    if text is not None and len(text) > 4000:
        return Refused("invalid", N_("Use at most 4,000 characters."), RULE, field="text")
    return None


def possible(*, stage: str, department_id: int, actor: Actor) -> list[str]:
    return [act for act in ACTS if refusal(act, stage=stage, department_id=department_id, actor=actor) is None]
