"""A proposal for the catalogue, and what became of it (713号 art. 10; R5)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.held import HELD_COLUMNS, Held
from participation.decisions.models.decision import Decision
from participation.decisions.proposing import ORIGINS, OUTCOMES, SHOWN, STAGES
from participation.evidence import service as evidence
from participation.extensions import Instant, db


def _among(values: Any) -> str:
    return ", ".join(f"'{value}'" for value in values)


class Proposal(Held, db.Model):
    """`year` is the catalogue it is for. `received_on` is the day it came in, for a paper the declared
    one; `paper_on` the day the paper bears. `public_title` and `public_text` are what the office let
    out after looking for personal data; until `checked_at` nothing of it is public but its number."""

    __tablename__ = "decision_proposal"
    __table_args__ = (
        CheckConstraint(f"origin IN ({_among(ORIGINS)})", name="origin_known"),
        CheckConstraint(f"stage IN ({_among(STAGES)})", name="stage_known"),
        CheckConstraint(f"shown IN ({_among(SHOWN)})", name="shown_known"),
        CheckConstraint("title <> '' AND text <> ''", name="says_something"),
        CheckConstraint("(origin = 'department') = (department_id IS NOT NULL)", name="department_named"),
        CheckConstraint("(checked_at IS NULL) = (public_title = '')", name="checked_before_public"),
        CheckConstraint("shown <> 'title' OR public_text = ''", name="text_with_consent"),
        CheckConstraint("(stage = 'received') = (study_begun_on IS NULL)", name="study_begun"),
        CheckConstraint("(studied_on IS NULL) = (study_result = '')", name="study_has_result"),
        Index("ix_decision_proposal_year", "year", "id"),
        Index("ix_decision_proposal_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    year: Mapped[int]
    origin: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(10), default="web")
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(Text, default="")
    plan: Mapped[str] = mapped_column(Text, default="")
    author_name: Mapped[str] = mapped_column(String(120), default="")
    contact_channel: Mapped[str] = mapped_column(String(10), default="")
    contact_address: Mapped[str] = mapped_column(String(254), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    shown: Mapped[str] = mapped_column(String(10), default="title")
    paper_on: Mapped[date | None]
    received_on: Mapped[date]
    received_at: Mapped[datetime] = mapped_column(Instant)
    secret_digest: Mapped[str] = mapped_column(String(128))
    submission_key: Mapped[str] = mapped_column(String(64), unique=True)
    stage: Mapped[str] = mapped_column(String(12), default="received")
    stage_at: Mapped[datetime] = mapped_column(Instant)
    study_begun_on: Mapped[date | None]
    study_department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    studied_by: Mapped[str] = mapped_column(String(200), default="")
    studied_on: Mapped[date | None]
    study_result: Mapped[str] = mapped_column(Text, default="")
    public_title: Mapped[str] = mapped_column(String(200), default="")
    public_text: Mapped[str] = mapped_column(Text, default="")
    checked_at: Mapped[datetime | None] = mapped_column(Instant)
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)
    outcomes: Mapped[list["ProposalOutcome"]] = relationship(
        back_populates="proposal", order_by="ProposalOutcome.id", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def outcome(self) -> "ProposalOutcome | None":
        """The one that counts; those taken back stay with their reason."""
        return next((row for row in self.outcomes if row.set_aside_at is None), None)


class ProposalOutcome(db.Model):
    """What the government decided on a proposal. Never edited: a mistake is set aside with a reason."""

    __tablename__ = "decision_proposal_outcome"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_among(OUTCOMES)})", name="kind_known"),
        CheckConstraint("(kind = 'not_taken') = (decision_id IS NULL)", name="taken_into_an_item"),
        CheckConstraint("kind <> 'not_taken' OR (reason <> '' AND article <> '')", name="declined_with_reason"),
        CheckConstraint("(set_aside_at IS NULL) = (set_aside_reason = '')", name="set_aside_with_reason"),
        Index("ix_decision_proposal_outcome_decision", "decision_id"),
        Index("ix_decision_proposal_outcome_proposal", "proposal_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("decision_proposal.id"))
    kind: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text, default="")
    article: Mapped[str] = mapped_column(String(120), default="")
    decided_on: Mapped[date]
    body: Mapped[str] = mapped_column(String(20), default="government")
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    set_aside_at: Mapped[datetime | None] = mapped_column(Instant)
    set_aside_reason: Mapped[str] = mapped_column(Text, default="")
    proposal: Mapped[Proposal] = relationship(back_populates="outcomes")
    decision: Mapped[Decision | None] = relationship(lazy="joined")


class ProposalDraft(db.Model):
    """A form someone filled in. Only the session that was given `key` may use it; swept up after 7 days."""

    __tablename__ = "decision_proposal_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    complete: Mapped[bool] = mapped_column(default=False)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("decision_proposal.id"))
    saved_at: Mapped[datetime] = mapped_column(Instant, index=True)


class ProposalSequence(db.Model):
    """The last number of each year. Raised by one statement, so two proposals never share one."""

    __tablename__ = "decision_proposal_sequence"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


evidence.register(
    Proposal,
    kind="proposal",
    columns=(
        "number", "year", "origin", "channel", "department_id", "entered_by", "shown", "paper_on", "received_on",
        "received_at", "stage", "stage_at", "study_begun_on", "study_department_id", "studied_on", "checked_at",
        *HELD_COLUMNS,
    ),
    personal=("title", "text", "reason", "basis", "plan", "author_name", "contact_address", "studied_by",
              "study_result", "public_title", "public_text"),
)  # fmt: skip
evidence.register(
    ProposalOutcome,
    kind="proposal_outcome",
    columns=(
        "proposal_id", "kind", "reason", "article", "decided_on", "body", "decision_id", "recorded_at",
        "set_aside_at", "set_aside_reason",
    ),
)  # fmt: skip
