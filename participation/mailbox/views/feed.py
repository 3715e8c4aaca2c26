"""The Atom feed (RFC 4287) of the public letters, for every filter of the list."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation.accounts.names import public_names
from participation.mailbox import public_page
from participation.mailbox.queries import public
from participation.mailbox.queries.public import PublicRow
from participation.mailbox.views.blueprint import bp
from participation.mailbox.views.public import asked_filters
from participation.web.feeds import ENTRIES, Entry, atom
from participation.web.guards import published


@bp.get("/letters.atom")
@published
def letters_feed() -> Response:
    """The latest fifty. What was taken back is not in it any more."""
    filters, names = asked_filters(), public_names()
    asked = filters.query()
    return atom(
        _("Published letters and answers"),
        # The same for ever, under whatever name the site is reached.
        key="letters?" + "&".join(f"{name}={value}" for name, value in sorted(asked.items())),
        own=url_for("mailbox.letters_feed", _external=True, **request.args.to_dict()),
        page=url_for("mailbox.letters", _external=True, **asked),
        entries=[
            _entry(row, str(names.get(row.letter.department_id or 0, "")))
            for row in public.letters(filters, limit=ENTRIES).rows
        ],
    )


def _entry(row: PublicRow, unit: str) -> Entry:
    letter = row.letter
    return Entry(
        key=f"letter:{letter.number}",
        title=letter.public_title,
        url=url_for("mailbox.letter", letter_id=letter.id, _external=True),
        updated=letter.published_at or row.answered_at,
        published=row.answered_at,
        author=unit or _("The unit in charge"),
        category=letter.topic,
        summary=letter.gist,
        content="\n\n".join([letter.public_text, *public_page.earlier(letter.public_earlier), letter.public_answer]),
    )
