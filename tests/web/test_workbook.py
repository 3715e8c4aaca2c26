"""Excel files: what goes in comes out, and nothing in them computes."""

import io
from datetime import date

from openpyxl import load_workbook

from participation.web.workbook import Sheet, workbook


def _read(*sheets: Sheet):
    return load_workbook(io.BytesIO(workbook(sheets)))


def test_texts_numbers_and_days_come_out_as_they_went_in():
    book = _read(
        Sheet("意见", ["编号", "件数", "日期"], [["YJ-1", 3, date(2026, 11, 23)], ["", None, 2.5]], ["截至今天"])
    )
    rows = [[cell.value for cell in row] for row in book["意见"].iter_rows()]
    assert rows[0][0] == "截至今天"
    assert rows[2] == ["编号", "件数", "日期"]
    assert rows[3][:2] == ["YJ-1", 3]
    assert rows[3][2].date() == date(2026, 11, 23)
    assert rows[4] == [None, None, 2.5]


def test_nothing_becomes_a_formula_or_a_link():
    hostile = ["=1+1", "+86", "@SUM(A1)", "http://example.cn/", "-2"]
    book = _read(Sheet("甲", ["文字"], [[text] for text in hostile]))
    cells = [row[0] for row in book["甲"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == hostile
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_a_name_that_excel_refuses_is_mended():
    assert _read(Sheet("a/b:[c]*?", ["x"], []), Sheet("//", ["x"], [])).sheetnames == ["abc", "2"]


def test_control_characters_leave_the_file_readable():
    assert _read(Sheet("甲\x0b", ["文\x07字"], [["一\x0b二\ufffe"]], ["注\x01"]))["甲"]["A3"].value == "文字"
