"""How requests about data appear elsewhere: in the ledger and in the tabs of the desk."""

from sqlalchemy import func, select

from participation.access import Actor, Capability
from participation.duties.subjects import SubjectLine, register_subject
from participation.errors import N_
from participation.extensions import db
from participation.privacy.contact_lists import queries as lists
from participation.privacy.models import DataRequest
from participation.web.navigation import add_tab


def describe(ids: set[int]) -> dict[int, SubjectLine]:
    """The number alone: what was asked is between the person and the office."""
    return {row_id: SubjectLine(f"个人信息申请 {row_id}", f"/desk/data-requests/{row_id}") for row_id in ids}


def describe_public(ids: set[int]) -> dict[int, SubjectLine]:
    return {row_id: SubjectLine(f"个人信息申请 {row_id}") for row_id in ids}


def waiting(_actor: Actor) -> int:
    query = select(func.count()).select_from(DataRequest).where(DataRequest.state == "waiting")
    return db.session.scalar(query) or 0


def register() -> None:
    """Called when the site starts; twice is the same as once."""
    register_subject("data_request", describe, public=describe_public)
    deciding = (Capability.DISPATCH, Capability.MANAGE_PEOPLE)
    lead = ("mailbox.dispatch", "accounts.people")
    add_tab("privacy.requests", N_("Requests about data"), deciding, 46, waiting=waiting, under=lead)
    asking = (Capability.ASK_CONTACTS, Capability.DECIDE_CONTACTS)
    leads = ("mailbox.dispatch", "mailbox.desk", "oversight.ledger", lead[-1])
    add_tab("privacy.contact_lists", N_("Lists of contacts"), asking, 48, waiting=lists.waiting, under=leads)
    add_tab(
        "privacy.readings", N_("Who read what"), Capability.WATCH_EVIDENCE, 47, under=["oversight.ledger", lead[-1]]
    )
