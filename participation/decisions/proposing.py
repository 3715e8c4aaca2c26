"""Proposals for the catalogue: who may make one, what becomes of it, and who may say so. Pure.

713号 art. 10: leaders, departments, deputies and committee members, and any citizen or organisation in
writing may propose a decision; each proposal goes to study, then the government decides whether to
start. Buttons, POST handlers and tests ask `refusal()`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from participation.access import Actor, Capability
from participation.errors import N_, Refused
from participation.redaction import detect

ART_10 = "国务院令第713号 第十条"
OUTCOME_WORKDAYS = 30
"""Workdays until a proposer is told, where no call promised a day."""

TITLE_LIMIT = 60
TEXT_LIMIT = 5000
NAME_LIMIT = 60


@dataclass(frozen=True)
class Origin:
    """Where a proposal comes from. `way`: `web` (the public form, or the office for a paper), `paper`
    (the office enters it with the day of the paper) or `desk` (the unit writes it). `owed`: the
    proposer is told by a day that is on the ledger."""

    label: str
    way: str
    owed: bool


ORIGINS: dict[str, Origin] = {
    "citizen": Origin(N_("A citizen"), "web", True),
    "organisation": Origin(N_("An organisation or enterprise"), "web", True),
    "deputy": Origin(N_("A deputy of the people's congress"), "paper", True),
    "committee": Origin(N_("A member of the political consultative conference"), "paper", True),
    "department": Origin(N_("A department, town or subdistrict"), "desk", False),
    "leader": Origin(N_("A leader of the district government"), "paper", False),
}
WITH_FORM = tuple(key for key, origin in ORIGINS.items() if origin.way == "web")
ENTERED = tuple(key for key, origin in ORIGINS.items() if origin.way != "desk")
"""What the office enters: papers of citizens and organisations too."""

SHOWN: dict[str, str] = {
    "named": N_("Yes, with my family name (王**)"),
    "text": N_("Yes, without a name"),
    "title": N_("No, only what it is about and what became of it"),
}
"""What the proposer lets everybody read (个人信息保护法 art. 25). Title and outcome are always public."""

STAGES: dict[str, str] = {
    "received": N_("Received"),
    "studying": N_("Being studied"),
    "taken": N_("Taken: an item of the catalogue"),
    "merged": N_("Taken: part of an item"),
    "not_taken": N_("Not in the catalogue"),
}
OUTCOMES = ("taken", "merged", "not_taken")


@dataclass(frozen=True)
class Transition:
    sources: frozenset[str]
    target: str


TRANSITIONS: Mapping[str, Transition] = {
    "begin_study": Transition(frozenset({"received"}), "studying"),
    "record_study": Transition(frozenset({"studying"}), "studying"),
    "take": Transition(frozenset({"studying"}), "taken"),
    "merge": Transition(frozenset({"studying"}), "merged"),
    "decline": Transition(frozenset({"studying"}), "not_taken"),
    "undo": Transition(frozenset(OUTCOMES), "studying"),
    "show": Transition(frozenset(STAGES), ""),
}
DECIDING = ("take", "merge", "decline")


@dataclass(frozen=True)
class ProposalFacts:
    """`studied`: what the study came to is recorded."""

    stage: str
    studied: bool = False


def refusal(action: str, facts: ProposalFacts, actor: Actor) -> Refused | None:
    """Why `actor` may not do `action` now, or None when they may."""
    if not actor.can(Capability.MANAGE_CATALOGUE):
        return Refused("forbidden", N_("Only the government office records what becomes of proposals."), ART_10)
    if facts.stage not in TRANSITIONS[action].sources:
        if action in DECIDING and facts.stage == "received":
            return Refused("wrong_time", N_("Hand the proposal to study first."), ART_10)
        if action == "undo":
            return Refused("wrong_time", N_("There is no outcome to take back."), ART_10)
        if facts.stage in OUTCOMES:
            message = N_("The outcome is recorded already. Take it back with a reason before you record another.")
            return Refused("wrong_time", message, ART_10)
        return Refused("wrong_time", N_("This proposal is being studied already."), ART_10)
    if action in DECIDING and not facts.studied:
        return Refused("wrong_time", N_("Record who studied the proposal and what the study came to first."), ART_10)
    return None


PREFIX = "ZC-JY"
_NUMBER = re.compile(r"ZC-JY-(\d{4})-(\d{4,6})", re.ASCII)


def proposal_number(year: int, sequence: int) -> str:
    """ZC-JY-2026-0001: the catalogue's year, running number of that year."""
    return f"{PREFIX}-{year}-{sequence:04d}"


def read_number(written: str) -> str:
    """The number as printed, from what a person typed; empty when it cannot be one."""
    text = unicodedata.normalize("NFKC", written[:80]).upper()
    text = re.sub(r"[\u2010-\u2015\u2212_]", "-", re.sub(r"\s", "", text))
    return text if _NUMBER.fullmatch(text) else ""


_NEVER = {
    "id": N_("There is an identity number in it. Take it out before it goes public."),
    "phone": N_("There is a telephone number in it. Take it out before it goes public."),
    "card": N_("There is a bank card number in it. Take it out before it goes public."),
    "email": N_("There is an e-mail address in it. Take it out before it goes public."),
    "account": N_("There is a WeChat or QQ account in it. Take it out before it goes public."),
}


def personal_numbers(text: str) -> Refused | None:
    """What must not go public whoever agrees (个人信息保护法 art. 25). Names and house numbers only
    catch the eye of the person who looks: they may be places."""
    found = {hit.kind for hit in detect("text", text)}
    message = next((message for kind, message in _NEVER.items() if kind in found), None)
    return Refused("invalid", message, "个人信息保护法 第二十五条") if message else None


def year_of(day: date, call_year: int | None) -> int:
    """The catalogue a proposal is for: that of the running call, else that of the day it came in.
    The law sets no season: who proposes after the call is studied all the same."""
    return call_year if call_year is not None else day.year


def masked(name: str, shown: str, origin: str) -> str:
    """The name that everybody may read: empty without consent, and for whoever has no family name."""
    of_person = origin in ("citizen", "deputy", "committee")
    return f"{name.strip()[:1]}**" if shown == "named" and of_person and name.strip() else ""
