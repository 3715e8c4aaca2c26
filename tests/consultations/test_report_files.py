"""The report as Word and Excel files: the same numbers as the page."""

import io

import docx
import pytest
from openpyxl import load_workbook

from participation.consultations import service
from participation.consultations.queries import changes
from participation.extensions import db
from tests.consultations.periods import TEXT, answered, at, closed, commented, opened

NOW = at("2026-12-05T10:00")
EQUATION = "收到意见 3 = 采纳 1 + 部分采纳 0 + 未采纳 1 + 不属于本次 0 + 本人撤回 1"


@pytest.fixture
def published(world):
    consultation = opened(world)
    rows = [commented(consultation, text=f"=HYPERLINK({n})") for n in range(3)]
    service.withdraw_comment(rows[2], consultation, actor=world.actor("officer"), now=at("2026-11-12T10:00"))
    closed(consultation)
    answered(world, consultation, rows[:1], "adopted", title="=1+1")
    answered(world, consultation, rows[1:2], "not_adopted", title="不要电梯")
    officer = world.actor("officer")
    service.write_final(consultation, title="办法", text=TEXT.replace("十五", "二十"), actor=officer, now=NOW)
    change = changes.changes_of(consultation.id)[0]
    service.explain_change(consultation, change, point_ids=[1], reason="", actor=officer, now=NOW)
    service.submit_feedback(consultation, actor=officer, now=NOW)
    service.publish_feedback(consultation, actor=world.actor("head"), now=NOW)
    db.session.commit()
    return consultation.id


def test_the_word_file_says_what_the_page_says(client, played, published):
    with played("2026-12-06T10:00"):
        answer = client.get(f"/consultations/{published}/feedback.docx")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="feedback-{published}.docx"'
    document = docx.Document(io.BytesIO(answer.data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "既有多层住宅加装电梯实施办法（征求意见稿）\n公众参与意见报告"
    assert [text for text in texts if "=" in text] == [EQUATION]
    assert "送审稿" not in "".join(texts)
    points = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [row[1:5] for row in points[1:]] == [["=1+1", "1", "1", "采纳"], ["不要电梯", "1", "1", "未采纳"]]
    changed = [[cell.text for cell in row.cells] for row in document.tables[3].rows]
    assert changed[1] == ["第三条", "每部电梯由区财政补助十五万元。", "每部电梯由区财政补助二十万元。", "1 =1+1"]


def test_the_excel_file_has_the_same_numbers_and_no_formula(client, played, published):
    with played("2026-12-06T10:00"):
        book = load_workbook(io.BytesIO(client.get(f"/consultations/{published}/feedback.xlsx").data))
    assert book.sheetnames == ["观点和结果", "按条款看", "按提出方式", "逐条看改了什么"]
    sheet = book["按提出方式"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][1] == ["网上", 3, 1, 0, 1, 0, 1]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pdf_says_what_the_page_says_and_is_the_same_each_time(client, played, published, lang):
    path = f"/consultations/{published}/feedback.pdf?lang={lang}"
    with played("2026-12-06T10:00"):
        answer = client.get(path)
        assert client.get(path).data == answer.data
        assert 'feedback.pdf"' in client.get(f"/consultations/{published}/feedback").text
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert (b"/Lang (zh-CN)" if lang == "zh" else b"/Lang (en)") in answer.data
    assert b"STSong-Light" in answer.data


def test_control_characters_and_very_long_reasons_break_no_file(world, client, played):
    consultation = opened(world)
    rows = [commented(consultation)]
    closed(consultation)
    answered(world, consultation, rows, "not_adopted", title="不要\x0b电梯\ufffe", reason="理由\x07" + "长" * 2900)
    db.session.commit()
    officer = client
    with played("2026-12-06T10:00"):
        world.sign_in(officer, "officer")
        for form in ("docx", "xlsx", "pdf"):
            answer = officer.get(f"/desk/consultations/{consultation.id}/feedback.{form}")
            assert answer.status_code == 200, form
            assert answer.data


def test_before_publication_only_the_department_has_it_and_it_says_so(world, app, client, played):
    consultation = opened(world)
    closed(consultation)
    db.session.commit()
    officer = app.test_client()
    path = f"/consultations/{consultation.id}/feedback.docx"
    with played("2026-12-06T10:00"):
        world.sign_in(officer, "officer")
        assert client.get(path).status_code == 404
        document = docx.Document(io.BytesIO(officer.get("/desk" + path).data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[1] == "（送审稿，尚未审定）"
    assert "公告的各种方式都没有收到意见。" in texts


def test_another_department_does_not_find_it(world, app, played, published):
    utilities = app.test_client()
    with played("2026-12-06T10:00"):
        world.sign_in(utilities, "utilities")
        assert utilities.get(f"/desk/consultations/{published}/feedback.xlsx").status_code == 404
