"""The drawers of the index. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`code` begins every gram of the drawer, so that drawers share no list of occurrences. `long`:
    few texts, some of them in several parts, so words are looked for one by one."""

    code: str
    meaning: str
    long: bool = False


KINDS = {
    "letter_public": Kind("p", "the redacted public copy of a letter, nothing else"),
    "letter_desk": Kind("d", "title and text of every letter; for staff, filtered by visible_to"),
    "answer": Kind("a", "approved answers; for staff, filtered by visible_to of their letter"),
    "consultation": Kind("c", "what is public of a consultation", long=True),
    "decision": Kind("m", "what is public of a major decision", long=True),
    "question": Kind("q", "published frequent questions", long=True),
}
