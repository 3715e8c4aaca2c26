"""Reading an uploaded table: headings, encodings, what is wrong in which row."""

import io

import pytest
from openpyxl import Workbook

from participation.errors import Refused
from participation.web.tables import read_table

COLUMNS = {"name": ("姓名", "name"), "text": ("意见", "内容")}


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_the_headings_may_stand_in_another_order_under_a_title_and_with_remarks_in_brackets():
    data = "意见汇总表,,\r\n内容（必填）,序号, 姓 名 \r\n很好,1,张三\r\n,,\r\n太短,2,李四\r\n".encode()
    table = read_table(data, "意见.csv", COLUMNS)
    assert [(line.number, dict(line.values)) for line in table.lines] == [
        (3, {"name": "张三", "text": "很好"}),
        (5, {"name": "李四", "text": "太短"}),
    ]
    assert (table.found, table.unknown) == (("name", "text"), ("序号",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_rare_characters_survive_every_encoding(encoding):
    rare = "\U0002ebf0㐂"
    table = read_table(f"姓名,意见\r\n{rare},好\r\n".encode(encoding), "a.csv", COLUMNS)
    assert table.lines[0].values["name"] == rare


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_every_usual_separator(mark):
    assert read_table(f"姓名{mark}意见\r\n甲{mark}好".encode(), "a.csv", COLUMNS).lines[0].values["text"] == "好"


def test_a_line_break_within_a_cell_keeps_the_row_numbers_right():
    table = read_table('姓名,意见\r\n甲,"一\n二"\r\n乙,三\r\n'.encode(), "a.csv", COLUMNS)
    assert [line.number for line in table.lines] == [2, 4]


def test_cells_of_a_workbook_are_text_and_a_formula_is_a_problem_of_its_row():
    from datetime import datetime

    table = read_table(workbook(["姓名", "意见"], [13800001234, datetime(2026, 11, 23)], ["=A1", True]), "", COLUMNS)
    assert dict(table.lines[0].values) == {"name": "13800001234", "text": "2026-11-23"}
    assert [problem.args for problem in table.lines[1].problems] == [{"name": "姓名"}]
    assert table.lines[1].values["text"] == "是"


@pytest.mark.parametrize("char", ["\x00", "\x08", "\x1b", "\ufffd", "\ue000"])
def test_characters_that_nobody_can_read_are_told_and_taken_out(char):
    line = read_table(f"姓名,意见\n甲{char}乙,好".encode(), "", COLUMNS).lines[0]
    assert ([len(line.problems)], line.values["name"]) == ([1], "甲乙")


def test_ten_thousand_rows_are_read_and_one_more_is_refused():
    head, row = "姓名,意见\n", "甲,好\n"
    assert len(read_table((head + row * 10_000).encode(), "", COLUMNS).lines) == 10_000
    with pytest.raises(Refused) as refused:
        read_table((head + row * 10_001).encode(), "", COLUMNS)
    assert refused.value.args_ == {"most": 10_000}


def test_a_cell_that_is_far_too_long_is_cut_and_told():
    line = read_table(f"姓名,意见\n甲,{'长' * 30_000}".encode(), "", COLUMNS).lines[0]
    assert (len(line.values["text"]), len(line.problems)) == (20_000, 1)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.csv"),
        (b" \r\n ", "a.csv"),
        (b"%PDF-1.7", "a.csv"),
        ("姓名,意见\n甲,好".encode(), "a.docx"),
        (b"PK\x03\x04", "a.xlsx"),
        (b"\xd0\xcf\x11\xe0", "a.xls"),
        (b"\xff" * 50, "a.csv"),
        ("只有标题\n".encode(), "a.csv"),
        ("姓名,意见\n".encode(), "a.csv"),
        ("姓名,姓名,意见\n甲,乙,好".encode(), "a.csv"),
        (('姓名,意见\n甲,"' + "x" * 200_000).encode(), "a.csv"),
        (b"x" * (10 * 1024 * 1024 + 1), "a.csv"),
    ],
)
def test_what_is_no_table_is_refused(data, name):
    with pytest.raises(Refused) as refused:
        read_table(data, name, COLUMNS)
    assert (refused.value.code, refused.value.field) == ("invalid", "file")


def test_a_workbook_that_unpacks_to_a_mountain_is_refused():
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (101 * 1024 * 1024))
    with pytest.raises(Refused):
        read_table(buffer.getvalue(), "a.xlsx", COLUMNS)
