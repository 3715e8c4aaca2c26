"""What every answer carries, what no template may hold, and that reading changes nothing."""

import re
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from participation.extensions import db
from participation.web.route_table import rows
from tests import district
from tests.installed import PRODUCTION

TEMPLATES = Path(__file__).parents[2] / "templates"
INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b"),
}
SIGN_INS = (None, "officer", "head", "office", "auditor", "administrator")
# Counting of attempts and of who is signed in is not content: it may change when somebody reads.
OF_VISITS = {"sign_in_session", "allowance"}


@pytest.fixture
def settled(kept, played):
    place = kept(district.settle)
    with played(district.NOW):
        yield place


def crawl(app, world, login):
    client = app.test_client()
    if login:
        world.sign_in(client, login)
    for row in rows(app):
        if "GET" in row.methods:
            yield row, client.get(row.example)


@pytest.mark.parametrize("login", SIGN_INS)
def test_every_page_has_a_strict_content_policy_and_is_not_stored(app, world, settled, login):
    for row, answer in crawl(app, world, login):
        policy = answer.headers.get("Content-Security-Policy", "")
        assert "unsafe" not in policy, row.path
        assert "default-src 'none'" in policy, row.path
        assert "frame-ancestors 'none'" in policy, row.path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", row.path
        assert answer.headers["Referrer-Policy"] == "same-origin", row.path
        if row.path.startswith("/api/"):
            # The same for whoever asks: that a cookie is neither read nor set is tested with the interface.
            assert "Set-Cookie" not in answer.headers, row.path
            continue
        if (
            login
            or "Set-Cookie" in answer.headers
            or row.path.startswith(("/track", "/mine", "/desk", "/letters/receipt"))
        ):
            assert "no-store" in answer.headers["Cache-Control"], row.path


def test_pages_of_errors_have_the_policy_too(app, world):
    client = app.test_client()
    for path, method in (("/no-such-page", "GET"), ("/track", "PUT"), ("/sign-out", "POST")):
        answer = client.open(path, method=method)
        assert 400 <= answer.status_code < 500
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_cookies_are_for_the_server_and_this_site_only(app, world):
    client = app.test_client()
    world.sign_in(client, "officer")
    seen = [
        cookie
        for path in ("/?lang=en", "/?size=large", "/sign-in", "/mailbox")
        for cookie in client.get(path).headers.getlist("Set-Cookie")
    ]
    client = app.test_client()
    seen += client.get("/sign-in").headers.getlist("Set-Cookie")
    assert seen != []
    for cookie in seen:
        assert "HttpOnly" in cookie, cookie
        assert "SameSite=Lax" in cookie, cookie


def test_cookies_of_an_installation_behind_https_carry_the_host_prefix(tmp_path):
    from config import Settings

    settings = Settings(**PRODUCTION, instance_dir=tmp_path)
    config = settings.flask_config()
    assert (config["SESSION_COOKIE_NAME"], config["SESSION_COOKIE_SECURE"]) == ("__Host-pp", True)


def findings(source: str) -> list[str]:
    return [name for name, pattern in INLINE.items() if pattern.search(source)]


def test_no_template_holds_scripts_styles_or_unescaped_text():
    found = {
        path.relative_to(TEMPLATES).as_posix(): wrong
        for path in sorted(TEMPLATES.rglob("*.html"))
        if (wrong := findings(path.read_text("utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "planted",
    [
        "<script>x</script>",
        "<style>",
        '<p style="x">',
        '<a class="b" onclick="x">',
        "javascript:x",
        "{{ text | safe }}",
    ],
)
def test_the_finder_sees_what_is_planted(planted):
    assert len(findings(planted)) == 1


def _state() -> dict[str, tuple[int, str]]:
    """For every table the number of its rows, and for small ones what they hold."""
    found = {}
    for table in db.metadata.sorted_tables:
        if table.name in OF_VISITS:
            continue
        count = db.session.scalar(select(func.count()).select_from(table)) or 0
        held = db.session.execute(table.select().order_by(*table.primary_key.columns)).all() if count < 500 else []
        found[table.name] = (count, str(held))
    db.session.rollback()
    return found


@pytest.mark.long
@pytest.mark.parametrize("login", SIGN_INS)
def test_reading_every_page_changes_no_row(app, world, settled, login):
    client = app.test_client()
    if login:
        world.sign_in(client, login)
    before = _state()
    for row in rows(app):
        if "GET" in row.methods:
            client.get(row.example)
            client.head(row.example)
            client.open(row.example, method="OPTIONS")
    after = _state()
    # Whose data an auditor opened is on record, and that is all that looking leaves behind.
    told = {"personal_reading", "evidence_entry"} if login == "auditor" else set()
    assert {name for name in before if before[name] != after[name]} <= told


def test_the_comparison_notices_one_changed_row(app, world, settled):
    before = _state()
    db.session.execute(text("UPDATE person SET name = 'X' WHERE id = 1"))
    db.session.commit()
    assert {name for name, value in _state().items() if before[name] != value} == {"person"}
