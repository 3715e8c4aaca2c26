"""Experts are asked, declare their independence, sign their opinions; what became of them is recorded."""

from datetime import date, datetime

from participation.access import Actor
from participation.decisions.experts import ADOPTION, ART_19, ART_20, CONCLUSIONS, WAYS
from participation.decisions.means import day_refusal
from participation.decisions.models import Decision, DecisionArgument, DecisionExpert
from participation.decisions.service import chain
from participation.decisions.service.recording import check, enter, entered, standing
from participation.errors import N_, Refused
from participation.workdays import day_of


def ask_expert(
    decision: Decision, *, name: str, field: str, organisation: str, declared_on: date | None,
    interested: bool = False, seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionExpert:  # fmt: skip
    """An expert takes part, and declared on `declared_on` to have no direct interest. Without the
    declaration, or with an interest, nobody argues a decision (art. 20)."""
    check(decision, "expert", seen=seen, actor=actor)
    for key, text, message in (
        ("name", name, N_("Write the expert's name.")),
        ("field", field, N_("Write the expert's field.")),
        ("organisation", organisation, N_("Write where the expert works.")),
    ):
        if not text.strip():
            raise Refused("invalid", message, ART_20, field=key)
    if interested:
        raise Refused(
            "invalid",
            N_("Whoever has a direct interest does not argue the decision. Ask another expert."),
            ART_20,
            field="interested",
        )
    if declared_on is None:
        raise Refused(
            "invalid",
            N_("Write the day on which the expert declared to have no direct interest."),
            ART_20,
            field="declared_on",
        )
    _day(declared_on, "declared_on", now, None)
    record = DecisionExpert(
        name=name.strip(), field=field.strip(), organisation=organisation.strip(), declared_on=declared_on
    )
    enter(record, decision=decision, verb="decision.expert_asked", actor=actor, now=now)
    return record


def give_opinion(
    decision: Decision, record: DecisionExpert, *, conclusion: str, opinion: str, signed_on: date | None,
    seen: int | None = None, actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """The signed opinion, as the expert wrote it: in favour, with changes, or against. Dissent is kept."""
    check(decision, "expert", seen=seen, actor=actor)
    if record.conclusion:
        raise Refused("wrong_time", N_("The opinion is signed; what is recorded stays."), ART_19)
    if conclusion not in CONCLUSIONS:
        raise Refused("invalid", N_("Choose what the opinion comes to."), ART_19, field="conclusion")
    if not opinion.strip():
        raise Refused("invalid", N_("Write the expert's opinion."), ART_19, field="opinion")
    if signed_on is None:
        raise Refused("invalid", N_("Write the day on which the expert signed."), ART_19, field="signed_on")
    _day(signed_on, "signed_on", now, record.declared_on)
    record.conclusion, record.opinion, record.signed_on = conclusion, opinion.strip(), signed_on
    entered(record, decision=decision, verb="decision.expert_signed", actor=actor, now=now)


def finish_argument(
    decision: Decision, *, on: date | None, way: str, adopted: str, not_adopted: str = "", state: str = "done",
    ground: str = "", seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionArgument:  # fmt: skip
    """What was adopted of the experts' opinions, and why the rest was not; where one is against, that is
    answered in any case. Raises the gates of `expert`."""
    check(decision, "expert", seen=seen, actor=actor)
    if way not in WAYS:
        raise Refused("invalid", N_("Choose how the experts worked."), ART_19, field="way")
    if not adopted.strip():
        raise Refused("invalid", N_("Write what was adopted of the opinions."), ADOPTION, field="adopted")
    against = any(row.conclusion == "against" for row in standing(DecisionExpert, decision))
    if against and not not_adopted.strip():
        raise Refused(
            "invalid",
            N_("One expert is against: write what became of that opinion, and why."),
            ADOPTION,
            field="not_adopted",
        )
    _day(on, "on", now, _last_signed(decision))
    assert on is not None
    record = DecisionArgument(on=on, way=way, adopted=adopted.strip(), not_adopted=not_adopted.strip())
    chain.record_step(decision, step="expert", state=state, ground=ground, on=on, actor=actor, now=now)
    enter(record, decision=decision, verb="decision.experts_heard", actor=actor, now=now)
    return record


def _last_signed(decision: Decision) -> date | None:
    return max((row.signed_on for row in standing(DecisionExpert, decision) if row.signed_on), default=None)


def _day(day: date | None, field: str, now: datetime, not_before: date | None) -> None:
    refused = day_refusal(day, today=day_of(now), not_before=not_before, field=field)
    if refused:
        raise refused
