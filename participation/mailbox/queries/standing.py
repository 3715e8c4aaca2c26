"""What the public board says of the letters that are open: numbers without a name."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from participation.extensions import db
from participation.mailbox.ageing import STEPS
from participation.mailbox.models import Letter, Supervision
from participation.mailbox.queries.ageing import groups_of_all
from participation.mailbox.queries.elsewhere import UNCONFIRMED


@dataclass(frozen=True)
class Standing:
    """Letters open for 30, 60 and 90 natural days, supervisions that run, and letters from elsewhere
    that were entered late and wait for a second person."""

    open_for: dict[int, int]
    supervised: int
    unconfirmed: int


def standing(*, today: date) -> Standing:
    """By one query, letters about a unit included: nobody is named."""
    ages = groups_of_all(today).subquery()
    supervised = select(func.count()).select_from(Supervision).where(Supervision.closed_at.is_(None))
    unconfirmed = select(func.count()).select_from(Letter).where(UNCONFIRMED)
    row = db.session.execute(select(ages, supervised.scalar_subquery(), unconfirmed.scalar_subquery())).one()
    return Standing(dict(zip(STEPS, row[:3], strict=True)), row[3], row[4])
