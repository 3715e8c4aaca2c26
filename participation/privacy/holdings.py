"""What is held about somebody who has proved who they are: by an account, a contact, or number and code."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from participation.accounts.models import Person
from participation.consultations.models import Comment
from participation.decisions.models.proposal import Proposal
from participation.extensions import db
from participation.mailbox.models import Letter
from participation.privacy.grounds import Matter

MODELS: dict[str, type[Any]] = {"letter": Letter, "comment": Comment, "proposal": Proposal}


@dataclass(frozen=True)
class Proved:
    """`contacts` are verified (channel, address) pairs; `opened` matters that were opened with number and
    query code, as (kind, id)."""

    person_id: int | None = None
    contacts: tuple[tuple[str, str], ...] = ()
    opened: tuple[tuple[str, int], ...] = ()

    @property
    def anybody(self) -> bool:
        return bool(self.person_id is not None or self.contacts or self.opened)

    @property
    def addresses(self) -> list[str]:
        return [address for _channel, address in self.contacts]


def kind_of(row: Matter) -> str:
    return next(kind for kind, model in MODELS.items() if isinstance(row, model))


def account(proved: Proved) -> Person | None:
    """The account of a citizen; the accounts of staff are the administrator's business."""
    person = db.session.get(Person, proved.person_id) if proved.person_id is not None else None
    return person if person is not None and person.is_citizen else None


def matters(proved: Proved) -> list[Matter]:
    """Letters, comments and proposals, the newest first; erased ones are nobody's."""
    found: list[Matter] = []
    for kind, model in MODELS.items():
        mine = [model.id.in_([row_id for opened, row_id in proved.opened if opened == kind])]
        if proved.person_id is not None:
            mine.append(model.person_id == proved.person_id)
        if proved.contacts:
            mine.append(model.contact_address.in_(proved.addresses))
        found += db.session.scalars(select(model).where(or_(*mine), model.erased_at.is_(None)))
    return sorted(found, key=lambda row: (row.received_at, row.id), reverse=True)


def matter(proved: Proved, kind: str, row_id: int) -> Matter | None:
    """One of them, or nothing if it is somebody else's."""
    return next((row for row in matters(proved) if (kind_of(row), row.id) == (kind, row_id)), None)
