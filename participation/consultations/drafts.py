"""Forms kept until they are sent, and swept up after a week."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from participation.consultations.models import Comment, CommentDraft, CommentImport, Consultation
from participation.consultations.queries import tracking
from participation.extensions import db

KEPT = timedelta(days=7)


def keep(
    consultation: Consultation, *, key: str, payload: dict[str, Any], complete: bool, now: datetime
) -> CommentDraft:
    """Stores what the form holds under its key. One that was sent already is left as it is."""
    # ON CONFLICT: the same form sent twice at the same instant is one draft.
    insert: Callable[..., Any] = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    values = {"key": key, "consultation_id": consultation.id, "payload": {}, "complete": False, "saved_at": now}
    db.session.execute(insert(CommentDraft).values(**values).on_conflict_do_nothing(index_elements=["key"]))
    draft = tracking.draft_with(key)
    assert draft is not None
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
    """Forgets drafts, and files that nobody confirmed, older than 7 days. Returns how many drafts."""
    db.session.execute(delete(CommentImport).where(CommentImport.read_at < now - KEPT))
    done = db.session.execute(delete(CommentDraft).where(CommentDraft.saved_at < now - KEPT))
    return int(done.rowcount)  # type: ignore[attr-defined]
