"""What in a paper may tell who somebody is, gathered so that each thing is decided once. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from participation.errors import N_
from participation.redaction import detect

MOST: Final = 150
"""Places that one check decides about; a paper with more is redacted first."""

AROUND: Final = 24

KEPT: Final[dict[str, str]] = {
    "office": N_("It names a person in office, or one who signs for it"),
    "contact": N_("It is the telephone or the address of an office"),
    "agreed": N_("The person has agreed in writing"),
    "nobody": N_("It tells nothing about a person"),
}
"""Why a place may stay. What may not stay is taken out by whoever entered the paper."""

UNSEEN: Final = "unseen"
"""The kind of a finding about the file itself; its text is a key of `documents.unseen.UNSEEN`."""


@dataclass(frozen=True)
class Finding:
    """`kind` of `redaction.KINDS`, or UNSEEN; `text` as it stands; `times` how often; `before` and `after`
    are the words around its first place."""

    kind: str
    text: str
    times: int = 1
    before: str = ""
    after: str = ""

    @property
    def key(self) -> str:
        """The name of its field in a form: the same for the same thing, whatever stands around it."""
        return "hit-" + hashlib.sha256(f"{self.kind}\0{self.text}".encode()).hexdigest()[:16]


def of(title: str, text: str, unseen: Sequence[str]) -> list[Finding]:
    """The findings in the order of the text, those about the file first."""
    found: dict[tuple[str, str], Finding] = {}
    for words in (title, text):
        for hit in detect("text", words):
            place = (hit.kind, hit.text)
            known = found.get(place)
            if known is None:
                before = words[max(0, hit.start - AROUND) : hit.start].rpartition("\n")[2]
                after = words[hit.end : hit.end + AROUND].partition("\n")[0]
                found[place] = Finding(hit.kind, hit.text, 1, before, after)
            else:
                found[place] = Finding(known.kind, known.text, known.times + 1, known.before, known.after)
    return [Finding(UNSEEN, key) for key in unseen] + list(found.values())
