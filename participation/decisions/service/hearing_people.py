"""How people were heard besides the comment period, and what was adopted of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from participation.access import Actor
from participation.decisions import means as rules
from participation.decisions.means import ART_18
from participation.decisions.models import Decision, DecisionMeans
from participation.decisions.service import chain
from participation.decisions.service.recording import check, enter, entered
from participation.errors import N_, Refused
from participation.workdays import day_of


def hear(
    decision: Decision, *, kind: str, held_on: date | None, result: str, place: str = "", until: date | None = None,
    took_part: Sequence[dict[str, Any]] = (), who: str = "", asked: int = 0, answered: int = 0,
    seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionMeans:  # fmt: skip
    """One meeting, visit, round of letters or survey that took place: day, place, who took part in groups
    and numbers ({"group", "number"}), what was heard."""
    check(decision, "participation", seen=seen, actor=actor)
    taking = [{"group": str(part["group"]), "number": int(part["number"])} for part in took_part]
    wish = rules.Wish(
        kind=kind, held_on=held_on, place=place, took_part=taking, result=result, until=until, asked=asked,
        answered=answered, today=day_of(now), not_before=_drafted_on(decision),
    )  # fmt: skip
    refused = rules.refusal(wish)
    if refused:
        raise refused
    assert held_on is not None
    record = DecisionMeans(
        kind=kind, held_on=held_on, until=until, place=place.strip(), took_part=taking, who=who.strip(), asked=asked,
        answered=answered, result=result.strip(),
    )  # fmt: skip
    enter(record, decision=decision, verb="decision.people_heard", actor=actor, now=now)
    return record


def adopt(
    decision: Decision, record: DecisionMeans, *, adopted: str, not_adopted: str = "", on: date | None,
    told_on: date | None = None, seen: int | None = None, actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """What was adopted of the opinions heard there, and why the rest was not. Of an open meeting the
    representatives are told, and when (R20)."""
    check(decision, "participation", seen=seen, actor=actor)
    if record.adopted_on is not None:
        raise Refused("wrong_time", N_("This is recorded already; what is recorded stays."), ART_18)
    if not adopted.strip():
        raise Refused("invalid", N_("Write what was adopted."), ART_18, field="adopted")
    days = (("on", on), ("told_on", told_on)) if told_on or record.kind == "open_meeting" else (("on", on),)
    for name, day in days:
        refused = rules.day_refusal(day, today=day_of(now), not_before=record.held_on, field=name, article=ART_18)
        if refused:
            raise refused
    record.adopted, record.not_adopted, record.adopted_on = adopted.strip(), not_adopted.strip(), on
    record.told_on = told_on
    entered(record, decision=decision, verb="decision.opinions_studied", actor=actor, now=now)


def finish_participation(
    decision: Decision, *, on: date | None, note: str = "", seen: int | None = None, actor: Actor, now: datetime
) -> None:
    """Every comment and every other way has its answer. Raises the gates of `participation`."""
    check(decision, "participation", seen=seen, actor=actor)
    chain.record_step(decision, step="participation", on=on, note=note, actor=actor, now=now)


def _drafted_on(decision: Decision) -> date | None:
    """Meetings with people are held about a draft, or while it is written: not before the start."""
    return next((row.on for row in decision.steps if row.step == "started"), None)
