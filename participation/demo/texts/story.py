"""What one decision of the demonstration says at each of its steps."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Expert:
    name: str
    field: str
    organisation: str
    conclusion: str
    opinion: str


@dataclass(frozen=True)
class Risk:
    """`points` are (kind, text, measure, level)."""

    assessor: str
    level: str
    points: tuple[tuple[str, str, str, str], ...]
    plan: str


@dataclass(frozen=True)
class Outcome:
    """From the published text to the evaluation. `answers` say what changes, for whom and from when on;
    `works` are the reports of the quarters, with their figures."""

    text: str
    explained: str
    answers: tuple[str, str, str]
    adoption: str
    unit: str = ""
    plan: str = ""
    works: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    problem: tuple[str, str] = ("", "")
    finished: str = ""
    evaluated: tuple[str, str, str] = ("", "", "")
    """Assessor, how people were heard, what was found."""


@dataclass(frozen=True)
class Story:
    """`lead` is a department's code. Empty texts stand for what this decision never came to."""

    lead: str
    study: str
    draft: str
    explanation: str
    asked: str = ""
    special: tuple[str, ...] = ()
    place: str = ""
    heard: str = ""
    adopted: str = ""
    not_adopted: str = ""
    survey: str = ""
    firms: str = ""
    hearing: str = ""
    experts: tuple[Expert, ...] = ()
    argued: str = ""
    not_argued: str = ""
    risks: tuple[Risk, ...] = ()
    redrafted: str = ""
    """The draft as it was changed because of the risk."""
    outcome: Outcome | None = None
    more: tuple[tuple[str, str, str], ...] = field(default=())
    """Further papers: role, title, text."""
