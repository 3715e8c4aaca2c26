"""The yearly call for proposals (713号 art. 10)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.decisions.models.catalogue import Catalogue
from participation.evidence import service as evidence
from participation.extensions import Instant, db
from participation.workdays import day_of


class ProposalCall(db.Model):
    """One a year. It takes proposals from `opens_on` to 24:00 of `closes_on`, or until the office ends
    it with a reason. `answer_by` is the day by which every proposer is told what became of it."""

    __tablename__ = "proposal_call"
    __table_args__ = (
        CheckConstraint("opens_on <= closes_on", name="opens_before_it_closes"),
        CheckConstraint("answer_by > closes_on", name="answered_after_it_closes"),
        CheckConstraint("text <> '' AND ways <> ''", name="says_what_and_how"),
        CheckConstraint("(closed_at IS NULL) = (closed_reason = '')", name="closed_with_reason"),
        CheckConstraint("(lengthened_from IS NULL) = (lengthened_reason = '')", name="lengthened_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    catalogue_id: Mapped[int] = mapped_column(ForeignKey("catalogue.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)
    ways: Mapped[str] = mapped_column(Text)
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    answer_by: Mapped[date]
    opened_at: Mapped[datetime] = mapped_column(Instant)
    lengthened_from: Mapped[date | None]
    lengthened_reason: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    catalogue: Mapped[Catalogue] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}

    def state(self, now: datetime) -> str:
        """`coming`, `open` or `closed` at that instant."""
        if self.closed_at is not None or day_of(now) > self.closes_on:
            return "closed"
        return "open" if day_of(now) >= self.opens_on else "coming"


evidence.register(
    ProposalCall,
    kind="proposal_call",
    columns=(
        "catalogue_id", "text", "ways", "opens_on", "closes_on", "answer_by", "opened_at", "lengthened_from",
        "lengthened_reason", "closed_at", "closed_reason",
    ),
)  # fmt: skip
