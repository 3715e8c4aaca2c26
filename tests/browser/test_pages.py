"""Every main page in Chromium: no fault that axe finds, nothing wider than a phone, no foreign request."""

from pathlib import Path

import pytest

from tests.browser.conftest import DESK, PHONE
from tests.world import PASSWORD

pytestmark = pytest.mark.browser

AXE = Path(__file__).with_name("axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}}
PUBLIC = (
    "/",
    "/decisions",
    "/decisions/1",
    "/decisions/gates",
    "/consultations",
    "/consultations/1",
    "/consultations/1/comment?clause=2",
    "/mailbox",
    "/mailbox/mayor/write",
    "/letters",
    "/letters/1",
    "/track",
    "/board",
    "/search?q=停车",
    "/calendar",
    "/transparency",
    "/about/privacy",
    "/sign-in",
)
STAFF = {
    "officer": ("/desk", "/desk/consultations", "/desk/consultations/1"),
    "office": ("/dispatch", "/desk/decisions", "/ledger"),
    "head": ("/approvals",),
    "auditor": ("/ledger", "/ledger/1", "/ledger/trends"),
    "administrator": ("/people",),
}


def violations(page) -> list[str]:
    # The page's own policy forbids scripts from elsewhere; the debugger may still bring one.
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]} ({len(one['nodes'])})" for one in found]


def too_wide(page) -> list[str]:
    """What reaches beyond the screen, where the page as a whole scrolls sideways."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
        [...document.querySelectorAll('main *, header *, footer *')]
          .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
          .slice(0, 3).map(e => e.tagName + '.' + e.className)"""
    )


def look(page, paths, wrong) -> None:
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            if found := [*violations(page), *too_wide(page)]:
                wrong[f"{path} {size['width']}"] = found


def test_public_pages(visit):
    page, wrong, hosts = visit(), {}, set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    look(page, PUBLIC, wrong)
    assert wrong == {}
    assert len(hosts) == 1


def test_public_pages_with_the_largest_type_on_a_phone_and_in_english(visit):
    page, wrong = visit(viewport=PHONE), {}
    for setting in ("size=larger", "size=normal&lang=en"):
        page.goto(f"/?{setting}")
        for path in PUBLIC:
            page.goto(path)
            if found := too_wide(page):
                wrong[f"{path} {setting}"] = found
    assert wrong == {}


@pytest.mark.parametrize("login", STAFF)
def test_staff_pages(visit, login):
    page, wrong = visit(), {}
    page.goto("/sign-in")
    page.locator("#login").fill(login)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    look(page, STAFF[login], wrong)
    assert wrong == {}


def test_axe_sees_a_planted_fault(visit):
    page = visit()
    page.goto("/about/privacy")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/static/mark.svg\">')")
    assert [line.split(":")[0] for line in violations(page)] == ["image-alt"]
