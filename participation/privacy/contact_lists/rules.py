"""What a list of contacts may be asked for, with what in it, and for how long. Pure.

个人信息保护法 art. 6 (no more than needed), 13 (grounds), 34 and 35 (state organs), 51 and 56 (records)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from participation.errors import N_, Refused

FETCHES: Final = 3
"""How often an allowed list can be taken."""
LONGEST_DAYS: Final = 30
"""Natural days from asking to the last day on which it can be taken."""
MOST_PEOPLE: Final = 5000
SHORTEST, LONGEST = 10, 500
"""Characters of a purpose or a reason."""
LONGEST_DOCUMENT: Final = 120


@dataclass(frozen=True)
class Ground:
    """Why the law allows it. `scopes` are what it fits; with `document` the paper of whoever asks is named,
    and the people concerned are told the ground alone: the purpose may name a case."""

    label: str
    article: str
    scopes: tuple[str, ...]
    document: bool = False


SCOPES: Final[dict[str, str]] = {
    "consultation": N_("Who commented on a draft"),
    "letters": N_("Who wrote letters in a month"),
}
_BOTH = tuple(SCOPES)
GROUNDS: Final[dict[str, Ground]] = {
    "hearing": Ground(
        N_("Invite people to a hearing or a meeting about the draft"),
        "个人信息保护法 第十三条第一款第三项；国务院令第713号 第十四条、第十六条",
        ("consultation",),
    ),
    "answer": Ground(
        N_("Answer people one by one, or ask them back: our duty by law"),
        "个人信息保护法 第十三条第一款第三项、第三十四条",
        _BOTH,
    ),
    "check": Ground(
        N_("Ask writers whether what was answered is true: supervision by law"),
        "个人信息保护法 第十三条第一款第三项、第三十四条",
        ("letters",),
    ),
    "emergency": Ground(
        N_("Protect life, health or property in an emergency"), "个人信息保护法 第十三条第一款第四项", _BOTH
    ),
    "authority": Ground(
        N_("A court or another authority demands it by law"),
        "个人信息保护法 第十三条第一款第七项、第三十四条；民事诉讼法 第七十条",
        _BOTH,
        document=True,
    ),
}

FIELDS: Final[dict[str, str]] = {
    "name": N_("Name"),
    "contact": N_("Mobile number or e-mail address"),
    "number": N_("Numbers of the letters or comments"),
}
"""In the order of the columns. The texts are never in a list."""

LEFT_OUT: Final[dict[str, str]] = {
    "withdrawn": N_("taken back by their writers"),
    "erased": N_("personal data erased"),
    "limited": N_("only stored, as their writers asked"),
    "unwanted": N_("the writers want no messages"),
    "unreachable": N_("without a contact"),
    "restricted": N_("about a unit: open each on its own page"),
}
"""Why a matter is in no list. How many are restricted is told only to those who may see those letters."""


@dataclass(frozen=True)
class Wish:
    """What somebody asks for. `people` is how many the list would have now."""

    scope: str
    purpose: str
    ground: str
    document: str
    fields: tuple[str, ...]
    last_day: date | None
    people: int


def wrong_with(wish: Wish, *, today: date) -> Refused | None:
    """What the asker has to mend, or None."""
    ground = GROUNDS.get(wish.ground)
    if not SHORTEST <= len(wish.purpose) <= LONGEST:
        return _mend("purpose", N_("Write in 10 to 500 characters what the contacts are needed for"))
    if ground is None or wish.scope not in ground.scopes:
        return _mend("ground", N_("Choose the ground that fits"))
    if ground.document and not wish.document:
        return _mend("document", N_("Write who demands it, and the number of the paper"))
    if not {"name", "contact"}.intersection(wish.fields) or not set(FIELDS).issuperset(wish.fields):
        return _mend("fields", N_("Choose what is needed: the name, the contact or both"))
    if wish.last_day is None or not today <= wish.last_day <= today + timedelta(days=LONGEST_DAYS):
        return _mend("last_day", N_("Choose a last day within the next 30 days"))
    if not wish.people:
        return Refused("invalid", N_("There is nobody in this list"))
    if wish.people > MOST_PEOPLE:
        return Refused(
            "invalid", N_("A list has at most 5,000 people. The platform itself tells everybody what became of it.")
        )
    return None


def _mend(field: str, message: str) -> Refused:
    return Refused("invalid", message, "个人信息保护法 第六条", field=field)


def end_of(last_day: date, zone: object) -> datetime:
    """24:00 of the last day in that zone."""
    return datetime.combine(last_day + timedelta(days=1), time(), tzinfo=zone)  # type: ignore[arg-type]


def ordered(fields: Iterable[str]) -> list[str]:
    """In the order of the columns, each once."""
    chosen = set(fields)
    return [name for name in FIELDS if name in chosen]
