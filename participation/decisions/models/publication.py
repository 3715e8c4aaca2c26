"""A decision that was published: the text, its number, when, by whom and where."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.decisions.models.paper import DecisionPaper
from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.evidence import service as evidence
from participation.extensions import db


class DecisionPublication(StepRecord, db.Model):
    """713号 art. 32. `channels` are {"kind", "where", "url"}; `adoption` tells, in a matter of concern, what was
    adopted of the opinions of people and experts. `is_policy` is what the text counted as on that day."""

    __tablename__ = "decision_publication"
    __table_args__ = (
        CheckConstraint("(set_aside_at IS NULL) = (set_aside_reason = '')", name="set_aside_with_reason"),
        Index(
            "uq_decision_publication_standing",
            "decision_id",
            "round",
            unique=True,
            sqlite_where=text("set_aside_at IS NULL"),
            postgresql_where=text("set_aside_at IS NULL"),
        ),
    )

    STEP = "published"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("decision_paper.id"))
    doc_number: Mapped[str] = mapped_column(String(80), default="")
    issuer: Mapped[str] = mapped_column(String(120))
    published_on: Mapped[date]
    channels: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    adoption: Mapped[str] = mapped_column(Text, default="")
    is_policy: Mapped[bool]
    paper: Mapped[DecisionPaper] = relationship(lazy="joined")


evidence.register(
    DecisionPublication,
    kind="decision_publication",
    columns=(
        *RECORD_COLUMNS, "paper_id", "doc_number", "issuer", "published_on", "channels", "adoption", "is_policy",
    ),
)  # fmt: skip
