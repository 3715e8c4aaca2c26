"""Three people at a real browser: one writes a letter, one comments on a phone, one has no mouse."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.mailbox import letters
from tests.world import PASSWORD

pytestmark = pytest.mark.browser


def write_letter(page) -> tuple[str, str]:
    """From the mailbox to the receipt; returns number and query code."""
    page.goto("/mailbox/mayor/write")
    page.get_by_label("您想说的").fill(letters.TEXT)
    page.locator("#title").fill(letters.FORM["title"])
    page.locator("#place").fill(letters.FORM["place"])
    page.locator("input[name=kind][value=complain]").check()
    page.locator("#topic").select_option(letters.FORM["topic"])
    page.locator("input[name=consent][value=yes]").check()
    page.locator("#name").fill(letters.FORM["name"])
    page.locator("#contact").fill(letters.FORM["contact"])
    page.locator("main button[type=submit]").first.click()
    return send(page)


def send(page) -> tuple[str, str]:
    code = re.search(r"\b(\d{6})\b", page.locator("main .pp-note").first.inner_text())
    assert code is not None
    page.locator("#code").fill(code.group(1))
    page.locator("main button[type=submit]").first.click()
    slip = page.locator(".pp-slip__no")
    expect(slip).to_have_count(2)
    return slip.nth(0).inner_text().strip(), slip.nth(1).inner_text().strip()


def follow(page, number: str, secret: str) -> None:
    page.goto("/track")
    page.locator("#number").fill(number.lower())
    page.locator("#secret").fill(secret.replace("-", " "))
    page.locator("main button[type=submit]").first.click()


def test_a_citizen_writes_to_the_mayor_and_follows_the_letter(visit):
    page = visit()
    number, secret = write_letter(page)
    assert number == "XX-2026-1123-001"
    expect(page.locator("h1")).to_contain_text("11月30日")
    other = visit()
    follow(other, number, secret)
    expect(other.locator("main")).to_contain_text(letters.FORM["title"])
    expect(other.locator("main")).to_contain_text("138****1234")


def test_a_citizen_writes_a_letter_without_scripts(visit):
    page = visit(scripts=False, viewport=PHONE)
    number, secret = write_letter(page)
    follow(page, number, secret)
    expect(page.locator("main")).to_contain_text(letters.FORM["title"])


def test_a_form_that_lacks_something_keeps_the_text_and_says_what(visit):
    page = visit()
    page.goto("/mailbox/mayor/write")
    page.get_by_label("您想说的").fill(letters.TEXT)
    page.locator("main button[type=submit]").first.click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_label("您想说的")).to_have_value(letters.TEXT)


def test_a_citizen_comments_on_a_clause_on_a_phone(visit, settled):
    page = visit(viewport=PHONE)
    page.goto("/consultations")
    page.get_by_role("link", name="机动车停车管理办法（征求意见稿）").first.click()
    page.locator(".pp-clause__act a", has_text="第二条").first.click()
    page.get_by_label("您的意见").fill("晚七时太早，建议改为晚九时。")
    page.locator("input[name=consent][value=yes]").check()
    page.locator("#name").fill("张建国")
    page.locator("#contact").fill("13800001235")
    page.locator("main button[type=submit]").first.click()
    number, secret = send(page)
    assert re.fullmatch(r"YJ-2026-1123-\d{3}", number)
    follow(page, number, secret)
    expect(page.locator("main")).to_contain_text("晚七时太早")
    expect(page.locator("main")).to_contain_text("第二条")


def press_until(page, name: str, key: str = "Tab", most: int = 80) -> None:
    """Goes on with the keyboard until the focus is on what is called so."""
    for _ in range(most):
        page.keyboard.press(key)
        held = page.evaluate("document.activeElement.innerText || document.activeElement.name || ''")
        if name in held:
            return
    raise AssertionError(f"{name} cannot be reached with the keyboard")


def test_an_auditor_reads_the_ledger_with_the_keyboard_alone(visit):
    page = visit()
    page.goto("/sign-in")
    press_until(page, "login")
    page.keyboard.type("auditor")
    press_until(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.goto("/ledger")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#main"
    page.keyboard.press("Enter")
    press_until(page, page.locator(".pp-ledger th a").first.inner_text())
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/ledger/\d+"))
    expect(page.locator("main")).to_contain_text("当天不计")
