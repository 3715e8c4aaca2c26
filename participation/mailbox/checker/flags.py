"""What the checker can say of an answer, and when it all adds up to a perfunctory one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from participation.errors import N_

TITLES: dict[str, str] = {
    "transfer_only": N_("This only says that the matter was passed on or received"),
    "near_copy": N_("Almost the same as another answer"),
    "wrong_letter": N_("This seems to answer another letter"),
    "question_open": N_("A question is left open"),
    "no_fact": N_("No fact"),
    "no_action": N_("No measure"),
    "no_date": N_("No date"),
    "no_contact": N_("Nobody to ask"),
    "personal_data": N_("Personal data inside"),
}
"""In the order in which they are shown: what makes an answer none comes first."""
CODES: tuple[str, ...] = tuple(TITLES)

DECISIVE = frozenset({"transfer_only", "near_copy", "wrong_letter"})
WEIGHTS: dict[str, int] = {"no_fact": 2, "no_action": 2, "no_date": 1, "no_contact": 1}
ALL_OPEN, SOME_OPEN, ENOUGH = 3, 1, 3


@dataclass(frozen=True)
class Flag:
    """`reason` is an English sentence marked for translation, `args` fill its placeholders. `where`
    is the piece of the letter or of the answer that it speaks of, empty for the whole."""

    code: str
    reason: str
    args: dict[str, object] = field(default_factory=dict)
    where: str = ""

    @property
    def title(self) -> str:
        return TITLES[self.code]

    def __str__(self) -> str:
        return self.reason % self.args if self.args else self.reason


def looks_perfunctory(flags: Sequence[Flag]) -> bool:
    """Whether an answer with these flags counts as perfunctory (敷衍).

    One of `DECISIVE` is enough. Otherwise what is missing is added up: no fact 2, no measure 2, no
    date 1, nobody to ask 1, every question open 3, some of them 1; from 3 on it is perfunctory.
    Personal data is a fault of another kind and adds nothing.
    """
    codes = {flag.code for flag in flags}
    if codes & DECISIVE:
        return True
    points = sum(WEIGHTS.get(code, 0) for code in codes)
    open_ones = [flag for flag in flags if flag.code == "question_open"]
    if open_ones:
        points += ALL_OPEN if len(open_ones) == open_ones[0].args.get("of") else SOME_OPEN
    return points >= ENOUGH
