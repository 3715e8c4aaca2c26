"""A consultation. The CHECKs repeat the lifecycle table and the table of periods."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.consultations.lifecycle import PUBLISHED, STAGES
from participation.consultations.rules.period import KINDS
from participation.evidence import service as evidence
from participation.extensions import Instant, db


def among(values: object) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))  # type: ignore[call-overload]


class Consultation(db.Model):
    """`closes_at` is 24:00 (Asia/Shanghai) of `ends_on`; `starts_on` is the day of publication.
    `decision_id` has no foreign key: decisions are a layer above and hold the key to this table."""

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint(f"stage IN ({among(STAGES)})", name="stage_known"),
        CheckConstraint(f"kind IN ({among(KINDS)})", name="kind_known"),
        CheckConstraint(f"(stage IN ({among(PUBLISHED)})) = (published_at IS NOT NULL)", name="published_has_instant"),
        CheckConstraint(
            "published_at IS NULL OR (starts_on IS NOT NULL AND ends_on IS NOT NULL AND closes_at IS NOT NULL"
            " AND promised_feedback_on IS NOT NULL)",
            name="published_has_period",
        ),
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on > starts_on", name="ends_after_start"),
        CheckConstraint("(stage = 'answered') = (feedback_published_at IS NOT NULL)", name="answered_has_instant"),
        CheckConstraint("stage <> 'withdrawn' OR withdrawn_at IS NOT NULL", name="withdrawn_has_instant"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawal_reason <> ''", name="withdrawn_has_reason"),
        CheckConstraint("(extended_from IS NULL) = (extension_reason = '')", name="extended_has_reason"),
        CheckConstraint("catalogue_year IS NULL OR decision_id IS NULL", name="about_one_thing"),
        Index("ix_consultation_stage_closes", "stage", "closes_at"),
        Index("ix_consultation_decision", "decision_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(30), default="major_decision")
    concerns_business: Mapped[bool] = mapped_column(default=False)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    decision_id: Mapped[int | None] = mapped_column(Integer)
    # The draft is the catalogue of this year (713号 art. 3), and no decision of it.
    catalogue_year: Mapped[int | None] = mapped_column(Integer)
    why: Mapped[str] = mapped_column(Text, default="")
    explanation: Mapped[str] = mapped_column(Text, default="")
    contact_person: Mapped[str] = mapped_column(String(60), default="")
    contact_phone: Mapped[str] = mapped_column(String(60), default="")
    contact_address: Mapped[str] = mapped_column(String(200), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_visit: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    closes_at: Mapped[datetime | None] = mapped_column(Instant)
    short_reason: Mapped[str] = mapped_column(Text, default="")
    promised_feedback_on: Mapped[date | None]
    stage: Mapped[str] = mapped_column(String(12), default="draft")
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_back_reason: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    extended_from: Mapped[date | None]
    extension_reason: Mapped[str] = mapped_column(Text, default="")
    restarted_from: Mapped[date | None]
    """The first day of the period before the draft was changed in substance and it began anew."""
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawal_asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawal_reason: Mapped[str] = mapped_column(Text, default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    feedback_summary: Mapped[str] = mapped_column(Text, default="")
    feedback_submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    feedback_submitted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    feedback_returned_reason: Mapped[str] = mapped_column(Text, default="")
    feedback_published_at: Mapped[datetime | None] = mapped_column(Instant)
    # What the page said when it was published; the nightly recount compares.
    feedback_counts: Mapped[dict[str, int] | None] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}


evidence.register(
    Consultation,
    kind="consultation",
    columns=(
        "title", "kind", "concerns_business", "department_id", "decision_id", "catalogue_year", "why", "explanation",
        "starts_on", "ends_on", "closes_at", "short_reason", "promised_feedback_on", "stage", "published_at",
        "extended_from", "extension_reason", "restarted_from", "closed_at", "withdrawal_reason", "withdrawn_at",
        "feedback_summary", "feedback_submitted_at", "feedback_published_at", "feedback_counts",
    ),
    personal=("contact_person", "contact_phone", "contact_address", "contact_email", "contact_visit"),
)  # fmt: skip
