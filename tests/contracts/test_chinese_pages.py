"""A Chinese page is Chinese: no Latin word but user content, `lang` elements and a short list of names."""

import re
from html.parser import HTMLParser

import pytest

from participation.access import Role
from participation.extensions import db
from participation.web.route_table import rows
from tests import district
from tests.world import PEOPLE

NAMES = {
    "CSV",
    "XLSX",
    "JSON",
    "EN",
    "English",
    "PDF",
    "Word",
    "Excel",
    "JPEG",
    "PNG",
    "MB",
    "KB",
    "SHA",
    "CIDR",
    "Ed",
    "RFC",
}
# What the small district calls its people and their posts is data, not interface.
NAMES |= set(PEOPLE) | {role.value for role in Role}
ALLOWED = re.compile(
    "|".join(
        (
            r"\b[A-Z]{2}-\d{4}-\d{4}-\d{3,}\b",  # numbers of letters and comments
            r"\bZC-JY-\d{4}-\d{4,}\b",  # numbers of proposals
            r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b",  # query codes
            r"\bSHA-256\b|\bEd25519\b",
            r"\b[0-9a-f]{4,64}\b",  # hash values
            r"[\w.+-]+@[\w.-]+",
            r"https?://\S+",
            r"\b[A-Za-z0-9+/=_-]{24,}",  # signatures and keys
        )
    )
)
WORD = re.compile(r"[A-Za-z]{2,}")
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-label")
SIGN_INS = (None, "officer", "head", "office", "auditor", "administrator")
# Files and pages that are no Chinese page: machine formats and what a browser asks for by itself.
NO_PAGE = ("favicon.ico", ".csv", ".json", "/transparency/")


class Reader(HTMLParser):
    """Collects what is read out on a page, leaving out every element with a language of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, bool]] = []
        self.found: list[str] = []

    @property
    def foreign(self) -> bool:
        return any(skipped for _tag, skipped in self.stack)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        own = ("lang" in values and tag != "html") or tag in ("script", "style", "svg", "code", "textarea")
        own = own or "pp-mono" in (values.get("class") or "") or "pp-hash" in (values.get("class") or "")
        if not self.foreign and not own:
            self.found += [values[name] or "" for name in SPOKEN if name in values]
        if tag not in VOID:
            self.stack.append((tag, own))

    def handle_endtag(self, tag):
        while self.stack:
            if self.stack.pop()[0] == tag:
                return

    def handle_data(self, data):
        if not self.foreign:
            self.found.append(data)


def latin(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    return sorted({word for text in reader.found for word in WORD.findall(ALLOWED.sub(" ", text))} - NAMES)


@pytest.fixture
def settled(kept, played):
    place = kept(district.settle)
    with played(district.NOW):
        yield place


@pytest.mark.parametrize("login", SIGN_INS)
def test_every_page_of_a_role_is_chinese(app, world, settled, login):
    client, english, shown = app.test_client(), {}, 0
    if login:
        world.sign_in(client, login)
    for row in rows(app):
        if "GET" not in row.methods or any(part in row.path for part in NO_PAGE):
            continue
        answer = client.get(_address(row, settled))
        if answer.mimetype == "text/html" and answer.status_code // 100 != 3:
            shown += answer.status_code == 200
            if words := latin(answer.text):
                english[row.path] = words
    db.session.rollback()
    assert english == {}
    assert shown > 15


def _address(row, settled) -> str:
    """A page with something on it where there is one."""
    return row.example.replace("/x/", "/mayor/").replace("/about/x", "/about/privacy").replace("/1999/", "/2026/")


@pytest.mark.parametrize("slug", ["decisions", "accessibility", "privacy", "data"])
def test_the_pages_of_explanation_are_chinese(client, world, slug):
    assert latin(client.get(f"/about/{slug}", follow_redirects=True).text) == []


WITHOUT = ("/no-such-page", "/search?q=停车", "/search?q=没有这样的词", "/letters?late=1", "/decisions?q=没有")
FORMS = ("/mailbox/mayor/write", "/consultations/1/comment", "/track", "/sign-in", "/register")


@pytest.mark.parametrize("path", WITHOUT)
def test_pages_without_what_was_asked_for_are_chinese(client, settled, path):
    assert latin(client.get(path).text) == []


def test_the_forms_complain_in_chinese(app, client, settled):
    for path in FORMS:
        if client.get(path).status_code == 200:
            answer = client.submit(path, {})
            assert latin(answer.text) == [], path


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>请 Send 一次</p>", ["Send"]),
        ('<p>请<b lang="en">Send</b>一次</p>', []),
        ('<p><input placeholder="Name">XX-2026-0928-001</p>', ["Name"]),
        ('<svg><title>Oh</title></svg><p aria-label="Close">关</p>', ["Close"]),
    ],
)
def test_the_finder_sees_latin_words(page, found):
    assert latin(page) == found
