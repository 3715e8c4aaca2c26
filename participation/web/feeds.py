"""Atom feeds (RFC 4287): one shape for every list of the site."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as tree

from werkzeug.wrappers import Response

from participation.web.locale import is_chinese
from participation.web.printable import printable

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
ENTRIES = 50
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
tree.register_namespace("", ATOM)


@dataclass(frozen=True)
class Entry:
    """`key` names the thing for ever, whatever the site's address: the same key is the same entry."""

    key: str
    title: str
    url: str
    updated: datetime
    published: datetime | None
    author: str
    summary: str = ""
    content: str = ""
    category: str = ""


def atom(title: str, *, key: str, own: str, page: str, entries: Sequence[Entry]) -> Response:
    """`own` and `page` are the full addresses of the feed and of the list it belongs to."""
    feed = tree.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": "zh-CN" if is_chinese() else "en"})
    _put(feed, "title", title)
    _put(feed, "id", identity(key))
    _put(feed, "updated", _instant(max((entry.updated for entry in entries), default=_NEVER)))
    tree.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": own, "type": "application/atom+xml"})
    tree.SubElement(feed, f"{{{ATOM}}}link", {"rel": "alternate", "href": page, "type": "text/html"})
    for entry in entries:
        _entry(feed, entry)
    body = tree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(body, mimetype="application/atom+xml; charset=utf-8")


def _entry(feed: tree.Element, entry: Entry) -> None:
    element = tree.SubElement(feed, f"{{{ATOM}}}entry")
    _put(element, "title", entry.title)
    _put(element, "id", identity(entry.key))
    _put(element, "updated", _instant(entry.updated))
    if entry.published is not None:
        _put(element, "published", _instant(entry.published))
    _put(tree.SubElement(element, f"{{{ATOM}}}author"), "name", entry.author)
    if entry.category:
        tree.SubElement(element, f"{{{ATOM}}}category", {"term": entry.category})
    tree.SubElement(element, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": entry.url})
    if entry.summary:
        _put(element, "summary", entry.summary)
    if entry.content:
        _put(element, "content", entry.content)


def identity(key: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, key)}"


def _put(parent: tree.Element, name: str, text: str) -> None:
    child = tree.SubElement(parent, f"{{{ATOM}}}{name}")
    if name in ("title", "summary", "content"):
        child.set("type", "text")
    child.text = printable(text)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
