"""A test client that behaves like a browser: it reads the form token out of the page it is on."""

import html
import re
from itertools import product
from typing import Any

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, Rule
from werkzeug.routing.converters import NumberConverter
from werkzeug.test import TestResponse

from participation.extensions import db

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_HIDDEN = re.compile(r"<input\b[^>]*type=\"hidden\"[^>]*>")


class Client(FlaskClient):
    """`submit(path, ...)` gets the page, takes its hidden fields and posts the form as a person would."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Each request has an application context, and so a `g` and a database session, of its own, as
        on a server. The test's own session lets go of its locks first: commit what the page shall see."""
        if has_app_context():
            unsaved = [*db.session.new, *db.session.dirty, *db.session.deleted]
            assert unsaved == [], "Commit before asking for a page"
            db.session.rollback()
        with self.application.app_context():
            return super().open(*args, **kwargs)

    def submit(
        self, page: str, data: dict[str, Any] | None = None, *, to: str | None = None, **kwargs: Any
    ) -> TestResponse:
        shown = self.get(page)
        assert shown.status_code == 200, f"{page} answered {shown.status_code}"
        fields = hidden_fields(shown.text) | (data or {})
        return self.post(to or page, data=fields, **kwargs)

    def token(self, page: str = "/sign-in") -> str:
        """The form token of this session, read from any page that has a form."""
        found = _TOKEN.search(self.get(page).text)
        assert found, f"{page} has no form token"
        return html.unescape(found.group(1))


def hidden_fields(page: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for tag in _HIDDEN.findall(page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            fields.setdefault(html.unescape(name.group(1)), html.unescape(value.group(1)) if value else "")
    return fields


def addresses(app: Flask, rule: Rule, number: int) -> list[str]:
    """Every address of a route with this number for each number in it: each choice where the route
    names choices, and a text that could be a mailbox or a month where it takes one."""
    choices: dict[str, list[Any]] = {}
    for name, kind in rule._converters.items():
        if isinstance(kind, NumberConverter):
            choices[name] = [number]
        elif isinstance(kind, AnyConverter):
            choices[name] = sorted(kind.items)
        else:
            choices[name] = ["mayor", "2026-10"]
    with app.test_request_context():
        found = [rule.build(dict(zip(choices, values, strict=True))) for values in product(*choices.values())]
    return [built[1] for built in found if built is not None]


def words(page: str) -> str:
    """The text a person reads on a page: no tags, runs of white space as one space."""
    page = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", " ", page)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page))).strip()
