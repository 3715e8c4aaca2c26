"""Whether the clock that dates an entry may be wrong. A doubtful entry is accepted and says so.

Two signs: it stands behind the entry before it, or this machine's clock and the database's differ by
more than five seconds. A correction that two people made (`corrections`) ends a doubt.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation import clock
from participation.evidence.models import ClockCorrection, EvidenceDoubt, EvidenceEntry
from participation.extensions import db

LIMIT = timedelta(seconds=5)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Doubt:
    """In milliseconds, None where there is no such doubt. `differs_ms` is above zero when this
    machine's clock is ahead of the database's."""

    behind_ms: int | None
    differs_ms: int | None

    def as_json(self) -> dict[str, Any]:
        return {"behind_ms": self.behind_ms, "differs_ms": self.differs_ms}


@dataclass(frozen=True)
class Health:
    """`open_entries` are in doubt and not corrected; `differs_ms` is how far the clocks are apart now,
    None as long as that is within the limit. For /readyz and the alarm."""

    open_entries: int
    first_entry: int | None
    differs_ms: int | None

    @property
    def fine(self) -> bool:
        return not self.open_entries and self.differs_ms is None


def judge(*, now: datetime, latest: datetime | None, difference: timedelta) -> Doubt | None:
    """`latest` is the latest time that the log has reached. Pure."""
    behind = (latest - now) if latest is not None and now < latest else None
    differs = difference if abs(difference) > LIMIT else None
    if behind is None and differs is None:
        return None
    # Rounded up: the time reached is carried from doubtful entry to doubtful entry.
    return Doubt(None if behind is None else -(-behind // _MILLISECOND), _in_ms(differs))


def read_clock(session: Session) -> tuple[datetime, Doubt | None]:
    """The time for an entry, and what is doubtful about it."""
    if clock.is_played():
        return clock.now(), None
    # First the log, then the clock: an entry that is already there was dated before this moment.
    row, now, difference = clock.after(_NEWEST)
    return now, judge(now=now, latest=_latest(row), difference=difference)


def health() -> Health:
    opened = open_doubts().subquery()
    count, first = db.session.execute(select(func.count(), func.min(opened.c.entry_id))).one()
    difference = clock.difference()
    return Health(count, first, _in_ms(difference if abs(difference) > LIMIT else None))


def open_doubts() -> Any:
    """The doubtful entries that no confirmed correction covers."""
    covered = (
        select(ClockCorrection.id)
        .where(
            ClockCorrection.state == "confirmed",
            ClockCorrection.first_entry_id <= EvidenceDoubt.entry_id,
            ClockCorrection.through_entry_id >= EvidenceDoubt.entry_id,
        )
        .exists()
    )
    return select(EvidenceDoubt).where(~covered)


_corrected = select(func.max(ClockCorrection.through_entry_id)).where(ClockCorrection.state == "confirmed")
_NEWEST = (
    select(
        EvidenceEntry.id,
        EvidenceEntry.recorded_at,
        EvidenceEntry.payload.contains('"clock":"played"').label("played"),
        EvidenceDoubt.behind_ms,
        _corrected.scalar_subquery().label("corrected"),
    )
    .outerjoin(EvidenceDoubt, EvidenceDoubt.entry_id == EvidenceEntry.id)
    .order_by(EvidenceEntry.id.desc())
    .limit(1)
)


def _latest(row: Any) -> datetime | None:
    """The time that the log has reached: the newest entry's, plus what that one was behind itself.
    Played times and what a correction has closed are no measure."""
    if row is None or row.played or row.id <= (row.corrected or 0):
        return None
    latest: datetime = row.recorded_at
    return latest + timedelta(milliseconds=row.behind_ms or 0)


def _in_ms(value: timedelta | None) -> int | None:
    return None if value is None else value // _MILLISECOND
