"""The text of a decision, signed together with what explains it."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.evidence import service as evidence
from participation.extensions import db


class DecisionSigning(StepRecord, db.Model):
    """One signature for the text and every interpretation at the same time (同步审签). `digest` and those in
    `interpretations` ({"id", "digest"}) say exactly what was signed: a text that is changed afterwards
    is not the one. `signer` is the post of whoever signed; `recorded_by` who did so on this site."""

    __tablename__ = "decision_signing"
    __table_args__ = (
        CheckConstraint("digest <> ''", name="signed_something"),
        CheckConstraint("(set_aside_at IS NULL) = (set_aside_reason = '')", name="set_aside_with_reason"),
        Index(
            "uq_decision_signing_standing",
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
    digest: Mapped[str] = mapped_column(String(64))
    interpretations: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    signed_on: Mapped[date]
    signer: Mapped[str] = mapped_column(String(120))


evidence.register(
    DecisionSigning,
    kind="decision_signing",
    columns=(*RECORD_COLUMNS, "paper_id", "digest", "interpretations", "signed_on"),
    personal=("signer",),
)
