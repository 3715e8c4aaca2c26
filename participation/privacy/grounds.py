"""Whether something stands against erasing a matter: the key of a ground, or nothing."""

from datetime import datetime

from sqlalchemy import select

from participation.consultations.models import Comment, Consultation
from participation.decisions.models.proposal import Proposal
from participation.duties.models import Duty
from participation.extensions import db
from participation.mailbox.lifecycle import OPEN
from participation.mailbox.models import Letter
from participation.privacy.rules import READING

Matter = Letter | Comment | Proposal


def ground_of(row: Matter) -> str:
    """Empty when it can be erased now. The grounds that end soonest come first."""
    if isinstance(row, Letter):
        return _letter(row)
    if isinstance(row, Comment):
        return _comment(row)
    if row.stage in ("received", "studying"):
        return "proposal_open"
    return "dossier" if row.stage in ("taken", "merged") else ""


def _letter(letter: Letter) -> str:
    if letter.stage in OPEN:
        return "letter_open"
    owed = select(Duty.id).where(
        Duty.subject_kind == "letter", Duty.subject_id == letter.id, Duty.met_at.is_(None), Duty.cancelled_at.is_(None)
    )
    if db.session.scalar(owed.limit(1)) is not None:
        return "duty_open"
    return "dossier" if letter.about_kind == "decision" else ""


def _comment(comment: Comment) -> str:
    consultation = db.session.get(Consultation, comment.consultation_id)
    assert consultation is not None
    if consultation.stage in ("open", "sorting") and comment.withdrawn_at is None:
        return "comment_running"
    # A comment that was taken back while the draft was open is part of no dossier.
    in_dossier = consultation.decision_id is not None or consultation.catalogue_year is not None
    return "dossier" if in_dossier and comment.withdrawn_at is None else ""


def still_to_read(row: Matter, *, now: datetime) -> bool:
    """Whether the person was told the outcome only now: until they could read it, it is not taken away."""
    if isinstance(row, Letter):
        told = None if row.withdrawn_at is not None else row.answered_at
    elif isinstance(row, Comment):
        consultation = db.session.get(Consultation, row.consultation_id)
        told = consultation.feedback_published_at if consultation is not None else None
    else:
        told = row.stage_at
    return told is not None and now < told + READING
