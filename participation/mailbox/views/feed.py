"""The Atom feed (RFC 4287) of the public letters, for every filter of the list."""

import uuid
from datetime import UTC, datetime
from xml.etree import ElementTree as tree

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation.mailbox.queries import public
from participation.mailbox.queries.public import Filters, PublicRow
from participation.mailbox.rules import unprintable
from participation.mailbox.views.blueprint import bp
from participation.mailbox.views.names import public_names
from participation.mailbox.views.public import asked_filters
from participation.web.guards import public as everybody
from participation.web.locale import is_chinese

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 50
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@bp.get("/letters.atom")
@everybody
def letters_feed() -> Response:
    """The latest fifty. What was taken back is not in it any more."""
    filters = asked_filters()
    rows = public.letters(filters, limit=ENTRIES).rows
    feed = _feed(filters, rows)
    return Response(
        tree.tostring(feed, encoding="utf-8", xml_declaration=True), mimetype="application/atom+xml; charset=utf-8"
    )


def _feed(filters: Filters, rows: list[PublicRow]) -> tree.Element:
    tree.register_namespace("", ATOM)
    language = "zh-CN" if is_chinese() else "en"
    feed = tree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    asked = filters.query()
    _put(feed, "title", _("Published letters and answers"))
    # The same for ever, under whatever name the site is reached.
    _put(feed, "id", _id("letters?" + "&".join(f"{name}={value}" for name, value in sorted(asked.items()))))
    _put(feed, "updated", _instant(rows[0].letter.published_at if rows else None))
    own = url_for("mailbox.letters_feed", _external=True, **request.args.to_dict())
    tree.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": own, "type": "application/atom+xml"})
    tree.SubElement(
        feed, f"{{{ATOM}}}link", {"rel": "alternate", "href": url_for("mailbox.letters", _external=True, **asked)}
    )
    names = public_names()
    for row in rows:
        _entry(feed, row, str(names.get(row.letter.department_id or 0, "")))
    return feed


def _entry(feed: tree.Element, row: PublicRow, unit: str) -> None:
    letter = row.letter
    entry = tree.SubElement(feed, f"{{{ATOM}}}entry")
    _put(entry, "title", letter.public_title)
    _put(entry, "id", _id(f"letter:{letter.number}"))
    _put(entry, "updated", _instant(letter.published_at))
    _put(entry, "published", _instant(row.answered_at))
    author = tree.SubElement(entry, f"{{{ATOM}}}author")
    _put(author, "name", unit or _("The unit in charge"))
    tree.SubElement(entry, f"{{{ATOM}}}category", {"term": letter.topic})
    address = url_for("mailbox.letter", letter_id=letter.id, _external=True)
    tree.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": address})
    _put(entry, "summary", letter.gist)
    _put(entry, "content", f"{letter.public_text}\n\n{letter.public_answer}")


def _put(parent: tree.Element, name: str, text: str) -> None:
    child = tree.SubElement(parent, f"{{{ATOM}}}{name}")
    if name in ("title", "summary", "content"):
        child.set("type", "text")
    child.text = "".join(sign for sign in text if not unprintable(sign))


def _id(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def _instant(at: datetime | None) -> str:
    return (at or _NEVER).astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
