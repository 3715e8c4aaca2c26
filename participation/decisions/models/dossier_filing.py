"""The dossier that was filed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.evidence import service as evidence
from participation.extensions import Instant, db


class DecisionDossierFiling(StepRecord, db.Model):
    """713号 art. 33. `made_at` is when the dossier was made, `sha256` its file's fingerprint where it was made on
    this site; `receipt_number` is the receiver's."""

    __tablename__ = "decision_dossier_filing"
    __table_args__ = (
        CheckConstraint("receiver <> ''", name="receiver_named"),
        CheckConstraint("(set_aside_at IS NULL) = (set_aside_reason = '')", name="set_aside_with_reason"),
        Index(
            "uq_decision_dossier_filing_standing", "decision_id", "round", unique=True,
            sqlite_where=text("set_aside_at IS NULL"), postgresql_where=text("set_aside_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    filed_on: Mapped[date]
    receiver: Mapped[str] = mapped_column(String(120))
    receipt_number: Mapped[str] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(String(64), default="")


evidence.register(
    DecisionDossierFiling,
    kind="decision_dossier_filing",
    columns=(*RECORD_COLUMNS, "made_at", "filed_on", "receiver", "receipt_number", "sha256"),
)
