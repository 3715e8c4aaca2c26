"""What the publication of a batch does with the items it carries over (R3)."""

from collections.abc import Sequence
from datetime import date

from participation.decisions import queries
from participation.decisions.models import CatalogueCarry
from participation.decisions.service.fields import public_fields
from participation.errors import N_, Refused

ARTICLE = "山东省重大行政决策事项目录管理办法"


def no_longer_open(carries: Sequence[CatalogueCarry]) -> Refused | None:
    """Why the batch cannot come out as it stands: an item was finished or taken out meanwhile."""
    over = next((row for row in carries if not queries.is_unfinished(row.decision)), None)
    if over is None:
        return None
    return Refused(
        "wrong_time",
        N_("Item %(number)d is finished or was ended meanwhile. Take it out of this batch."),
        basis=ARTICLE,
        args_={"number": over.number},
    )


def settle_carries(carries: Sequence[CatalogueCarry]) -> None:
    """The earlier year keeps what it said; from now on the decision has the new year's planned time."""
    for row in carries:
        row.said = public_fields(row.decision, number=row.from_number)
        if row.planned_text:
            _plan(row)


def _plan(row: CatalogueCarry) -> None:
    days: tuple[date | None, date | None] = (row.planned_from, row.planned_to)
    row.decision.planned_text = row.planned_text
    row.decision.planned_from, row.decision.planned_to = days
