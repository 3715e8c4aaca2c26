"""A date that a rule sets, who held the matter, and each time the date was counted anew."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, TextClause, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.duties.rules import DUTIES
from participation.evidence import service as evidence
from participation.extensions import Instant, db

_KINDS = ", ".join(f"'{kind}'" for kind in DUTIES)
_OPEN = text("met_at IS NULL AND cancelled_at IS NULL")
_CANCELLED = text("cancelled_at IS NOT NULL")
_MOVED = text("late_department_id IS NOT NULL")

_PLACE = ("due_at", "id", "department_id", "late_department_id", "restricted_from")
"""The order of the ledger, and what its readers and its filter ask beside."""


def _where(sqlite: TextClause, postgresql: TextClause | None = None) -> dict[str, Any]:
    """Of which rows an index is; a truth value is written otherwise on each database."""
    return {"sqlite_where": sqlite, "postgresql_where": sqlite if postgresql is None else postgresql}


class Duty(db.Model):
    """One matter, one date. `due_at` is 24:00 in Zhoucun of `due_on`; `soon_at` is when the last
    workday before it begins; `met_late` is the verdict, given once when it is met."""

    __tablename__ = "duty"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind_known"),
        CheckConstraint("basis IN ('law', 'plan', 'promise')", name="basis_known"),
        CheckConstraint("measure IN ('by', 'until')", name="measure_known"),
        CheckConstraint("round >= 1", name="round_positive"),
        CheckConstraint("workdays IS NULL OR workdays BETWEEN 1 AND 366", name="workdays_sensible"),
        CheckConstraint("started_at < due_at", name="due_after_start"),
        CheckConstraint("soon_at <= due_at", name="soon_before_due"),
        CheckConstraint("met_at IS NULL OR cancelled_at IS NULL", name="closed_once"),
        CheckConstraint("(met_at IS NULL) = (met_late IS NULL)", name="verdict_when_met"),
        # 民法典 art. 203: in time means before 24:00 of the last day.
        CheckConstraint(
            "met_at IS NULL OR (measure = 'by' AND met_late = (met_at >= due_at))"
            " OR (measure = 'until' AND met_at >= due_at)",
            name="verdict_is_true",
        ),
        CheckConstraint("(cancelled_at IS NULL) = (cancelled_reason = '')", name="cancelled_with_reason"),
        # 山东省政务服务热线管理办法 (2020): generally no more than 10 workdays.
        CheckConstraint("extended_by BETWEEN 0 AND 10", name="extension_sensible"),
        CheckConstraint("extended = (extended_by > 0)", name="extended_by_something"),
        # 信访工作条例 art. 30; what was closed before anybody knew stays as it was.
        CheckConstraint(
            "restricted_from IS NULL OR restricted_from <> department_id"
            " OR met_at IS NOT NULL OR cancelled_at IS NOT NULL",
            name="not_held_by_the_accused",
        ),
        Index(
            "ix_duty_open_once",
            "kind",
            "subject_kind",
            "subject_id",
            "round",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        # The number first: by the kind alone SQLite, without statistics, would read every duty of a letter.
        Index("ix_duty_subject", "subject_id", "subject_kind"),
        Index("ix_duty_due", "due_at", "id"),
        # The ledger reads state after state, each by its date.
        Index("ix_duty_open_due", "due_at", "id", **_where(_OPEN)),
        # The queues of the desks.
        Index("ix_duty_open_kind", "kind", "due_at", "subject_id", **_where(_OPEN)),
        Index("ix_duty_late_due", *_PLACE, **_where(text("met_late = 1"), text("met_late"))),
        Index("ix_duty_extended_due", *_PLACE, **_where(text("extended = 1"), text("extended"))),
        Index("ix_duty_cancelled_due", *_PLACE, **_where(_CANCELLED)),
        Index("ix_duty_kind_due", "kind", "due_at", "id"),
        Index("ix_duty_basis_due", "basis", "due_at", "id"),
        Index("ix_duty_department_due", "department_id", "due_at", "id"),
        Index("ix_duty_late_department", "late_department_id", "due_at", "id", **_where(_MOVED)),
        Index("ix_duty_started", "kind", "round", "started_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int]
    round: Mapped[int] = mapped_column(default=1)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    late_department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    """Who held it when it became late, once another department has taken it over."""
    restricted_from: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    basis: Mapped[str] = mapped_column(String(10))
    article: Mapped[str] = mapped_column(String(120))
    measure: Mapped[str] = mapped_column(String(10))
    started_at: Mapped[datetime] = mapped_column(Instant())
    started_on: Mapped[date]
    due_on: Mapped[date]
    due_at: Mapped[datetime] = mapped_column(Instant())
    soon_at: Mapped[datetime] = mapped_column(Instant())
    workdays: Mapped[int | None]
    counting: Mapped[dict[str, Any]] = mapped_column(JSON)
    provisional: Mapped[bool]
    calendar_version: Mapped[str] = mapped_column(String(40))
    original_due_at: Mapped[datetime] = mapped_column(Instant())
    extended: Mapped[bool] = mapped_column(default=False)
    extended_by: Mapped[int] = mapped_column(default=0)
    """Workdays that an approved extension added; they are part of `workdays`."""
    met_at: Mapped[datetime | None] = mapped_column(Instant())
    met_late: Mapped[bool | None]
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant())
    cancelled_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column()

    holdings: Mapped[list["DutyHolding"]] = relationship(
        order_by="(DutyHolding.from_at, DutyHolding.id)", back_populates="duty"
    )
    redatings: Mapped[list["DutyRedating"]] = relationship(order_by="DutyRedating.id", back_populates="duty")
    __mapper_args__ = {"version_id_col": version}

    @property
    def is_open(self) -> bool:
        return self.met_at is None and self.cancelled_at is None

    @property
    def counted(self) -> list[date]:
        """The days counted, in order; none where the rule names a date."""
        return [date.fromisoformat(day) for day in self.counting["counted"]]

    @property
    def skipped(self) -> list[tuple[date, str]]:
        """The days not counted, each with "weekend" or "festival:<name>"."""
        return [(date.fromisoformat(row["day"]), row["reason"]) for row in self.counting["skipped"]]

    def late_at(self, now: datetime) -> bool:
        """Whether the date has passed unmet, or had when it was met."""
        return self.measure == "by" and self.cancelled_at is None and (self.met_at or now) >= self.due_at


class DutyHolding(db.Model):
    """Which department had the matter, from when until when (open: still has)."""

    __tablename__ = "duty_holding"
    __table_args__ = (
        CheckConstraint("until_at IS NULL OR until_at >= from_at", name="holding_in_order"),
        Index(
            "ix_duty_holding_now",
            "duty_id",
            unique=True,
            sqlite_where=text("until_at IS NULL"),
            postgresql_where=text("until_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    from_at: Mapped[datetime] = mapped_column(Instant())
    until_at: Mapped[datetime | None] = mapped_column(Instant())
    duty: Mapped[Duty] = relationship(back_populates="holdings")


class DutyRedating(db.Model):
    """The date was counted anew. The old one stays readable beside the new, with the reason. Not
    `applied`: the new count came out earlier and would have made the duty late, so the old stands."""

    __tablename__ = "duty_redating"
    __table_args__ = (
        CheckConstraint("cause IN ('calendar', 'period', 'extension')", name="cause_known"),
        CheckConstraint("reason <> ''", name="reason_given"),
        CheckConstraint("old_due_on <> new_due_on", name="date_moved"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant())
    cause: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    old_due_on: Mapped[date]
    new_due_on: Mapped[date]
    applied: Mapped[bool] = mapped_column(default=True)
    calendar_version: Mapped[str] = mapped_column(String(40))
    duty: Mapped[Duty] = relationship(back_populates="redatings")


_NOT_EVIDENCE = ("id", "version")
# With their content, so that the ledger of a past moment can be rebuilt from the log alone.
evidence.register(
    Duty,
    kind="duty",
    columns=tuple(column.name for column in Duty.__table__.columns if column.name not in _NOT_EVIDENCE),
    content=True,
)
evidence.register(
    DutyHolding, kind="duty_holding", columns=("duty_id", "department_id", "from_at", "until_at"), content=True
)
evidence.register(
    DutyRedating,
    kind="duty_redating",
    columns=("duty_id", "at", "cause", "reason", "old_due_on", "new_due_on", "applied", "calendar_version"),
    content=True,
)
