"""A dossier that was made: when, by whom, and the fingerprint of its file."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db


class DecisionDossier(db.Model):
    """713号 art. 33. The file lies outside the database under its SHA-256. `files` counts what is in it,
    `entries` the proofs, `unsealed` the entries that waited for their seal when it was made."""

    __tablename__ = "decision_dossier"
    __table_args__ = (
        CheckConstraint("files > 0 AND entries >= 0 AND unsealed >= 0 AND size > 0", name="something_in_it"),
        Index("ix_decision_dossier_decision", "decision_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    round: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    files: Mapped[int]
    entries: Mapped[int]
    unsealed: Mapped[int]


evidence.register(
    DecisionDossier,
    kind="decision_dossier",
    columns=("decision_id", "round", "made_at", "made_by", "sha256", "size", "files", "entries", "unsealed"),
)
