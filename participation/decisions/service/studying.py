"""A proposal is studied, the government decides on it, and everybody can read what became of it."""

from datetime import date, datetime

from participation.access import Actor
from participation.accounts import queries as accounts
from participation.decisions.models import Catalogue, Decision, Proposal, ProposalOutcome
from participation.decisions.proposing import ART_10, TRANSITIONS, ProposalFacts, personal_numbers, refusal
from participation.decisions.rules import BODIES
from participation.decisions.service import telling_proposers as telling
from participation.decisions.service.fields import ItemFields
from participation.decisions.service.items import add_item
from participation.decisions.service.permission import check_version
from participation.decisions.service.proposing import owe_outcome
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.workdays import day_of

# Notices are Chinese for everybody; see notices/render.py.
SAID = {"taken": "列为目录事项", "merged": "并入目录事项", "not_taken": "未列入目录"}


def refusals(proposal: Proposal, *, actor: Actor) -> dict[str, Refused | None]:
    """For every act why it is refused, None when it is not: the page draws its forms from it."""
    facts = facts_of(proposal)
    return {action: refusal(action, facts, actor) for action in TRANSITIONS}


def facts_of(proposal: Proposal) -> ProposalFacts:
    return ProposalFacts(stage=proposal.stage, studied=proposal.studied_on is not None)


def begin_study(
    proposal: Proposal, *, department_id: int, seen: int | None = None, actor: Actor, now: datetime
) -> None:
    """Hands the proposal to the unit that studies it; its staff are told and can read it."""
    _check("begin_study", proposal, seen, actor)
    department = accounts.department(department_id)
    if department is None or not department.active:
        raise Refused("invalid", N_("Choose the unit that studies it."), ART_10, field="department")
    proposal.study_begun_on, proposal.study_department_id = day_of(now), department_id
    _enter("begin_study", proposal, now)
    evidence.record("proposal.studied_by", subject=proposal, actor=actor, now=now, facts={"department": department_id})
    telling.unit(proposal, "proposal_to_study", department_id, now=now)


def record_study(
    proposal: Proposal,
    *,
    by: str,
    on: date,
    result: str,
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Who studied it, on which day, and what it came to. It can be written anew until the government
    has decided; every version is in the log."""
    _check("record_study", proposal, seen, actor)
    if not by.strip():
        raise Refused("invalid", N_("Write who studied the proposal."), ART_10, field="by")
    if not result.strip():
        raise Refused("invalid", N_("Write what the study came to."), ART_10, field="result")
    assert proposal.study_begun_on is not None
    _check_day(on, not_before=proposal.received_on, field="on", now=now)
    proposal.studied_by, proposal.studied_on, proposal.study_result = by.strip(), on, result.strip()
    db.session.flush()
    evidence.record("proposal.studied", subject=proposal, actor=actor, now=now, facts={"on": on})


def take(
    proposal: Proposal,
    *,
    catalogue: Catalogue,
    fields: ItemFields,
    decided_on: date,
    body: str = "government",
    reason: str = "",
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> Decision:
    """The government takes it: a new item in the catalogue's batch in preparation, linked both ways."""
    _check("take", proposal, seen, actor)
    _check_decision(proposal, decided_on, body, now)
    item = add_item(catalogue, fields=fields, actor=actor, now=now)
    _decide(proposal, "take", decided_on=decided_on, body=body, reason=reason, item=item, actor=actor, now=now)
    return item


def merge(
    proposal: Proposal,
    *,
    item: Decision,
    decided_on: date,
    body: str = "government",
    reason: str = "",
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """It goes into an item that is in a catalogue already."""
    _check("merge", proposal, seen, actor)
    _check_decision(proposal, decided_on, body, now)
    if item.removed_at is not None:
        raise Refused("invalid", N_("This item was taken out of the catalogue. Choose another."), field="item")
    _decide(proposal, "merge", decided_on=decided_on, body=body, reason=reason, item=item, actor=actor, now=now)


def decline(
    proposal: Proposal,
    *,
    reason: str,
    article: str,
    decided_on: date,
    body: str = "government",
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Not taken: reason and article are public and go to the proposer."""
    _check("decline", proposal, seen, actor)
    _check_decision(proposal, decided_on, body, now)
    if not reason.strip():
        raise Refused("invalid", N_("Write why it is not taken; the proposer and everybody read it."), field="reason")
    if not article.strip():
        raise Refused("invalid", N_("Name the article on which this rests."), ART_10, field="article")
    refused = personal_numbers(reason)
    if refused is not None:
        raise Refused("invalid", refused.message, refused.basis, field="reason")
    _decide(proposal, "decline", decided_on=decided_on, body=body, reason=reason, article=article, actor=actor, now=now)


def undo(proposal: Proposal, *, reason: str, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Takes an outcome back: it stays to be read, with the reason. The proposer is owed another."""
    _check("undo", proposal, seen, actor)
    if not reason.strip():
        raise Refused("invalid", N_("Write why the outcome is taken back."), field="undo_reason")
    outcome = proposal.outcome
    assert outcome is not None
    outcome.set_aside_at, outcome.set_aside_reason = now, reason.strip()
    _enter("undo", proposal, now)
    evidence.record("proposal.outcome_taken_back", subject=proposal, actor=actor, now=now)
    owe_outcome(proposal, round=len(proposal.outcomes) + 1, started_at=now, actor=actor, now=now)


def show(
    proposal: Proposal, *, title: str, text: str = "", seen: int | None = None, actor: Actor, now: datetime
) -> None:
    """Lets title and text out after the look for personal data. The text only with the proposer's
    consent (个人信息保护法 art. 25); what was let out can be shortened later."""
    _check("show", proposal, seen, actor)
    if proposal.limited_at is not None or proposal.erased_at is not None:
        message = N_("The proposer had it erased or restricted. It does not become public any more.")
        raise Refused("wrong_time", message, "个人信息保护法 第四十七条")
    if not title.strip():
        raise Refused("invalid", N_("Write the title that everybody reads."), field="title")
    if text.strip() and proposal.shown == "title":
        message = N_("The proposer did not agree that the text is shown. Only the title goes public.")
        raise Refused("invalid", message, "个人信息保护法 第二十五条", field="text")
    for name, written in (("title", title), ("text", text)):
        refused = personal_numbers(written)
        if refused is not None:
            raise Refused("invalid", refused.message, refused.basis, field=name)
        if _names(proposal, written):
            message = N_("The proposer's name is in it. Take it out before it goes public.")
            raise Refused("invalid", message, "个人信息保护法 第二十五条", field=name)
    proposal.public_title, proposal.public_text = title.strip(), text.strip()
    proposal.checked_at, proposal.checked_by = now, actor.person_id
    db.session.flush()
    evidence.record("proposal.shown", subject=proposal, actor=actor, now=now, facts={"text": bool(text.strip())})


def _names(proposal: Proposal, written: str) -> bool:
    name = proposal.author_name
    return proposal.origin != "organisation" and len(name) > 1 and name in written


def _check(action: str, proposal: Proposal, seen: int | None, actor: Actor) -> None:
    refused = refusal(action, facts_of(proposal), actor)
    # Whoever's page was older is told what changed, not what the rules say about the new state.
    if refused is None or refused.code == "wrong_time":
        check_version(proposal, seen)
    if refused is not None:
        raise refused


def _check_day(day: date, *, not_before: date, field: str, now: datetime) -> None:
    if day > day_of(now):
        raise Refused("invalid", N_("This day is still to come."), field=field)
    if day < not_before:
        raise Refused("invalid", N_("This day lies before the step it follows."), field=field)


def _check_decision(proposal: Proposal, decided_on: date, body: str, now: datetime) -> None:
    if body not in BODIES:
        raise Refused("invalid", N_("Choose who decided."), ART_10, field="body")
    assert proposal.studied_on is not None
    _check_day(decided_on, not_before=proposal.studied_on, field="decided_on", now=now)


def _enter(action: str, proposal: Proposal, now: datetime) -> None:
    proposal.stage, proposal.stage_at = TRANSITIONS[action].target, now
    db.session.flush()


def _decide(
    proposal: Proposal,
    action: str,
    *,
    decided_on: date,
    body: str,
    reason: str,
    actor: Actor,
    now: datetime,
    article: str = "",
    item: Decision | None = None,
) -> None:
    kind = TRANSITIONS[action].target
    proposal.outcomes.append(
        ProposalOutcome(
            kind=kind,
            reason=reason.strip(),
            article=article.strip(),
            decided_on=decided_on,
            body=body,
            decision=item,
            recorded_at=now,
            recorded_by=actor.person_id,
        )
    )
    _enter(action, proposal, now)
    evidence.record(
        "proposal.decided",
        subject=proposal,
        actor=actor,
        now=now,
        facts={"outcome": kind, "decided_on": decided_on, "item": item.id if item else None},
    )
    duty = duty_queries.duty_for("proposal", proposal.id, "proposal_outcome")
    if duty is not None and duty.is_open:
        duties.meet(duty, actor=actor, now=now)
    said = f"{SAID[kind]}“{_short(item.title)}”" if item else SAID[kind]
    telling.proposer(proposal, "proposal_decided", now=now, outcome=said, reason=_short(reason.strip(), 40))


def _short(text: str, most: int = 24) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


__all__ = ["begin_study", "decline", "merge", "record_study", "refusals", "show", "take", "undo"]
