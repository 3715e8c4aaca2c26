"""The matter that a letter is about, where it is about one of another feature."""

import re

from flask import abort, request

from participation.duties.matters import Matter, matter
from participation.mailbox.models import Letter, LetterDraft, Mailbox
from participation.mailbox.rules import MATTERS
from participation.mailbox.views.blueprint import bp

_ASKED = re.compile(r"([a-z_]{1,20})-([1-9]\d{0,8})", re.ASCII)


def asked_matter(box: Mailbox, draft: LetterDraft | None) -> Matter | None:
    """What is written about, by the draft or by the address (`?about=decision-12`). The mailbox for comments
    on decisions takes nothing else: without a matter it is not found."""
    if box.slug != MATTERS:
        return None
    if draft is not None and draft.about_id is not None:
        return matter(draft.about_kind, draft.about_id) or abort(404)
    said = _ASKED.fullmatch(request.args.get("about", ""))
    return (matter(said[1], int(said[2])) if said else None) or abort(404)


@bp.app_template_global()
def matter_of(letter: Letter | LetterDraft) -> Matter | None:
    """What the letter is about; None where that may not be read any more."""
    return matter(letter.about_kind, letter.about_id) if letter.about_id is not None else None
