"""督办: the government office asks a late unit why, and until when; the unit answers in writing."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db

_OPEN = text("closed_at IS NULL")
_AUTOMATIC = text("opened_by IS NULL")


class Supervision(db.Model):
    """One demand. `opened_by` None: opened by the nightly job on the third overdue workday.
    `ordinal` numbers the demands of one letter; it is the round of the duty to respond."""

    __tablename__ = "letter_supervision"
    __table_args__ = (
        UniqueConstraint("letter_id", "ordinal", name="numbered"),
        CheckConstraint("ordinal >= 1", name="ordinal_positive"),
        CheckConstraint("demand <> ''", name="demand_given"),
        CheckConstraint("(responded_at IS NULL) = (response = '')", name="response_has_instant"),
        CheckConstraint("(closed_at IS NULL) = (conclusion = '')", name="closed_with_conclusion"),
        CheckConstraint("responded_at IS NULL OR responded_at >= opened_at", name="responded_after_opening"),
        CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name="closed_after_opening"),
        Index("ix_letter_supervision_open", "letter_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(
            "ix_letter_supervision_automatic",
            "letter_id",
            "round",
            "department_id",
            unique=True,
            sqlite_where=_AUTOMATIC,
            postgresql_where=_AUTOMATIC,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), ForeignKey("letter.id"), index=True
    )
    round: Mapped[int]
    ordinal: Mapped[int]
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    demand: Mapped[str] = mapped_column(Text)
    respond_by: Mapped[date]
    response: Mapped[str] = mapped_column(Text, default="")
    answer_by: Mapped[date | None]
    """The day by which the unit says that it will answer the letter."""
    responded_at: Mapped[datetime | None] = mapped_column(Instant)
    responded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    conclusion: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


evidence.register(
    Supervision,
    kind="letter_supervision",
    columns=(
        "letter_id", "round", "ordinal", "department_id", "opened_at", "opened_by", "respond_by", "answer_by",
        "responded_at", "responded_by", "closed_at", "closed_by",
    ),
    personal=("demand", "response", "conclusion"),
)  # fmt: skip
