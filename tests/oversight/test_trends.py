"""The trends of every kind of duty: by month, by kind and by department."""

import re

import pytest

from participation.access import SYSTEM
from participation.duties import service as duties
from participation.extensions import db
from tests.duties.notices import at


@pytest.fixture
def owed(world):
    """Seven comment reports of one department, six done in time and one late; one letter of another, open and late;
    one about a department."""

    def open_(subject, kind, unit, started, **more):
        return duties.open_duty(
            kind, subject_id=subject, department_id=world.department[unit], started_at=at(started), actor=SYSTEM,
            now=at(started), **({"subject_kind": "consultation", "due_on": at("2026-11-16T00:00").date()} | more),
        )  # fmt: skip

    for subject in range(1, 8):
        duty = open_(subject, "feedback", "housing", "2026-11-02T09:00")
        duties.meet(duty, actor=SYSTEM, now=at("2026-11-17T09:00" if subject == 7 else "2026-11-12T09:00"))
    letter = {"subject_kind": "letter", "due_on": None}
    open_(50, "letter_answer", "utilities", "2026-10-12T09:00", **letter)
    open_(51, "letter_answer", "housing", "2026-10-12T09:00", restricted_from=world.department["utilities"], **letter)
    db.session.commit()


@pytest.fixture
def auditor(client, world, owed, played):
    with played("2026-11-23T09:00"):
        yield world.sign_in(client, "auditor")


def row(page: str, name: str) -> list[str]:
    """The cells of the row that begins with the name, as they are read."""
    found = re.search(rf"<tr[^>]*>\s*<th[^>]*>(?:<a[^>]*>)?{re.escape(name)}.*?</tr>", page, re.S)
    assert found, name
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td.*?</td>", found[0], re.S)]


def test_each_month_says_what_was_kept_and_what_not(auditor):
    page = auditor.get("/ledger/trends?lang=zh").text
    assert row(page, "2026-11") == ["7", "6", "0", "1", "0", "0", "85.7%"]
    assert row(page, "2026-10") == ["2", "0", "0", "0", "2", "0", "不足 6 项，不算"]


def test_each_kind_stands_in_the_order_of_the_rules(auditor):
    page = auditor.get("/ledger/trends?lang=zh").text
    table = page[page.index('id="by-kind"') :]
    assert table.index("答复来信") < table.index("公布意见采纳情况")
    assert row(table, "公布意见采纳情况") == ["7", "6", "0", "1", "0", "0", "85.7%"]


def test_what_is_about_a_department_stands_beside_no_name(auditor, world):
    page = auditor.get("/ledger/trends?lang=zh").text
    assert row(page[page.index('id="by-unit"') :], "涉及单位的事项")[0] == "1"
    one = auditor.get(f"/ledger/trends?lang=zh&department={world.department['housing']}").text
    assert row(one, "2026-10")[0] == "0"


def test_a_kind_and_a_department_can_be_chosen(auditor, world):
    page = auditor.get(f"/ledger/trends?lang=zh&kind=feedback&department={world.department['housing']}").text
    assert row(page, "2026-11")[0] == "7"
    assert 'id="by-kind"' not in page
    assert 'id="by-unit"' not in page
    for wrong in ("kind=unknown", "department=99999", "department=x"):
        assert auditor.get(f"/ledger/trends?{wrong}").status_code == 404


def test_too_few_for_a_rate_are_too_few_for_a_bar(auditor):
    page = auditor.get("/ledger/trends?lang=en&kind=letter_answer").text
    rates = re.findall(r'data-rate="([^"]*)"', page)
    assert set(rates) == {""}
    assert "too few" in page


def test_only_who_reads_the_ledger_reads_its_trends(client, world, owed, played):
    with played("2026-11-23T09:00"):
        administrator = world.sign_in(client, "administrator")
        assert administrator.get("/ledger/trends").status_code == 403
        assert administrator.get("/ledger/trends/letters").status_code == 403
