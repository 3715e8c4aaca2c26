"""The figures page, the monthly report as page, sheet and paper, and a unit's record."""

import io
from datetime import datetime, timedelta

import pytest
from openpyxl import load_workbook

from participation import clock
from participation.accounts.models import Department
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.definitions import DEFINITIONS
from tests.browse import words
from tests.mailbox import letters

pytestmark = pytest.mark.long


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=clock.SHANGHAI)


def answered(world, received: str, after: timedelta, unit: str = "housing", **changes: object) -> int:
    """A letter given to a unit at once and answered that much later."""
    head, officer = {"housing": ("head", "officer"), "utilities": ("utilities_head", "utilities")}[unit]
    begun, done = at(received), at(received) + after
    with clock.played(begun):
        letter = letters.received(begun, **changes)
        service.assign(letter, department_id=world.department[unit], actor=world.actor("office"), now=begun)
        db.session.commit()
    with clock.played(done):
        service.submit(
            letter, text="已经修好。", contact="0533-0000000", version=None, actor=world.actor(officer), now=done
        )
        service.approve(letter, actor=world.actor(head), now=done)
        db.session.commit()
    return letter.id


def seven(world) -> None:
    """Seven letters to the housing bureau: six on time, one late; one to the utilities about them."""
    for day in (12, 13, 14, 19, 20, 21):
        answered(world, f"2026-10-{day}T10:00", timedelta(days=1))
    answered(world, "2026-10-13T11:00", timedelta(days=10))
    answered(world, "2026-10-14T11:00", timedelta(days=1), "utilities", about_department_id=world.department["housing"])


@pytest.fixture
def october(kept) -> None:
    kept(seven)


def test_the_figures_show_the_last_month_that_is_over(client, october, played):
    with played("2026-11-23T09:00"):
        page = words(client.get("/letters/figures").text)
    assert "2026 年10月：87.5% 按时答复" in page
    assert "收到 8 封，有效 8 封：按时 7 封" in page


def test_in_the_first_month_of_all_the_figures_show_the_running_month(client, october, played):
    with played("2026-10-30T09:00"):
        page = words(client.get("/letters/figures").text)
    assert "2026 年10月：87.5% 按时答复" in page
    assert "下载电子表格" not in page


def test_without_a_letter_the_figures_page_says_so(client, world, played):
    with played("2026-11-23T09:00"):
        answer = client.get("/letters/figures")
    assert answer.status_code == 200
    assert "这个月没有收到来信" in words(answer.text)


def test_every_figure_stands_beside_its_definition(client, october, played):
    with played("2026-11-23T09:00"):
        chinese = words(client.get("/letters/figures/2026-10").text)
        english = words(client.get("/letters/figures/2026-10?lang=en").text)
    assert "按时 ÷（按时＋经批准延期＋迟答＋超期未答）" in chinese
    assert [one.key for one in DEFINITIONS if one.sentence not in english] == []


@pytest.mark.parametrize(
    "month",
    ["2026-11", "2026-12", "2031-01", "2026-09", "2026-13", "2026-1", "2026-10.", "2026-10.csv", "2026-10.xlsx.pdf",
     "x", "２０２６-10", "2026-10%0A", "0000-00"],
)  # fmt: skip
def test_a_month_that_is_not_over_was_without_letters_or_is_none_has_no_report(client, october, played, month):
    with played("2026-11-30T23:59:59"):
        assert client.get(f"/letters/figures/{month}").status_code == 404


def test_a_month_is_over_at_midnight_in_zhoucun(client, october, played):
    with played("2026-10-31T23:59:59"):
        assert client.get("/letters/figures/2026-10").status_code == 404
    with played("2026-11-01T00:00:00"):
        assert client.get("/letters/figures/2026-10").status_code == 200


def test_a_letter_belongs_to_the_month_of_its_receipt_in_zhoucun(client, world, played):
    answered(world, "2026-10-31T23:59:59", timedelta(days=3))
    answered(world, "2026-11-01T00:00:00", timedelta(days=3))
    with played("2026-12-05T09:00"):
        assert "收到 1 封" in words(client.get("/letters/figures/2026-10").text)
        assert "收到 1 封" in words(client.get("/letters/figures/2026-11").text)


def test_a_unit_with_under_six_letters_has_no_rate(client, october, played):
    with played("2026-11-23T09:00"):
        page = words(client.get("/letters/figures/2026-10").text)
    units = page.split("不按单一数字排名")[1].split("逐月情况")[0]
    assert "85.7%" in units  # six of seven
    assert units.count("不足 6 封，不算") == 2  # rate and mean of the letter about a unit


def test_the_sheet_holds_the_numbers_and_no_formula(client, october, played, world):
    unit = db.session.get(Department, world.department["housing"])
    unit.name = unit.short_name = "=1+1"
    db.session.flush()
    with played("2026-11-23T09:00"):
        from participation.mailbox.month_sheet import workbook
        from participation.mailbox.queries.report import report

        with client.application.test_request_context():
            made = workbook(report(at("2026-10-01T00:00").date(), now=clock.now()))
    book = load_workbook(io.BytesIO(made))
    figures = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert figures["收到"] == 8
    assert figures["按时率"] == "87.5%"
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert "=1+1" in [cell.value for cell in cells]
    db.session.rollback()


@pytest.mark.parametrize(("lang", "sheet"), [("zh", "统计数字"), ("en", "Figures")])
def test_the_sheet_is_in_the_readers_language(client, october, played, lang, sheet):
    with played("2026-11-23T09:00"):
        answer = client.get(f"/letters/figures/2026-10.xlsx?lang={lang}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="letters-2026-10.xlsx"'
    assert load_workbook(io.BytesIO(answer.data)).sheetnames[0] == sheet


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_paper_is_a_pdf_with_title_language_and_page_numbers(client, october, played, lang):
    with played("2026-11-23T09:00"):
        answer = client.get(f"/letters/figures/2026-10.pdf?lang={lang}")
        again = client.get(f"/letters/figures/2026-10.pdf?lang={lang}")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert b"STSong-Light" in answer.data
    assert b"/Title" in answer.data
    assert b"/Lang (zh-CN)" in answer.data if lang == "zh" else b"/Lang (en)" in answer.data
    assert answer.data == again.data


def test_a_units_record_shows_its_letters_and_none_about_it(client, world, october, played):
    with played("2026-11-23T09:00"):
        page = words(client.get(f"/board/departments/{world.department['housing']}").text)
        other = words(client.get(f"/board/departments/{world.department['utilities']}").text)
    assert "今年收到 7 封：6 封按时，1 封迟答" in page
    assert "今年没有收到来信" in other


def test_a_unit_that_does_not_exist_has_no_record(client, world, played):
    with played("2026-11-23T09:00"):
        assert client.get("/board/departments/999999").status_code == 404


def test_board_mailbox_and_footer_lead_to_the_figures(client, october, played):
    with played("2026-11-23T09:00"):
        assert all('href="/letters/figures' in client.get(path).text for path in ("/", "/board", "/mailbox"))
