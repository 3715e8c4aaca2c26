"""A proposal arrives: its number, its day, and the date by which its maker hears what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from participation.access import Actor, Capability
from participation.accounts import queries as accounts
from participation.consultations.rules.comments import ContactAddress
from participation.decisions.models import Proposal, ProposalSequence
from participation.decisions.proposing import (
    ART_10,
    ENTERED,
    ORIGINS,
    OUTCOME_WORKDAYS,
    SHOWN,
    WITH_FORM,
    proposal_number,
    year_of,
)
from participation.decisions.queries import proposals as queries
from participation.decisions.service import telling_proposers as telling
from participation.decisions.service.permission import check_keeper
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files import service as files
from participation.workdays import day_of, start_of


@dataclass(frozen=True)
class Said:
    """What a proposal says. `plan` is the first idea of a solution, its necessity and feasibility:
    compulsory for departments, as reason and basis are (713号 art. 10)."""

    title: str
    text: str
    reason: str = ""
    basis: str = ""
    plan: str = ""


@dataclass(frozen=True)
class Keys:
    """The digests of the form's key and of its tracking secret; `form_key` holds staged files."""

    submission: str
    secret: str
    form_key: str = ""


def receive(
    said: Said,
    *,
    origin: str,
    author_name: str,
    contact: ContactAddress,
    shown: str,
    keys: Keys,
    person_id: int | None = None,
    actor: Actor,
    now: datetime,
) -> Proposal:
    """From the public form. A second send raises IntegrityError by `keys.submission` and is the same
    proposal."""
    if origin not in WITH_FORM:
        raise Refused("invalid", N_("Say who makes the proposal."), ART_10, field="origin")
    proposal = _new(said, origin=origin, shown=shown, keys=keys, received_on=day_of(now), now=now)
    proposal.author_name, proposal.person_id = author_name.strip(), person_id
    proposal.contact_channel, proposal.contact_address = contact.channel, contact.address
    return _stored(proposal, keys, actor=actor, now=now)


def enter(
    said: Said,
    *,
    origin: str,
    author_name: str,
    contact: ContactAddress | None,
    shown: str,
    paper_on: date,
    received_on: date,
    keys: Keys,
    actor: Actor,
    now: datetime,
) -> Proposal:
    """The office enters a paper. `paper_on` is the day it bears, `received_on` the day it came in:
    neither lies in the future, and the date by which the outcome is told counts from `received_on`."""
    check_keeper(actor)
    if origin not in ENTERED:
        raise Refused("invalid", N_("Say who makes the proposal."), ART_10, field="origin")
    if not author_name.strip():
        raise Refused("invalid", N_("Write who signed the paper."), field="name")
    today = day_of(now)
    for name, day in (("paper_on", paper_on), ("received_on", received_on)):
        if day > today:
            raise Refused("invalid", N_("This day is still to come."), field=name)
    if received_on < paper_on:
        raise Refused("invalid", N_("It cannot have come in before the day it bears."), field="received_on")
    proposal = _new(said, origin=origin, shown=shown, keys=keys, received_on=received_on, now=now)
    proposal.channel, proposal.paper_on, proposal.author_name = "paper", paper_on, author_name.strip()
    proposal.entered_by = actor.person_id
    if contact is not None:
        proposal.contact_channel, proposal.contact_address = contact.channel, contact.address
    return _stored(proposal, keys, actor=actor, now=now)


def propose(said: Said, *, department_id: int, keys: Keys, actor: Actor, now: datetime) -> Proposal:
    """A department proposes: the main problem, the reason and the basis, and a first plan with its
    necessity and feasibility (713号 art. 10, second item)."""
    if not (actor.can(Capability.ANSWER, department_id) or actor.can(Capability.MANAGE_CATALOGUE, department_id)):
        raise Refused("forbidden", N_("Choose a department that you work for"), ART_10, field="department")
    for name, message in (
        ("reason", N_("Write the reason: why does this need a decision?")),
        ("basis", N_("Name the basis: law, regulation, or the paper of a superior.")),
        ("plan", N_("Write the first plan, why it is needed and why it can be done.")),
    ):
        if not getattr(said, name).strip():
            raise Refused("invalid", message, ART_10, field=name)
    proposal = _new(said, origin="department", shown="text", keys=keys, received_on=day_of(now), now=now)
    proposal.channel, proposal.department_id, proposal.entered_by = "desk", department_id, actor.person_id
    return _stored(proposal, keys, actor=actor, now=now)


def next_number(year: int) -> str:
    """The next number of the year; one statement, so two at once never get the same."""
    insert: Callable[..., Any] = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = insert(ProposalSequence).values(year=year, last=1)
    statement = statement.on_conflict_do_update(
        index_elements=["year"], set_={"last": ProposalSequence.last + 1}
    ).returning(ProposalSequence.last)
    return proposal_number(year, db.session.scalar(statement) or 1)


def _new(said: Said, *, origin: str, shown: str, keys: Keys, received_on: date, now: datetime) -> Proposal:
    if not said.title.strip():
        raise Refused("invalid", N_("Say in one sentence what should be decided."), field="title")
    if not said.text.strip():
        raise Refused("invalid", N_("Write what the problem is and what should be decided."), field="text")
    if shown not in SHOWN:
        raise Refused("invalid", N_("Say what others may read."), field="shown")
    call = queries.open_call(now=now)
    year = year_of(received_on, call.catalogue.year if call is not None else None)
    return Proposal(
        number=next_number(year),
        year=year,
        origin=origin,
        title=said.title.strip(),
        text=said.text.strip(),
        reason=said.reason.strip(),
        basis=said.basis.strip(),
        plan=said.plan.strip(),
        shown=shown,
        received_on=received_on,
        received_at=now,
        stage_at=now,
        secret_digest=keys.secret,
        submission_key=keys.submission,
        stage="received",
    )


def _stored(proposal: Proposal, keys: Keys, *, actor: Actor, now: datetime) -> Proposal:
    db.session.add(proposal)
    db.session.flush()
    if keys.form_key:
        files.attach(keys.form_key, subject_kind="proposal", subject_id=proposal.id, now=now)
    evidence.record(
        "proposal.received",
        subject=proposal,
        actor=actor,
        now=now,
        facts={
            "number": proposal.number,
            "origin": proposal.origin,
            "channel": proposal.channel,
            "received_on": proposal.received_on,
        },
    )
    due_on = owe_outcome(proposal, round=1, started_at=_started(proposal, now), actor=actor, now=now)
    if due_on is not None:
        telling.proposer(proposal, "proposal_received", now=now, due_on=due_on)
    telling.office(proposal, now=now)
    db.session.flush()
    return proposal


def _started(proposal: Proposal, now: datetime) -> datetime:
    return now if proposal.received_on == day_of(now) else start_of(proposal.received_on)


def owe_outcome(proposal: Proposal, *, round: int, started_at: datetime, actor: Actor, now: datetime) -> date | None:
    """Opens the duty to tell the proposer: by the day that the running call promised, else within 30
    workdays. None where nobody outside waits for it."""
    if not ORIGINS[proposal.origin].owed:
        return None
    call = queries.open_call(now=now)
    promised = call.answer_by if call is not None and call.catalogue.year == proposal.year else None
    duty = duties.open_duty(
        "proposal_outcome",
        subject_kind="proposal",
        subject_id=proposal.id,
        department_id=accounts.government_office().id,
        started_at=started_at,
        workdays=None if promised else OUTCOME_WORKDAYS,
        due_on=promised,
        round=round,
        actor=actor,
        now=now,
    )
    return duty.due_on
