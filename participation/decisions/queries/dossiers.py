"""Reading the dossiers that were made."""

from sqlalchemy import select

from participation.decisions.models.dossier import DecisionDossier
from participation.extensions import db


def dossiers_of(decision_id: int) -> list[DecisionDossier]:
    """The newest first."""
    asked = select(DecisionDossier).where(DecisionDossier.decision_id == decision_id)
    return list(db.session.scalars(asked.order_by(DecisionDossier.id.desc())))


def dossier(decision_id: int, dossier_id: int) -> DecisionDossier | None:
    return db.session.scalar(
        select(DecisionDossier).where(DecisionDossier.id == dossier_id, DecisionDossier.decision_id == decision_id)
    )
