"""A unit asks for more time, once; the government office decides before the date has passed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db

OUTCOMES = ("", "approved", "declined", "lapsed")


class Extension(db.Model):
    """A request, with what is said to the writer meanwhile. `outcome` is empty while it is
    undecided; "lapsed" when the date passed, or the letter left the unit, before a decision."""

    __tablename__ = "letter_extension"
    __table_args__ = (
        CheckConstraint("outcome IN ('', 'approved', 'declined', 'lapsed')", name="outcome_known"),
        CheckConstraint("workdays BETWEEN 1 AND 10", name="ten_workdays_at_most"),
        CheckConstraint("reason <> '' AND interim <> ''", name="reason_and_interim_given"),
        CheckConstraint("(outcome = '') = (decided_at IS NULL)", name="decided_at_an_instant"),
        CheckConstraint("(outcome IN ('approved', 'declined')) = (decided_by IS NOT NULL)", name="decided_by_somebody"),
        CheckConstraint("outcome <> 'declined' OR decision <> ''", name="declined_with_reason"),
        CheckConstraint("(outcome = 'approved') = (new_due_on IS NOT NULL)", name="new_date_when_approved"),
        Index(
            "ix_letter_extension_pending",
            "letter_id",
            unique=True,
            sqlite_where=text("outcome = ''"),
            postgresql_where=text("outcome = ''"),
        ),
        Index(
            "ix_letter_extension_once",
            "letter_id",
            unique=True,
            sqlite_where=text("outcome = 'approved'"),
            postgresql_where=text("outcome = 'approved'"),
        ),
        Index("ix_letter_extension_letter", "letter_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    round: Mapped[int] = mapped_column(Integer)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    workdays: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(Text)
    interim: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    old_due_on: Mapped[date] = mapped_column(Date)
    outcome: Mapped[str] = mapped_column(String(10), default="")
    decision: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    new_due_on: Mapped[date | None] = mapped_column(Date)


evidence.register(
    Extension,
    kind="letter_extension",
    columns=(
        "letter_id",
        "round",
        "department_id",
        "workdays",
        "asked_at",
        "asked_by",
        "old_due_on",
        "outcome",
        "decided_at",
        "decided_by",
        "new_due_on",
    ),
    personal=("reason", "interim", "decision"),
)
