"""Forms kept until they are sent, and swept up after a week."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from participation.consultations.models import Comment, CommentDraft, CommentImport, Consultation
from participation.extensions import db

KEPT = timedelta(days=7)


def keep(consultation: Consultation, *, key: str, payload: dict[str, Any], complete: bool, now: datetime) -> int:
    """Stores what the form holds under its key; one that was sent already is left as it is. Returns its id."""
    # ON CONFLICT: the same form sent twice at the same instant is one draft.
    insert: Callable[..., Any] = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    said: dict[str, Any] = {"payload": payload, "complete": complete, "saved_at": now}
    unsent = insert(CommentDraft).values(key=key, consultation_id=consultation.id, **said)
    unsent = unsent.on_conflict_do_update(index_elements=["key"], set_=said, where=CommentDraft.comment_id.is_(None))
    kept = db.session.scalar(unsent.returning(CommentDraft.id))
    if kept is None:
        kept = db.session.scalars(select(CommentDraft.id).where(CommentDraft.key == key)).one()
    return int(kept)


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
