"""The blueprint of the mailboxes, and what several of its pages need."""

from typing import Any

from flask import Blueprint, abort, render_template
from flask_babel import gettext

from participation.errors import Refused
from participation.extensions import db
from participation.mailbox.lifecycle import STAGES
from participation.mailbox.models import Letter
from participation.mailbox.queries import letters
from participation.mailbox.rating import ASPECTS, LEVELS
from participation.mailbox.rules import CHANNELS, GROUNDS, KINDS
from participation.web.forms import Form
from participation.web.guards import current_actor
from participation.web.said import sentence

bp = Blueprint("mailbox", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    """What the pages call kinds, stages and grounds; translated where they are shown."""
    return {
        "kinds": {kind: label for kind, (label, _hint) in KINDS.items()},
        "stages": STAGES,
        "grounds": GROUNDS,
        "channels": CHANNELS,
        "aspects": ASPECTS,
        "levels": LEVELS,
        # In a template `_` trusts its text as markup; this is for text that an officer may have written.
        "translated": gettext,
        "sentence": sentence,
    }


# Numbers that no row can have are no page: 9223372036854775808 is a 404, not an error.
LETTER = "<int(max=2147483647):letter_id>"


def letter_or_404(letter_id: int, *, lock: bool = False) -> Letter:
    letter = letters.letter_for(letter_id, current_actor(), lock=lock)
    if letter is None:
        abort(404)
    return letter


def blame(form: Form, refused: Refused) -> None:
    """A refusal that the form can mend goes to its field; any other is raised for the error page."""
    if refused.code != "invalid":
        raise refused
    db.session.rollback()
    form.refuse(refused.field, sentence(refused))


def page(template: str, status: int = 200, **values: Any) -> tuple[str, int]:
    return render_template(f"mailbox/{template}", **values), status
