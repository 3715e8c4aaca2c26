"""How the dates of a page of the ledger came about: for all rows together, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select

from participation.accounts.queries import department_names
from participation.duties.calendar import load_calendar
from participation.duties.history.models import DutyVersion
from participation.duties.models import Duty, DutyHolding, DutyRedating
from participation.duties.rules import State
from participation.duties.strip import Strip, build
from participation.evidence.models import EvidenceEntry
from participation.extensions import db
from participation.oversight import inquiring
from participation.oversight.models import Inquiry
from participation.oversight.queries.board import Late
from participation.workdays import WorkCalendar, day_of

LONGEST = timedelta(days=90)
"""Days after the due day that are still drawn one by one; beyond, the number says it."""


@dataclass(frozen=True)
class Handed:
    at: datetime
    name: str


@dataclass(frozen=True)
class Reason:
    """`handed`: to whom after the first; `soon_at`, `late_at`: from when it was due soon, and late, if it was;
    `entries`: the first and the last number in the log; `inquiry`: by which it is followed up now."""

    strip: Strip | None
    redatings: Sequence[DutyRedating]
    handed: Sequence[Handed]
    soon_at: datetime | None
    late_at: datetime | None
    entries: tuple[int, int] | None
    inquiry: int | None


def reasons(rows: Sequence[Late], *, as_of: datetime) -> dict[int, Reason]:
    """By the duty's number, as they were known at `as_of`."""
    duties = [late.row.duty for late in rows]
    ids = [duty.id for duty in duties]
    if not ids:
        return {}
    names = department_names()
    redatings: dict[int, list[DutyRedating]] = defaultdict(list)
    for change in db.session.scalars(
        select(DutyRedating).where(DutyRedating.duty_id.in_(ids), DutyRedating.at <= as_of).order_by(DutyRedating.id)
    ):
        redatings[change.duty_id].append(change)
    handed: dict[int, list[Handed]] = defaultdict(list)
    for duty_id, department_id, from_at in db.session.execute(
        select(DutyHolding.duty_id, DutyHolding.department_id, DutyHolding.from_at)
        .where(DutyHolding.duty_id.in_(ids), DutyHolding.from_at <= as_of)
        .order_by(DutyHolding.from_at, DutyHolding.id)
    ):
        handed[duty_id].append(Handed(from_at, names.get(department_id, "")))
    entries, calendar = _entries(ids, as_of), load_calendar()
    open_ = select(Inquiry.duty_id, Inquiry.id).where(Inquiry.duty_id.in_(ids), Inquiry.stage.not_in(inquiring.ENDED))
    followed = {row.duty_id: row.id for row in db.session.execute(open_)}
    return {
        late.row.duty.id: Reason(
            _strip(late.row.duty, as_of, calendar),
            redatings[late.row.duty.id],
            handed[late.row.duty.id][1:],
            *_cards(late, as_of),
            entries.get(late.row.duty.id),
            followed.get(late.row.duty.id),
        )
        for late in rows
    }


def _entries(ids: Sequence[int], as_of: datetime) -> dict[int, tuple[int, int]]:
    query = (
        select(EvidenceEntry.subject_id, func.min(EvidenceEntry.id), func.max(EvidenceEntry.id))
        .where(
            EvidenceEntry.subject_kind == "duty", EvidenceEntry.subject_id.in_(ids), EvidenceEntry.recorded_at <= as_of
        )
        .group_by(EvidenceEntry.subject_id)
    )
    return {duty_id: (first, last) for duty_id, first, last in db.session.execute(query)}


def _cards(late: Late, as_of: datetime) -> tuple[datetime | None, datetime | None]:
    duty = late.row.duty
    if duty.measure == "until" or late.row.state is State.CANCELLED:
        return None, None
    end = duty.met_at or as_of
    soon = duty.soon_at if duty.started_at < duty.soon_at <= end else None
    return soon, duty.due_at if duty.due_at <= end else None


def _strip(duty: Duty | DutyVersion, as_of: datetime, calendar: WorkCalendar) -> Strip | None:
    until = day_of(duty.met_at or as_of)
    if not duty.counted or until - duty.due_on > LONGEST or duty.cancelled_at is not None:
        return None
    found = build(
        duty.started_on,
        duty.counted,
        dict(duty.skipped),
        today=day_of(as_of),
        answered_on=day_of(duty.met_at) if duty.met_at else None,
        provisional=duty.provisional,
        regular_due=duty.counted[-1 - duty.extended_by] if duty.extended else None,
        calendar=calendar if until > duty.due_on else None,
    )
    return replace(found, again=True) if isinstance(duty, Duty) and duty.round > 1 else found
