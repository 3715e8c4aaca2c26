"""The one exception that features raise when a rule says no.

A refusal is a value first (`lifecycle.refusal(...)` returns one to draw or hide a button) and an
exception second (the service raises the same value on POST): never two checks.
"""

import dataclasses
from dataclasses import dataclass
from typing import Literal

Code = Literal["not_found", "forbidden", "wrong_time", "conflict", "invalid"]

STATUS: dict[str, int] = {
    "not_found": 404,  # unknown, or this person may not know of it
    "forbidden": 403,  # may never do it
    "wrong_time": 409,  # may not do it now; cites the article
    "conflict": 409,  # somebody else was faster
    "invalid": 422,  # what was sent cannot be accepted
}


@dataclass(eq=True)
class Refused(Exception):
    """A rule refuses an act. `message` says what to do, in English, translated when it is shown
    (it is marked with `N_` where it is written); `args_` fill its placeholders; `basis` names the
    article; `field` the form field that can mend it; `kept` what the person had written."""

    code: Code
    message: str
    basis: str = ""
    field: str = ""
    args_: dict[str, object] = dataclasses.field(default_factory=dict)
    kept: str = ""

    def __hash__(self) -> int:
        return hash((self.code, self.message))

    def __str__(self) -> str:
        text = self.message % self.args_ if self.args_ else self.message
        return f"{text} ({self.basis})" if self.basis else text

    @property
    def status(self) -> int:
        return STATUS[self.code]


def N_(message: str) -> str:
    """Marks a message for translation where no request, and so no language, is known."""
    return message
