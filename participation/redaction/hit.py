"""One place in a text that may be personal."""

from dataclasses import dataclass

from participation.errors import N_

KINDS: dict[str, str] = {
    "name": N_("Name"),
    "phone": N_("Telephone"),
    "id": N_("Identity number"),
    "card": N_("Bank card"),
    "number": N_("Long number"),
    "address": N_("House number"),
    "plate": N_("Number plate"),
    "email": N_("E-mail address"),
    "account": N_("WeChat or QQ"),
    "passage": N_("Marked by hand"),
}


@dataclass(frozen=True, order=True)
class Hit:
    """`text` is exactly field[start:end] of what was searched; `why` is one English sentence."""

    field: str
    start: int
    end: int
    kind: str
    text: str
    why: str
