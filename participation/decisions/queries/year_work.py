"""How the work on a year's catalogue stands."""

from datetime import datetime

from sqlalchemy import func, select

from participation.consultations import queries as consultations
from participation.decisions.models import Catalogue, CatalogueAdjustment, Decision
from participation.decisions.queries import proposals
from participation.decisions.year_work import Consulted, YearFacts
from participation.duties.models import Duty
from participation.extensions import db
from participation.workdays import day_of


def unpublished() -> list[tuple[Duty, int]]:
    """The duties to publish a catalogue that are not met, each with its year."""
    rows = db.session.execute(
        select(Duty, Catalogue.year)
        .join(Catalogue, Catalogue.id == Duty.subject_id)
        .where(
            Duty.kind == "catalogue",
            Duty.subject_kind == "catalogue",
            Duty.met_at.is_(None),
            Duty.cancelled_at.is_(None),
        )
        .order_by(Duty.due_at, Duty.id)
    ).all()
    return [(row[0], row[1]) for row in rows]


def facts_of(catalogue: Catalogue, waiting: list[Decision], *, incomplete: int, now: datetime) -> YearFacts:
    """`waiting` are the items of the batch in preparation, `incomplete` how many of them lack something."""
    counts, call, draft = proposals.counts(catalogue.year), proposals.call_of(catalogue.year), catalogue.draft
    public = [batch for batch in catalogue.batches if batch.published_at is not None]
    return YearFacts(
        year=catalogue.year,
        today=day_of(now),
        criteria_written=bool(catalogue.criteria),
        criteria_public=catalogue.criteria_public,
        call=call.state(now) if call is not None else "",
        call_ends_on=_ended(call) if call is not None else None,
        proposals=counts.total,
        undecided=counts.undecided,
        unchecked=counts.unchecked,
        items=len(waiting),
        incomplete=incomplete,
        consultations=consulted(catalogue.year),
        government_on=draft.government_approved_on if draft is not None else None,
        party_on=draft.party_agreed_on if draft is not None else None,
        published_on=day_of(catalogue.published_at) if catalogue.published_at else None,
        batches=len(public),
        adjustments=_adjustments(catalogue.id),
    )


def _ended(call):  # type: ignore[no-untyped-def]
    return call.closes_on if call.closed_at is None else day_of(call.closed_at)


def consulted(year: int) -> list[Consulted]:
    """The consultations on the year's draft catalogue, whatever their stage, the oldest first."""
    return [Consulted(row.id, row.title, row.stage, row.ends_on) for row in consultations.on_catalogue(year)]


def _adjustments(catalogue_id: int) -> int:
    query = select(func.count()).where(CatalogueAdjustment.catalogue_id == catalogue_id)
    return db.session.scalar(query) or 0
