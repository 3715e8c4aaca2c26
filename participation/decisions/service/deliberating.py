"""The papers go to the meeting, and the meeting decides (713号 art. 29-31)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from participation.access import Actor, Capability
from participation.decisions import gates, queries
from participation.decisions.means import GROUPS, day_refusal
from participation.decisions.meeting import APPROVED, ART_29, ART_30, KINDS, NEXT, OUTCOMES
from participation.decisions.models import Decision, DecisionMeeting, DecisionPackage
from participation.decisions.queries.drafts import draft_mark, frozen_list
from participation.decisions.service import chain, papers
from participation.decisions.service.recording import check, enter, standing
from participation.errors import N_, Refused
from participation.workdays import day_of

NOT_APPROVED = "会议没有通过，退回修改"
"""The reason that is kept with the draft that went back; stored, so in Chinese for everybody."""


def may_submit(decision: Decision, actor: Actor) -> Refused | None:
    """The head of the unit in the lead answers for the papers."""
    if decision.lead_department_id is not None and actor.can(Capability.APPROVE, decision.lead_department_id):
        return None
    return Refused("forbidden", N_("The head of the unit in the lead submits the papers."), ART_29)


def submit_package(
    decision: Decision, *, on: date | None, seen: int | None = None, actor: Actor, now: datetime
) -> DecisionPackage:
    """Freezes the list of papers, each with its fingerprint, and submits it. Raises the gates of
    `package`."""
    refused = may_submit(decision, actor)
    if refused:
        raise refused
    facts = check(decision, "deliberation", seen=seen, actor=actor)
    refused = gates.refusal("package", facts)
    if refused:
        raise refused
    if facts.package:
        raise Refused("wrong_time", N_("The papers are submitted already; the draft is still the same."), ART_29)
    refused = day_refusal(on, today=day_of(now), not_before=_reviewed_on(decision), field="on", article=ART_29)
    if refused:
        raise refused
    assert on is not None
    for before in standing(DecisionPackage, decision):
        before.set_aside_at, before.set_aside_reason = now, "草案修改后重新提交"
    held = [one.gate.key for one in gates.checks("package", facts) if one.state == "ok"]
    record = DecisionPackage(on=on, papers=frozen_list(decision), checked=held, draft_mark=draft_mark(decision))
    enter(record, decision=decision, verb="decision.papers_submitted", actor=actor, now=now)
    chain.record_step(decision, step="deliberation", state="now", on=on, actor=actor, now=now)
    return record


def deliberate(
    decision: Decision, *, kind: str, session: str, on: date | None, outcome: str, minutes_title: str,
    custodian: str, minutes_number: str = "", changes: str = "", onward: str = "", onward_text: str = "",
    guests: Sequence[dict[str, Any]] = (), guest_opinions: str = "", against_majority: bool = False,
    explanation_kept: str = "", seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionMeeting:  # fmt: skip
    """What the meeting decided. Approved: the step is done. Put off or not approved: `onward` says what
    happens then; back to drafting sets the review and the package aside, and they are kept. The record of
    the meeting is only named; that the head decided against the majority and explained it is internal."""
    facts = check(decision, "deliberation", seen=seen, actor=actor)
    refused = next((gate.refused() for gate in gates.missing("deliberation", facts) if gate.key != _OUTCOME), None)
    if refused:
        raise refused
    invited = [{"group": str(part["group"]), "number": int(part["number"])} for part in guests]
    _check(
        decision, kind=kind, session=session, on=on, outcome=outcome, changes=changes, onward=onward,
        guests=invited, guest_opinions=guest_opinions, against_majority=against_majority,
        explanation_kept=explanation_kept, now=now,
    )  # fmt: skip
    assert on is not None
    papers.enter(
        decision, role="meeting_minutes", form="reference", title=minutes_title, attribute="not_public",
        ground_kind="process", signed_on=on, custodian=custodian, doc_number=minutes_number, actor=actor, now=now,
    )  # fmt: skip
    approved = outcome in APPROVED
    record = DecisionMeeting(
        kind=kind, session=session.strip(), held_on=on, outcome=outcome,
        changes=changes.strip() if outcome == "approved_with_changes" else "",
        onward="" if approved else onward, onward_text="" if approved else onward_text.strip(), guests=invited,
        guest_opinions=guest_opinions.strip(), against_majority=against_majority,
        explanation_kept=explanation_kept.strip() if against_majority else "",
    )  # fmt: skip
    enter(record, decision=decision, verb="decision.deliberated", actor=actor, now=now)
    if approved:
        chain.record_step(decision, step="deliberation", on=on, actor=actor, now=now)
    elif onward == "redraft":
        chain.send_back(decision, reason=NOT_APPROVED, on=on, meeting=True, actor=actor, now=now)
    return record


_OUTCOME = "deliberation.outcome"


def _check(
    decision: Decision, *, kind: str, session: str, on: date | None, outcome: str, changes: str, onward: str,
    guests: list[dict[str, Any]], guest_opinions: str, against_majority: bool, explanation_kept: str, now: datetime,
) -> None:  # fmt: skip
    submitted = standing(DecisionPackage, decision)[-1].on
    refused = day_refusal(on, today=day_of(now), not_before=submitted, field="on", article=ART_30)
    if refused:
        raise refused
    wrong = (
        (kind not in KINDS, "kind", N_("Choose which meeting it was.")),
        (not session.strip(), "session", N_("Write which session it was.")),
        (outcome not in OUTCOMES, "outcome", N_("Choose what the meeting decided.")),
        (outcome == "approved_with_changes" and not changes.strip(), "changes", N_("Write what the meeting changed.")),
        (outcome in ("deferred", "rejected") and onward not in NEXT, "onward", N_("Choose what happens then.")),
        (outcome == "rejected" and onward == "again", "onward",
         N_("What was not approved does not come back unchanged: choose what happens then.")),
        (any(part["group"] not in GROUPS or part["number"] < 1 for part in guests), "guests",
         N_("Choose from the list.")),
        (bool(guests) and not guest_opinions.strip(), "guest_opinions",
         N_("Write what the guests said and what was adopted of it.")),
        (against_majority and not explanation_kept.strip(), "explanation_kept",
         N_("The head explained the decision against the majority: write where the explanation is kept.")),
    )  # fmt: skip
    for found, field, message in wrong:
        if found:
            raise Refused("invalid", message, ART_30, field=field)


def _reviewed_on(decision: Decision) -> date | None:
    return next((row.on for row in decision.steps if row.step == "legality"), None)


def package_facts(decision: Decision) -> list[gates.GateCheck]:
    """The checks that the page of the package draws."""
    return gates.checks("package", queries.facts_of(decision))
