"""Forms kept until they are sent, and swept up after a week."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from participation.duties.matters import Matter
from participation.extensions import db
from participation.mailbox.models import Letter, LetterDraft, Mailbox

KEPT = timedelta(days=7)


def keep(
    mailbox: Mailbox,
    *,
    key: str,
    payload: dict[str, Any],
    complete: bool,
    now: datetime,
    about: Matter | None = None,
    supplements_id: int | None = None,
) -> int:
    """Stores what the form holds under its key; one that was sent already is left as it is. `supplements_id` is
    the letter that the new one adds to. Returns the id of the draft."""
    # ON CONFLICT: the same form sent twice at the same instant is one draft.
    insert: Callable[..., Any] = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    said: dict[str, Any] = {"payload": payload, "complete": complete, "saved_at": now}
    if about is not None:
        said |= {"about_kind": about.kind, "about_id": about.id}
    if supplements_id is not None:
        said["supplements_id"] = supplements_id
    unsent = insert(LetterDraft).values(key=key, mailbox_id=mailbox.id, **said)
    unsent = unsent.on_conflict_do_update(index_elements=["key"], set_=said, where=LetterDraft.letter_id.is_(None))
    kept = db.session.scalar(unsent.returning(LetterDraft.id))
    if kept is None:
        kept = db.session.scalars(select(LetterDraft.id).where(LetterDraft.key == key)).one()
    return int(kept)


def sent(draft: LetterDraft, letter: Letter) -> None:
    """The letter has the text now; the draft only shows the receipt again."""
    draft.letter_id = letter.id
    draft.payload = {}
    db.session.flush()


def sweep(*, now: datetime) -> int:
    """Forgets drafts older than 7 days. Returns how many."""
    done = db.session.execute(delete(LetterDraft).where(LetterDraft.saved_at < now - KEPT))
    return int(done.rowcount)  # type: ignore[attr-defined]
