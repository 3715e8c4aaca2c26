"""Forms kept until they are sent, and swept up after a week."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from participation.duties.matters import Matter
from participation.extensions import db
from participation.mailbox.models import Letter, LetterDraft, Mailbox
from participation.mailbox.queries import tracking

KEPT = timedelta(days=7)


def keep(
    mailbox: Mailbox,
    *,
    key: str,
    payload: dict[str, Any],
    complete: bool,
    now: datetime,
    about: Matter | None = None,
) -> LetterDraft:
    """Stores what the form holds under its key. A draft that was sent already is left as it is."""
    # ON CONFLICT: the same form sent twice at the same instant is one draft.
    insert: Callable[..., Any] = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    fresh = insert(LetterDraft).values(key=key, mailbox_id=mailbox.id, payload={}, complete=False, saved_at=now)
    db.session.execute(fresh.on_conflict_do_nothing(index_elements=["key"]))
    draft = tracking.draft_with(key)
    assert draft is not None
    if draft.letter_id is None:
        draft.payload, draft.complete, draft.saved_at = payload, complete, now
        if about is not None:
            draft.about_kind, draft.about_id = about.kind, about.id
    db.session.flush()
    return draft


def sent(draft: LetterDraft, letter: Letter) -> None:
    """The letter has the text now; the draft only shows the receipt again."""
    draft.letter_id = letter.id
    draft.payload = {}
    db.session.flush()


def sweep(*, now: datetime) -> int:
    """Forgets drafts older than 7 days. Returns how many."""
    done = db.session.execute(delete(LetterDraft).where(LetterDraft.saved_at < now - KEPT))
    return int(done.rowcount)  # type: ignore[attr-defined]
