"""How people can be heard besides the comment period, and who they are. Pure.

713号 art. 14 names the ways and asks that special groups be heard; 山东省重大行政决策公众参与工作办法 makes the
opinion survey compulsory in five fields and asks for firms and associations where they are affected.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from participation.errors import N_, Refused

ART_14, ART_18 = "国务院令第713号 第十四条", "国务院令第713号 第十八条"
OPEN_MEETING = "周政办字〔2021〕14号 第四部分"

MEANS: Final[dict[str, str]] = {
    "forum": N_("Discussion meeting"),
    "visit": N_("Visit on the spot"),
    "letters": N_("Letters to units and people"),
    "questionnaire": N_("Questionnaire"),
    "survey": N_("Opinion survey"),
    "associations": N_("Meeting with firms and associations"),
    "open_meeting": N_("Open meeting with invited representatives"),
    "other": N_("Another way"),
}
COUNTED: Final = frozenset({"questionnaire", "survey"})
"""Ways in which forms go out and come back."""

GROUPS: Final[dict[str, str]] = {
    "residents": N_("Residents"),
    "stakeholders": N_("People directly concerned"),
    "firms": N_("Firms"),
    "associations": N_("Trade associations and chambers"),
    "deputies": N_("Deputies of the people's congress"),
    "committee": N_("Members of the consultative conference"),
    "experts": N_("Experts"),
    "media": N_("Reporters"),
    "units": N_("Units and communities"),
    "elderly": N_("Older people"),
    "disabled": N_("People with disabilities"),
    "women": N_("Women"),
    "minors": N_("Minors and their parents"),
    "workers": N_("Employees and platform workers"),
}
SPECIAL: Final = ("elderly", "disabled", "women", "minors", "workers")
BUSINESS: Final = frozenset({"firms", "associations"})


@dataclass(frozen=True)
class Wish:
    """A way of participation as somebody wants to record it."""

    kind: str
    held_on: date | None
    place: str
    took_part: list[dict[str, Any]]
    result: str
    until: date | None = None
    asked: int = 0
    answered: int = 0
    today: date | None = None
    not_before: date | None = None


def refusal(wish: Wish) -> Refused | None:
    """What is missing or cannot be, at its field."""
    if wish.kind not in MEANS:
        return Refused("invalid", N_("Choose how people were heard."), ART_14, field="kind")
    refused = day_refusal(wish.held_on, today=wish.today, not_before=wish.not_before, field="held_on")
    if refused:
        return refused
    if wish.until is not None:
        refused = day_refusal(wish.until, today=wish.today, not_before=wish.held_on, field="until")
        if refused:
            return refused
    if wish.kind not in ("letters", "questionnaire", "survey") and not wish.place.strip():
        return Refused("invalid", N_("Write where it took place."), ART_14, field="place")
    if any(part["group"] not in GROUPS or part["number"] < 1 for part in wish.took_part):
        return Refused("invalid", N_("Name the group and how many they were."), ART_14, field="took_part")
    if wish.kind in COUNTED:
        if wish.answered < 1:
            return Refused("invalid", N_("Write how many forms came back."), ART_14, field="answered")
        if wish.asked < wish.answered:
            return Refused("invalid", N_("More forms came back than went out: check both figures."), field="asked")
    elif people(wish.took_part) < 1:
        return Refused("invalid", N_("Write how many people of which groups took part."), ART_14, field="took_part")
    if wish.kind == "associations" and not business(wish.took_part):
        return Refused(
            "invalid",
            N_("Write how many firms and associations took part."),
            "山东省重大行政决策公众参与工作办法",
            field="took_part",
        )
    # R20: at least two representatives sit in.
    if wish.kind == "open_meeting" and people(wish.took_part) < 2:
        return Refused(
            "invalid", N_("At least two representatives sit in an open meeting."), OPEN_MEETING, field="took_part"
        )
    if not wish.result.strip():
        return Refused("invalid", N_("Write which opinions were heard."), ART_18, field="result")
    return None


def day_refusal(
    day: date | None, *, today: date | None, not_before: date | None, field: str, article: str = ""
) -> Refused | None:
    """A day of the past that does not lie before what it follows."""
    if day is None:
        return Refused("invalid", N_("Write the day, like 2026-12-02."), article, field=field)
    if today is not None and day > today:
        message = N_("This day is still to come. Record the step when it has happened.")
        return Refused("invalid", message, article, field=field)
    if not_before is not None and day < not_before:
        return Refused("invalid", N_("This day lies before the step it follows."), article, field=field)
    return None


def people(took_part: Iterable[Mapping[str, Any]]) -> int:
    return sum(int(part["number"]) for part in took_part)


def business(took_part: Iterable[Mapping[str, Any]]) -> int:
    return sum(int(part["number"]) for part in took_part if part["group"] in BUSINESS)
