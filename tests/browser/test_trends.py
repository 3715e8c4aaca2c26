"""The trends' chart draws under the site's own policy, and the table says the same without it."""

import pytest

from tests.world import PASSWORD

pytestmark = pytest.mark.browser


def test_the_chart_draws_from_its_table_and_breaks_no_policy(visit):
    page = visit()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto("/sign-in")
    page.locator("#login").fill("auditor")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    for path, table in (("/ledger/trends", "#by-month"), ("/ledger/trends/letters", "#trend-table")):
        page.goto(path)
        page.wait_for_selector("[data-drawn='2']")
        assert page.locator(f"[data-chart-of='{table[1:]}'] canvas").count() == 2
        assert page.get_attribute(".pp-chart", "aria-hidden") == "true"
        assert page.locator(f"{table} tbody tr").count() == 12
    assert said == []
