"""Who is told of a proposal's steps."""

from datetime import datetime

from participation.accounts import queries as accounts
from participation.decisions.models import Proposal
from participation.notices import service as notices
from participation.notices.service import Contact, Department, Person


def proposer(proposal: Proposal, verb: str, *, now: datetime, **facts: object) -> None:
    """By the contact that was verified, or left on the paper; nobody where there is none."""
    to: Person | Contact
    if proposal.person_id is not None:
        to = Person(proposal.person_id)
    elif proposal.contact_address:
        to = Contact(proposal.contact_channel, proposal.contact_address)  # type: ignore[arg-type]
    else:
        return
    notices.notify(
        verb,
        to=to,
        facts={"number": proposal.number, **facts},
        subject_kind="proposal",
        subject_id=proposal.id,
        now=now,
        department_id=accounts.government_office().id,
    )


def office(proposal: Proposal, *, now: datetime) -> None:
    """Somebody must hand it to study."""
    _desk(proposal, "proposal_arrived", accounts.government_office().id, now)


def unit(proposal: Proposal, verb: str, department_id: int, *, now: datetime, **facts: object) -> None:
    _desk(proposal, verb, department_id, now, **facts)


def _desk(proposal: Proposal, verb: str, department_id: int, now: datetime, **facts: object) -> None:
    notices.notify(
        verb,
        to=Department(department_id),
        facts={"number": proposal.number, "title": proposal.title, **facts},
        subject_kind="proposal",
        subject_id=proposal.id,
        now=now,
        link=f"/desk/decisions/proposals/{proposal.id}",
        department_id=department_id,
    )
