"""One unit's public record: its letters of the year, and what it promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from participation.access import ANYONE
from participation.accounts import queries as accounts
from participation.accounts.models import Department
from participation.clock import local_date
from participation.duties import queries as duties
from participation.duties.ledger import LedgerFilter
from participation.duties.rules import DUTIES, State
from participation.mailbox.figures import Figures
from participation.mailbox.queries import figures
from participation.oversight.queries.board import Late, with_lateness

PROMISES = 20


@dataclass(frozen=True)
class Record:
    """`year` are the letters received from 1 January until now; letters about a unit are none of
    its own and none of anybody else's. `late` are open; `promises` were made in its answers."""

    department: Department
    first: date
    today: date
    year: Figures
    late: Sequence[Late]
    promises: Sequence[Late]
    as_of: datetime


def record(department_id: int, *, now: datetime) -> Record | None:
    """None for a unit that does not exist."""
    department = accounts.department(department_id)
    if department is None:
        return None
    today = local_date(now)
    first = today.replace(month=1, day=1)
    counted = figures.of_months(first, today.replace(day=1), now=now)
    year = counted.figures(lambda key: key.department_id == department_id)
    late = duties.ledger(
        now=now,
        actor=ANYONE,
        filters=LedgerFilter(kinds=("letter_answer",), department_id=department_id, states=(State.OVERDUE,)),
        limit=20,
        count=False,
    )
    return Record(
        department,
        first,
        today,
        year,
        with_lateness(late.rows, now=now),
        _promises(department_id, now=now),
        counted.as_of,
    )


def _promises(department_id: int, *, now: datetime) -> Sequence[Late]:
    if "letter_followup" not in DUTIES:
        return ()
    filters = LedgerFilter(kinds=("letter_followup",), department_id=department_id)
    page = duties.ledger(now=now, actor=ANYONE, filters=filters, limit=PROMISES, count=False)
    return with_lateness(page.rows, now=now)
