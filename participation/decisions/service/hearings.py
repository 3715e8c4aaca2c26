"""A hearing, act by act (713号 art. 16-17)."""

from datetime import date, datetime
from typing import Any

from participation.access import Actor
from participation.decisions import hearing as rules
from participation.decisions.hearing import SIDES, Wish
from participation.decisions.models import Decision, DecisionHearing
from participation.decisions.service.recording import check, enter, entered, standing
from participation.errors import N_, Refused
from participation.workdays import day_of


def present(decision: Decision) -> DecisionHearing | None:
    """The hearing of the present run that is not finished, else the last one."""
    rows = standing(DecisionHearing, decision)
    return next((row for row in rows if rules.next_act(row)), rows[-1] if rows else None)


def announce(
    decision: Decision, *, on: date | None, planned_on: date | None, place: str, at_time: str = "",
    required: bool = False, law: str = "", seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionHearing:  # fmt: skip
    """The notice: draft, time and place. `required` where another law asks for the hearing (`law`)."""
    facts = check(decision, "participation", seen=seen, actor=actor)
    wish = Wish(
        "notice", on, day_of(now), planned_on=planned_on, place=place, required=required, law=law,
        drafted=facts.has("draft"),
    )  # fmt: skip
    running = present(decision)
    _raise(rules.refusal(wish, running if running is not None and rules.next_act(running) else None))
    assert on is not None
    assert planned_on is not None
    record = DecisionHearing(
        required=required, law=law.strip(), notice_on=on, planned_on=planned_on, at_time=at_time.strip(),
        place=place.strip(),
    )  # fmt: skip
    enter(record, decision=decision, verb="decision.hearing_announced", actor=actor, now=now)
    return record


def publish_method(
    decision: Decision, record: DecisionHearing, *, on: date | None, method: str, seen: int | None = None,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """How the participants are chosen: openly and fairly, from all sides."""
    check(decision, "participation", seen=seen, actor=actor)
    _raise(rules.refusal(Wish("method", on, day_of(now), text=method), record))
    record.method_on, record.method = on, method.strip()
    _done(record, decision, "method", actor, now)


def publish_list(
    decision: Decision, record: DecisionHearing, *, on: date | None, participants: list[dict[str, Any]],
    ratio_reason: str = "", seen: int | None = None, actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """The participants: {"name", "side" of hearing.SIDES, "stakeholder"}. Where a law asks for the hearing,
    at least half are stakeholders, or the reason is printed."""
    check(decision, "participation", seen=seen, actor=actor)
    if any(part["side"] not in SIDES or not str(part["name"]).strip() for part in participants):
        raise Refused("invalid", N_("Write each line as name, then side."), rules.ART_16, field="participants")
    wish = Wish("list", on, day_of(now), participants=tuple(participants), ratio_reason=ratio_reason)
    _raise(rules.refusal(wish, record))
    record.list_on, record.participants = on, list(participants)
    count = {side: sum(1 for part in participants if part["side"] == side) for side in SIDES}
    record.sides = [{"side": side, "number": number} for side, number in count.items() if number]
    record.stakeholders = sum(1 for part in participants if part["stakeholder"])
    record.ratio_reason = ratio_reason.strip() if record.stakeholders * 2 < len(participants) else ""
    _done(record, decision, "list", actor, now)


def deliver_materials(
    decision: Decision, record: DecisionHearing, *, on: date | None, seen: int | None = None, actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """The participants have the materials, at least 7 natural days before the hearing."""
    check(decision, "participation", seen=seen, actor=actor)
    _raise(rules.refusal(Wish("materials", on, day_of(now)), record))
    record.materials_on = on
    _done(record, decision, "materials", actor, now)


def hold(
    decision: Decision, record: DecisionHearing, *, on: date | None, attended: int, result: str, observers: int = 0,
    seen: int | None = None, actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """The hearing took place in public: how many came, what was said."""
    check(decision, "participation", seen=seen, actor=actor)
    _raise(rules.refusal(Wish("held", on, day_of(now), text=result, number=attended), record))
    record.held_on, record.attended, record.observers, record.result = on, attended, observers, result.strip()
    _done(record, decision, "held", actor, now)


def sign(
    decision: Decision, record: DecisionHearing, *, on: date | None, signed: int, unsigned_reason: str = "",
    seen: int | None = None, actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """The participants confirmed the record and signed it; where not all did, why."""
    check(decision, "participation", seen=seen, actor=actor)
    _raise(rules.refusal(Wish("signed", on, day_of(now), text=unsigned_reason, number=signed), record))
    record.signed_on, record.signed = on, signed
    record.unsigned_reason = unsigned_reason.strip() if signed < record.attended else ""
    _done(record, decision, "signed", actor, now)


def adopt_hearing(
    decision: Decision, record: DecisionHearing, *, on: date | None, adopted: str, not_adopted: str = "",
    seen: int | None = None, actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """What was adopted of the hearing, and why the rest was not (art. 18)."""
    check(decision, "participation", seen=seen, actor=actor)
    _raise(rules.refusal(Wish("adopted", on, day_of(now), text=adopted), record))
    record.adopted_on, record.adopted, record.not_adopted = on, adopted.strip(), not_adopted.strip()
    _done(record, decision, "adopted", actor, now)


def _raise(refused: Refused | None) -> None:
    if refused:
        raise refused


def _done(record: DecisionHearing, decision: Decision, act: str, actor: Actor, now: datetime) -> None:
    entered(record, decision=decision, verb=f"decision.hearing_{act}", actor=actor, now=now, act=act)
