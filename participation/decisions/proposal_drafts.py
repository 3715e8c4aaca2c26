"""Forms of proposers kept until they are sent, and swept up after a week."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from participation.decisions.models import Proposal, ProposalDraft
from participation.decisions.queries import proposals as queries
from participation.extensions import db

KEPT = timedelta(days=7)


def keep(*, key: str, payload: dict[str, Any], complete: bool, now: datetime) -> ProposalDraft:
    """Stores what the form holds under its key. One that was sent already is left as it is."""
    # ON CONFLICT: the same form sent twice at the same instant is one draft.
    insert: Callable[..., Any] = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    fresh = insert(ProposalDraft).values(key=key, payload={}, complete=False, saved_at=now)
    db.session.execute(fresh.on_conflict_do_nothing(index_elements=["key"]))
    draft = queries.draft_with(key)
    assert draft is not None
    if draft.proposal_id is None:
        draft.payload, draft.complete, draft.saved_at = payload, complete, now
    db.session.flush()
    return draft


def sent(draft: ProposalDraft, proposal: Proposal) -> None:
    """The proposal has the text now; the draft only shows the receipt again."""
    draft.proposal_id, draft.payload = proposal.id, {}
    db.session.flush()


def sweep(*, now: datetime) -> int:
    """Forgets drafts older than 7 days. Returns how many."""
    done = db.session.execute(delete(ProposalDraft).where(ProposalDraft.saved_at < now - KEPT))
    return int(done.rowcount)  # type: ignore[attr-defined]
