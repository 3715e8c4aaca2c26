"""Forms kept until they are sent, and swept up after a week."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from participation.consultations.models import Comment, CommentDraft, Consultation
from participation.consultations.queries import tracking
from participation.extensions import db

KEPT = timedelta(days=7)


def keep(
    consultation: Consultation, *, key: str, payload: dict[str, Any], complete: bool, now: datetime
) -> CommentDraft:
    """Stores what the form holds under its key. One that was sent already is left as it is."""
    draft = tracking.draft_with(key)
    if draft is None:
        draft = CommentDraft(key=key, consultation_id=consultation.id, payload={}, saved_at=now)
        db.session.add(draft)
    if draft.comment_id is None:
        draft.payload, draft.complete, draft.saved_at = payload, complete, now
    db.session.flush()
    return draft


def sent(draft: CommentDraft, comment: Comment) -> None:
    """The comment has the text now; the draft only shows the receipt again."""
    draft.comment_id = comment.id
    draft.payload = {}
    db.session.flush()


def sweep(*, now: datetime) -> int:
    """Forgets drafts older than 7 days. Returns how many."""
    done = db.session.execute(delete(CommentDraft).where(CommentDraft.saved_at < now - KEPT))
    return int(done.rowcount)  # type: ignore[attr-defined]
