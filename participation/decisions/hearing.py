"""The order of a hearing (713号 art. 16-17; 山东省重大行政决策公众参与工作办法). Pure.

Notice, selection method, list of participants, materials at least 7 days before, the hearing, the signed
record, what was adopted. Each act waits for the one before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from participation.errors import N_, Refused

ART_16, ART_17 = "国务院令第713号 第十六条", "国务院令第713号 第十七条"
ART_18 = "国务院令第713号 第十八条"
HALF = "山东省重大行政决策公众参与工作办法"
MATERIALS_DAYS: Final = 7
"""Natural days between the delivery of the materials and the hearing."""


@dataclass(frozen=True)
class Act:
    label: str
    article: str
    earlier: str
    """The message when it is asked for before its turn."""
    column: str


ACTS: Final[dict[str, Act]] = {
    "notice": Act(N_("Notice with the draft, the time and the place"), ART_16,
                  N_("Announce the hearing first, with the draft, the time and the place."), "notice_on"),
    "method": Act(N_("How the participants are chosen"), ART_16,
                  N_("Publish first how the participants are chosen."), "method_on"),
    "list": Act(N_("The list of participants"), ART_16,
                N_("Publish the list of participants first."), "list_on"),
    "materials": Act(N_("Materials delivered"), ART_16,
                     N_("Deliver the materials to the participants first, at least 7 days before the hearing."),
                     "materials_on"),
    "held": Act(N_("The hearing is held"), ART_17, N_("Record first that the hearing took place."), "held_on"),
    "signed": Act(N_("The record is confirmed and signed"), ART_17,
                  N_("Have the participants confirm and sign the record first."), "signed_on"),
    "adopted": Act(N_("Opinions adopted"), ART_18, N_("Write what was adopted of the hearing."), "adopted_on"),
}  # fmt: skip
ORDER: Final = tuple(ACTS)

SIDES: Final[dict[str, str]] = {
    "for": N_("In favour"),
    "against": N_("Against"),
    "concerned": N_("Directly concerned"),
    "expert": N_("Experts and lawyers"),
    "deputy": N_("Deputies and committee members"),
    "public": N_("General public"),
}


def next_act(hearing: Any) -> str:
    """The act that is due now, or nothing when all are done; `hearing` None: the notice."""
    if hearing is None:
        return "notice"
    return next((key for key, act in ACTS.items() if getattr(hearing, act.column) is None), "")


def turn(act: str, hearing: Any) -> Refused | None:
    """Every act in its turn, and once."""
    due = next_act(hearing)
    if act == due:
        return None
    if due == "" or ORDER.index(act) < ORDER.index(due):
        return Refused("wrong_time", N_("This is recorded already; what is recorded stays."), ACTS[act].article)
    return Refused("wrong_time", ACTS[due].earlier, ACTS[due].article)


@dataclass(frozen=True)
class Wish:
    """What the form of one act says. `today` is the day in Zhoucun."""

    act: str
    on: date | None
    today: date
    text: str = ""
    planned_on: date | None = None
    place: str = ""
    required: bool = False
    law: str = ""
    participants: tuple[Mapping[str, Any], ...] = ()
    ratio_reason: str = ""
    number: int = 0
    not_adopted: str = ""
    drafted: bool = True


def refusal(wish: Wish, hearing: Any) -> Refused | None:
    """Why the act cannot be recorded so; a day must not lie before the act it follows."""
    refused = turn(wish.act, hearing)
    if refused:
        return refused
    act = ACTS[wish.act]
    if wish.on is None:
        return Refused("invalid", N_("Write the day, like 2026-12-02."), act.article, field="on")
    if wish.on > wish.today:
        message = N_("This day is still to come. Record the step when it has happened.")
        return Refused("invalid", message, act.article, field="on")
    before = max((day for day in (getattr(hearing, one.column, None) for one in ACTS.values()) if day), default=None)
    if hearing is not None and before is not None and wish.on < before:
        return Refused("invalid", N_("This day lies before the step it follows."), act.article, field="on")
    return _RULES[wish.act](wish, hearing)


def _notice(wish: Wish, _hearing: Any) -> Refused | None:
    if not wish.drafted:
        return Refused("wrong_time", N_("Publish the draft with the notice: enter it among the papers first."), ART_16)
    if wish.planned_on is None or wish.on is None or wish.planned_on <= wish.on:
        return Refused("invalid", N_("A hearing is announced before its day."), ART_16, field="planned_on")
    # The materials go out 7 days before, after everything else.
    if (wish.planned_on - wish.on).days < MATERIALS_DAYS:
        return Refused(
            "invalid",
            N_("Choose a day that leaves 7 days for the materials: participants get them that long before."),
            ART_16,
            field="planned_on",
        )
    if not wish.place.strip():
        return Refused("invalid", N_("Write where the hearing takes place."), ART_16, field="place")
    if wish.required and not wish.law.strip():
        return Refused("invalid", N_("Name the law that asks for the hearing."), ART_16, field="law")
    return None


def _method(wish: Wish, _hearing: Any) -> Refused | None:
    if not wish.text.strip():
        return Refused(
            "invalid",
            N_("Write how the participants are chosen: openly, fairly, from all sides."),
            ART_16,
            field="text",
        )
    return None


def _list(wish: Wish, hearing: Any) -> Refused | None:
    if len(wish.participants) < 2:
        return Refused("invalid", N_("Enter the participants, one on each line."), ART_16, field="participants")
    if len({part["side"] for part in wish.participants}) < 2:
        return Refused(
            "invalid",
            N_("All sides are represented: enter participants of at least two."),
            ART_16,
            field="participants",
        )
    return half_refusal(
        hearing.required,
        sum(1 for part in wish.participants if part["stakeholder"]),
        len(wish.participants),
        wish.ratio_reason,
    )


def half_refusal(required: bool, stakeholders: int, everybody: int, reason: str) -> Refused | None:
    """R10: where the law asks for a hearing, generally at least half of those who take part are concerned."""
    if required and stakeholders * 2 < everybody and not reason.strip():
        return Refused(
            "invalid",
            N_("Fewer than half are directly concerned. Invite more of them, or write the reason; it is printed."),
            HALF,
            field="ratio_reason",
        )
    return None


def _materials(wish: Wish, hearing: Any) -> Refused | None:
    assert wish.on is not None
    latest = hearing.planned_on - timedelta(days=MATERIALS_DAYS)
    if wish.on > latest:
        return Refused(
            "wrong_time",
            N_("Participants get the materials at least 7 days before the hearing. Announce the hearing anew, later."),
            ART_16,
            field="on",
        )
    return None


def _held(wish: Wish, hearing: Any) -> Refused | None:
    assert wish.on is not None
    if (wish.on - hearing.materials_on).days < MATERIALS_DAYS:
        return Refused("invalid", N_("The participants had the materials for fewer than 7 days."), ART_16, field="on")
    if wish.on < hearing.planned_on:
        return Refused("invalid", N_("The hearing was announced for a later day."), ART_16, field="on")
    if wish.number < 2:
        return Refused("invalid", N_("Write how many participants came."), ART_17, field="number")
    if wish.number > len(hearing.participants):
        return Refused("invalid", N_("More came than the list names: check the figure."), ART_17, field="number")
    if not wish.text.strip():
        return Refused("invalid", N_("Write which opinions were heard."), ART_17, field="text")
    return None


def _signed(wish: Wish, hearing: Any) -> Refused | None:
    if wish.number < 1 or wish.number > hearing.attended:
        return Refused("invalid", N_("Write how many of the participants signed."), ART_17, field="number")
    if wish.number < hearing.attended and not wish.text.strip():
        return Refused("invalid", N_("Write why not everybody signed."), ART_17, field="text")
    return None


def _adopted(wish: Wish, _hearing: Any) -> Refused | None:
    if not wish.text.strip():
        return Refused("invalid", N_("Write what was adopted."), ART_18, field="text")
    return None


_RULES = {
    "notice": _notice, "method": _method, "list": _list, "materials": _materials, "held": _held,
    "signed": _signed, "adopted": _adopted,
}  # fmt: skip
