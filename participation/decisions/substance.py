"""Whether an interpretation explains the matter, or only repeats headings and clauses. Pure.

周政办字〔2021〕14号, part 3 (1): listing headings is no interpretation; it says what changes, for whom and from
when. This finds what is surely too little; a person still confirms that the rest explains something.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from participation.errors import N_, Refused

RULE: Final = "周政办字〔2021〕14号 第三部分（一）"
LEAST_OWN: Final = {"text": 200, "qa": 200, "expert": 150, "picture": 80, "video": 80, "conference": 80}
"""Signs that must be the interpretation's own, by its form; pictures and recordings have a text beside them."""
MOST_REPEATED: Final = 0.5
"""The largest share of the text that may only repeat the document."""
_GRAM = 5
_SAME = 0.8
_LEAST_ANSWER: Final = {"changes": 15, "for_whom": 4, "from_when": 4}

_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十百零〇\d]+[章节条款部分]*|[（(]?[一二三四五六七八九十\d]+[）)、.．]|[-•*#]+)\s*"
)
_ENDS = re.compile(r"(?<=[。！？!?；;])|\n")
_MARKS = re.compile(r"[\W_]+")
_WHEN = re.compile(
    r"\d|[一二三四五六七八九十〇零]+[年月日]|公布|发布|印发|施行|实施|生效|即日|起|期满|到期|month|day|year|from",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Finding:
    """What is missing; `field` is where it can be mended."""

    key: str
    message: str
    field: str = "paper_id"
    args: Mapping[str, Any] | None = None

    def refused(self) -> Refused:
        return Refused("invalid", self.message, RULE, field=self.field, args_=dict(self.args or {}))


@dataclass(frozen=True)
class Measured:
    """Signs without marks: of the whole text, and those that are its own."""

    signs: int
    own: int

    @property
    def repeated(self) -> float:
        return 1 - self.own / self.signs if self.signs else 0.0


def _bare(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _grams(text: str) -> set[str]:
    return {text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1)}


def _sentences(text: str) -> list[str]:
    return [piece.strip() for piece in _ENDS.split(text) if piece.strip()]


def _is_heading(sentence: str) -> bool:
    return sentence[-1] not in "。！？!?；;.…”" and len(_bare(sentence)) <= 30


def measured(text: str, document: str) -> Measured:
    """How much of `text` is said in words of its own, beside its headings and what the document says."""
    source = _bare(document)
    grams = _grams(source)
    signs = own = 0
    for sentence in _sentences(text):
        bare = _bare(_NUMBERING.sub("", sentence))
        if not bare:
            continue
        signs += len(bare)
        if not _is_heading(sentence) and not _repeats(bare, source, grams):
            own += len(bare)
    return Measured(signs, own)


def _repeats(bare: str, source: str, grams: set[str]) -> bool:
    if bare in source:
        return True
    mine = _grams(bare)
    return bool(mine) and len(mine & grams) / len(mine) >= _SAME


def findings(text: str, document: str, *, form: str, changes: str, for_whom: str, from_when: str) -> list[Finding]:
    """What keeps this from being an interpretation; empty when a person may look at it. `document` is the
    text of the decision, empty where it cannot be read."""
    found: list[Finding] = []
    much, least = measured(text, document), LEAST_OWN[form]
    if much.own < least:
        found.append(
            Finding(
                "too_little",
                N_("Only %(own)d signs are the interpretation's own; it needs %(least)d. Headings do not count."),
                args={"own": much.own, "least": least},
            )
        )
    elif much.repeated > MOST_REPEATED:
        found.append(
            Finding(
                "repeats",
                N_("%(share)d of 100 signs only repeat the document or are headings. Explain it in other words."),
                args={"share": round(100 * much.repeated)},
            )
        )
    found += _answers(changes, for_whom, from_when, document)
    return found


def _answers(changes: str, for_whom: str, from_when: str, document: str) -> list[Finding]:
    found = []
    if len(_bare(changes)) < _LEAST_ANSWER["changes"] or (document and _bare(changes) in _bare(document)):
        found.append(Finding("changes", N_("Say in your own words what changes."), "changes"))
    if len(_bare(for_whom)) < _LEAST_ANSWER["for_whom"]:
        found.append(Finding("for_whom", N_("Say for whom it changes."), "for_whom"))
    if len(_bare(from_when)) < _LEAST_ANSWER["from_when"] or not _WHEN.search(from_when):
        found.append(Finding("from_when", N_("Say from when on, with the day or the event."), "from_when"))
    return found
