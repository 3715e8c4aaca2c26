"""The versions of duties, and how far the log has been read."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence.models import LONG
from participation.extensions import Instant, db

_UNMET = "met_at IS NULL AND cancelled_at IS NULL"
LONG_DAYS = 32
"""A version that stood longer is looked for in an index of its own, so that the others can be found near their
beginning."""


_ENDED = {
    "met": ("met_at IS NOT NULL", "met_at IS NOT NULL"),
    "late": ("met_late = 1", "met_late"),
    "extended": ("extended = 1 AND met_at IS NOT NULL", "extended AND met_at IS NOT NULL"),
    "cancelled": ("cancelled_at IS NOT NULL", "cancelled_at IS NOT NULL"),
}
"""Of which versions an index is, on SQLite and on PostgreSQL."""


def _ended(name: str, sqlite: str, postgresql: str, *before: str) -> Index:
    """The versions of a state in the order of the ledger, within what is asked most."""
    return Index(
        f"ix_duty_version_{name}", *before, "due_at", "duty_id",
        sqlite_where=text(sqlite), postgresql_where=text(postgresql),
    )  # fmt: skip


class DutyVersion(db.Model):
    """What the log says a duty was from `from_at` (the entry's time of recording) until the next version; without
    `until_at` it stands. Not evidence itself: made from it, and made again at any time."""

    __tablename__ = "duty_version"
    __table_args__ = (
        CheckConstraint("until_at IS NULL OR until_at >= from_at", name="version_in_order"),
        Index("ix_duty_version_duty", "duty_id", "leaf_index"),
        Index("ix_duty_version_standing", "from_at", sqlite_where=text(f"{_UNMET} AND until_at IS NULL"),
              postgresql_where=text(f"{_UNMET} AND until_at IS NULL")),
        Index("ix_duty_version_short", "from_at", "until_at", sqlite_where=text(f"{_UNMET} AND lasted = 0"),
              postgresql_where=text(f"{_UNMET} AND lasted = 0")),
        Index("ix_duty_version_long", "from_at", "until_at", sqlite_where=text(f"{_UNMET} AND lasted = 1"),
              postgresql_where=text(f"{_UNMET} AND lasted = 1")),
        *(_ended(name, sqlite, postgresql) for name, (sqlite, postgresql) in _ENDED.items()),
        *(_ended(f"{name}_by_unit", *told, "responsible_id") for name, told in _ENDED.items()),
        *(_ended(f"{name}_by_kind", *told, "kind") for name, told in _ENDED.items()),
        _ended("met_by_basis", *_ENDED["met"], "basis"),
        Index("ix_duty_version_changed", "from_at", "duty_id"),
    )  # fmt: skip

    number: Mapped[int] = mapped_column("id", LONG, primary_key=True)
    duty_id: Mapped[int]
    entry_id: Mapped[int] = mapped_column(LONG)
    leaf_index: Mapped[int] = mapped_column(LONG)
    from_at: Mapped[datetime] = mapped_column(Instant)
    until_at: Mapped[datetime | None] = mapped_column(Instant)
    lasted: Mapped[int | None]
    """1 when it stood longer than `LONG_DAYS`, 0 when not, empty while it stands."""
    kind: Mapped[str] = mapped_column(String(30))
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int]
    department_id: Mapped[int]
    late_department_id: Mapped[int | None]
    responsible_id: Mapped[int]
    """Whoever had it when it became late, else who has it: what the filter by department asks."""
    basis: Mapped[str] = mapped_column(String(10))
    article: Mapped[str] = mapped_column(String(120))
    measure: Mapped[str] = mapped_column(String(10))
    started_at: Mapped[datetime] = mapped_column(Instant)
    started_on: Mapped[date]
    counting: Mapped[dict[str, Any]] = mapped_column(JSON)
    due_on: Mapped[date]
    due_at: Mapped[datetime] = mapped_column(Instant)
    soon_at: Mapped[datetime] = mapped_column(Instant)
    provisional: Mapped[bool]
    extended: Mapped[bool]
    extended_by: Mapped[int]
    calendar_version: Mapped[str] = mapped_column(String(40))
    met_at: Mapped[datetime | None] = mapped_column(Instant)
    met_late: Mapped[bool | None]
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def counted(self) -> list[date]:
        return [date.fromisoformat(day) for day in self.counting["counted"]]

    @property
    def skipped(self) -> list[tuple[date, str]]:
        return [(date.fromisoformat(row["day"]), row["reason"]) for row in self.counting["skipped"]]

    @property
    def id(self) -> int:
        """The duty's number: a version stands in a row of the ledger as the duty does."""
        return self.duty_id


class HistoryPlace(db.Model):
    """One row: how many leaves of the log have been read."""

    __tablename__ = "duty_history_place"

    id: Mapped[int] = mapped_column(primary_key=True)
    leaves: Mapped[int] = mapped_column(LONG, default=0)


COPIED = (
    "kind", "subject_kind", "subject_id", "department_id", "late_department_id", "basis", "article", "measure",
    "provisional", "extended", "extended_by", "calendar_version", "met_late", "counting",
)  # fmt: skip
DAYS = ("started_on", "due_on")
INSTANTS = ("started_at", "due_at", "soon_at", "met_at", "cancelled_at")
