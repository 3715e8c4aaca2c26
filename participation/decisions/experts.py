"""Words and rules of the expert argument (713号 art. 19-21). Pure."""

from typing import Final

from participation.errors import N_

ART_19, ART_20, ART_21 = "国务院令第713号 第十九条", "国务院令第713号 第二十条", "国务院令第713号 第二十一条"
ADOPTION = "国务院令第713号 第二十九条（三）"

CONCLUSIONS: Final[dict[str, str]] = {
    "for": N_("In favour"),
    "changes": N_("In favour, with changes"),
    "against": N_("Against"),
}
WAYS: Final[dict[str, str]] = {
    "meeting": N_("Meeting of the experts"),
    "written": N_("Written opinions"),
    "commission": N_("Commissioned to an institution"),
}
