"""Words and rules of the deliberation (713号 art. 29-31). Pure."""

from typing import Final

from participation.errors import N_

ART_29, ART_30 = "国务院令第713号 第二十九条", "国务院令第713号 第三十条"

KINDS: Final[dict[str, str]] = {
    "executive": N_("Executive meeting of the government"),
    "plenary": N_("Plenary meeting of the government"),
}
OUTCOMES: Final[dict[str, str]] = {
    "approved": N_("Approved"),
    "approved_with_changes": N_("Approved, with changes"),
    "deferred": N_("Put off"),
    "rejected": N_("Not approved"),
}
NEXT: Final[dict[str, str]] = {
    "again": N_("It is discussed again, with the same papers"),
    "redraft": N_("It goes back to drafting"),
    "end": N_("It is not pursued further"),
}
APPROVED: Final = ("approved", "approved_with_changes")
