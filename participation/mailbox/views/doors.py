"""Words and ways that several pages of writing share: the right doors, and back to one's own draft."""

from typing import Any

from flask import request, url_for

from participation.extensions import db
from participation.mailbox.doors import ACCUSATION, DOORS, REFUSES, REFUSES_ELSEWHERE, TAKES, TAKES_ELSEWHERE
from participation.mailbox.models import LetterDraft, Mailbox
from participation.mailbox.queries import tracking
from participation.mailbox.views.blueprint import bp
from participation.web.submission import is_ours


@bp.context_processor
def _doors() -> dict[str, Any]:
    return {
        "doors": DOORS,
        "accusation_door": ACCUSATION,
        "usual": {"takes": TAKES, "refuses": REFUSES},
        "elsewhere": {"takes": TAKES_ELSEWHERE, "refuses": REFUSES_ELSEWHERE},
        "way_back": way_back,
    }


def asked_draft() -> LetterDraft | None:
    """The draft named in the address, when it is this session's own and not sent yet."""
    asked = request.args.get("draft", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        return None
    draft = tracking.draft(int(asked))
    return draft if draft is not None and draft.letter_id is None and is_ours(draft.key) else None


def way_back() -> str:
    """From a similar letter back to the one that is being written; empty when there is none."""
    draft = asked_draft()
    if draft is None:
        return ""
    if draft.complete:
        return url_for("mailbox.confirm", draft_id=draft.id)
    box = db.session.get(Mailbox, draft.mailbox_id)
    return url_for("mailbox.write", slug=box.slug, draft=draft.id) if box else ""
