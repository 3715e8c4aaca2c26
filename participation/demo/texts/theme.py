"""A matter that citizens write about, with the answer that a good office gives."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    kind: str  # consult, suggest, complain, report, ask_help
    topic: str
    department: str  # code of the unit that answers
    places: tuple[str, ...]
    title: str
    text: str
    answer: str
