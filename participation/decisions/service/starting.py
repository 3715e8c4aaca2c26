"""The decision is started, drafted, and what units could not agree on is told to whoever decides."""

from collections.abc import Sequence
from datetime import date, datetime

from participation.access import Actor
from participation.decisions.means import SPECIAL, day_refusal
from participation.decisions.models import Decision, DecisionDispute, DecisionDrafting, DecisionStart
from participation.decisions.queries.drafts import draft_mark
from participation.decisions.service import chain
from participation.decisions.service.preparing import check_preparing
from participation.decisions.service.recording import check, enter, entered
from participation.errors import N_, Refused
from participation.workdays import day_of

ART_10, ART_11 = "国务院令第713号 第十条", "国务院令第713号 第十一条"
ART_12, ART_13, ART_14 = "国务院令第713号 第十二条", "国务院令第713号 第十三条", "国务院令第713号 第十四条"


def start(
    decision: Decision, *, on: date | None, decided_by: str, special_groups: Sequence[str] = (), contact: str = "",
    seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionStart:  # fmt: skip
    """`decided_by` decided to start on `on`; the units are those of the catalogue. `special_groups` (keys
    of means.SPECIAL) must be heard before participation is finished."""
    facts = check(decision, "started", seen=seen, actor=actor)
    if facts.lead_department_id is None:
        raise Refused("wrong_time", N_("Name the unit in the lead in the catalogue first."), ART_11)
    if not decided_by.strip():
        raise Refused("invalid", N_("Write who decided to start."), ART_10, field="decided_by")
    if set(special_groups) - set(SPECIAL):
        raise Refused("invalid", N_("Choose from the list."), ART_14, field="special_groups")
    refused = day_refusal(on, today=day_of(now), not_before=None, field="on", article=ART_10)
    if refused:
        raise refused
    assert on is not None
    record = DecisionStart(
        on=on, decided_by=decided_by.strip(), lead_unit=decision.lead_unit, joint_units=list(decision.joint_units),
        special_groups=list(special_groups), contact=contact.strip(),
    )  # fmt: skip
    enter(record, decision=decision, verb="decision.started", actor=actor, now=now)
    chain.record_step(decision, step="started", on=on, unit=decided_by, actor=actor, now=now)
    return record


def finish_draft(
    decision: Decision, *, on: date | None, study: str, asked: str = "", seen: int | None = None, actor: Actor,
    now: datetime,
) -> DecisionDrafting:  # fmt: skip
    """The draft, which is among the papers, is ready: how the matter was studied and which units were
    asked. Raises the gates of `drafting`."""
    check(decision, "drafting", seen=seen, actor=actor)
    if not study.strip():
        raise Refused("invalid", N_("Write how the matter was studied."), ART_12, field="study")
    refused = day_refusal(on, today=day_of(now), not_before=None, field="on", article=ART_12)
    if refused:
        raise refused
    assert on is not None
    record = DecisionDrafting(on=on, study=study.strip(), asked=asked.strip(), draft_mark=draft_mark(decision))
    enter(record, decision=decision, verb="decision.drafted", actor=actor, now=now)
    chain.record_step(decision, step="drafting", on=on, actor=actor, now=now)
    return record


def dispute(
    decision: Decision, *, question: str, other_unit: str, lead_view: str, other_view: str,
    reported_on: date | None = None, reported_to: str = "", seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionDispute:  # fmt: skip
    """Units do not agree: the question and both views. Where whoever decides was told already, also when."""
    check_preparing(decision, after="started", seen=seen, actor=actor)
    told = {"question": question, "other_unit": other_unit, "lead_view": lead_view, "other_view": other_view}
    messages = {
        "question": N_("Write on what the units do not agree."),
        "other_unit": N_("Name the other unit."),
        "lead_view": N_("Write the view of the unit in the lead, with its reasons."),
        "other_view": N_("Write the view of the other unit, with its reasons."),
    }
    for name, text in told.items():
        if not text.strip():
            raise Refused("invalid", messages[name], ART_13, field=name)
    record = DecisionDispute(**{name: text.strip() for name, text in told.items()})
    if reported_on is not None or reported_to.strip():
        _told(record, reported_on, reported_to, now)
    enter(record, decision=decision, verb="decision.dispute_noted", actor=actor, now=now)
    return record


def report_dispute(
    decision: Decision, record: DecisionDispute, *, on: date | None, to: str, ruling: str = "",
    seen: int | None = None, actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """Whoever decides was told the question and both views (art. 13); `ruling` is what they said."""
    check_preparing(decision, after="started", seen=seen, actor=actor)
    if record.reported_on is not None:
        raise Refused("wrong_time", N_("This is recorded already; what is recorded stays."), ART_13)
    _told(record, on, to, now)
    record.ruling = ruling.strip()
    entered(record, decision=decision, verb="decision.dispute_reported", actor=actor, now=now)


def _told(record: DecisionDispute, on: date | None, to: str, now: datetime) -> None:
    refused = day_refusal(on, today=day_of(now), not_before=None, field="reported_on", article=ART_13)
    if refused:
        raise refused
    if not to.strip():
        raise Refused("invalid", N_("Write who was told."), ART_13, field="reported_to")
    record.reported_on, record.reported_to = on, to.strip()
