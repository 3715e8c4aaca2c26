"""A published page may be kept for ten seconds by browsers and by our own proxy; nothing else may be kept."""

import pytest

from participation.web.guards import is_published
from participation.web.headers import KEPT


def addresses(app) -> list[str]:
    """Every published address without parts that have to be filled in."""
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.arguments and is_published(app, rule.endpoint)
    )


def kept(app) -> dict[str, str | None]:
    visitor = app.test_client()
    answers = {path: visitor.get(path) for path in addresses(app)}
    return {path: a.headers["Cache-Control"] for path, a in answers.items() if a.status_code == 200}


def test_every_published_page_may_be_kept_for_ten_seconds_at_most(app, world) -> None:
    found = kept(app)
    assert {"/", "/board", "/consultations", "/decisions", "/letters", "/mailbox", "/search"} <= set(found)
    assert set(found.values()) == {KEPT}
    assert KEPT == "public, max-age=5, stale-while-revalidate=5"


def test_a_published_page_sets_no_cookie_and_is_the_same_twice(app, world) -> None:
    for path in addresses(app):
        first, second = app.test_client().get(path), app.test_client().get(path)
        assert "Set-Cookie" not in first.headers, path
        assert first.data == second.data, path


def test_who_has_the_page_already_is_told_so_in_a_few_bytes(app, world) -> None:
    visitor = app.test_client()
    tag = visitor.get("/board").headers["ETag"]
    again = visitor.get("/board", headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)


@pytest.mark.parametrize("choice", ["lang=en", "size=large"])
def test_choosing_a_language_or_a_size_sets_a_cookie_and_is_not_kept(app, world, choice) -> None:
    answer = app.test_client().get(f"/board?{choice}")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_language_of_the_cookie_tells_caches_apart(app, world) -> None:
    visitor = app.test_client()
    visitor.set_cookie("lang", "en")
    answer = visitor.get("/board")
    assert (answer.headers["Cache-Control"], answer.headers["Vary"]) == (KEPT, "Cookie")


def test_who_has_a_session_gets_pages_that_nobody_keeps(app, world) -> None:
    visitor = app.test_client()
    visitor.get("/sign-in")  # the form's token begins a session
    answers = {visitor.get(path).headers["Cache-Control"] for path in ("/", "/board", "/letters")}
    assert answers == {"no-store"}


@pytest.mark.parametrize("path", ["/sign-in", "/track", "/comments/track", "/register", "/nothing-here"])
def test_forms_and_errors_are_kept_by_nobody(app, world, path) -> None:
    assert app.test_client().get(path).headers["Cache-Control"] == "no-store"
