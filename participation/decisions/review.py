"""Words and rules of the legality review (713号 art. 25-28). Pure."""

from typing import Final

from participation.errors import N_

ART_25, ART_26, ART_27, ART_28 = (f"国务院令第713号 第二十{number}条" for number in "五六七八")
REVIEWER: Final = "周村区司法局"
WORKDAYS: Final = 7
"""Generally at least so many for the reviewer (art. 26)."""

CONCLUSIONS: Final[dict[str, str]] = {
    "lawful": N_("Lawful"),
    "lawful_with_changes": N_("Lawful once it is changed"),
    "unlawful": N_("Unlawful"),
}
