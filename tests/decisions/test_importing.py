# ruff: noqa: E501 - rows of tables read better in one line
"""Tables as offices make them, and files that are none."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from participation.decisions.importing import dates, procedures, units
from participation.decisions.importing.catalogue import Outcome, read

HEAD = "序号,决策事项名称,承办单位\n"


def _csv(text: str, year: int = 2026) -> Outcome:
    return read(text.encode(), year=year)


def _xlsx(rows: list[list[object]], *, merges: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _errors(outcome: Outcome) -> list[str]:
    return [error.as_dict()["message"] for error in outcome.errors]


NO_TABLE = "The file is not a table that can be read. Save it as .xlsx or as CSV in UTF-8."
NO_HEADER = "No heading row was found. A catalogue has at least a column for the title (决策事项名称) and one for the unit (承办单位)."
DAMAGED = "The workbook is damaged and cannot be read. Open it, save it anew as .xlsx and try again."


def _zip(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty. Choose the file of the catalogue."),
        (b" \n\n", "The file is empty. Choose the file of the catalogue."),
        (bytes(range(256)), NO_TABLE),
        (b"\x00\x01\x02", NO_TABLE),
        ("你好，世界".encode(), NO_HEADER),
        (b"<html><table></table></html>", NO_HEADER),
        (b"%PDF-1.7\n", "This is a document, not a table. Save the table as .xlsx or .csv."),
        (_zip(word__document="x"), "This is a document, not a table. Save the table as .xlsx or .csv."),
        (b"PK\x03\x04 broken", DAMAGED),
        (_zip(**{"xl__workbook.xml": "<x"}), DAMAGED),
        (b"\xd0\xcf\x11\xe0rest", "This is an old Excel file or one with a password. Save it as .xlsx without a password."),
        ((HEAD + "1," + "长" * 5000 + ",区教体局\n").encode(), "Row 2 has a cell of more than 4000 characters."),
        ((HEAD + '1,"开,区教体局\n').encode() + b"x" * 140_000, "Row 2 cannot be read: a cell is too long or a quotation mark is not closed."),
        ((HEAD + "1,甲\n" * 2100).encode(), "The file has more than 2000 rows. Save only the catalogue itself."),
        ((HEAD + "1,甲," + "," * 80 + "x\n").encode(), "Row 2 has more than 60 columns."),
        (HEAD.encode(), "There is no item under the headings."),
        ((HEAD + "1,,区教体局\n").encode(), "Row 2 has no title."),
        ((HEAD + "1,甲,乙\n2,甲,丙\n").encode(), "Row 3 repeats the title of row 2."),
        ((HEAD + "1," + "甲" * 201 + ",乙\n").encode(), "The title in row 2 has more than 200 characters."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why_and_gives_no_half_result(data, sentence):
    outcome = read(data, year=2026)
    assert _errors(outcome) == [sentence]


def test_a_document_by_name_is_no_table():
    assert _errors(read(b"1,2", year=2026, filename="目录.docx")) == [
        "This is a document, not a table. Save the table as .xlsx or .csv."
    ]


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = _zip(**{"xl__workbook.xml": "x", "xl__worksheets__sheet1.xml": "0" * (70 * 1024 * 1024)})
    assert _errors(read(bomb, year=2026)) == ["The file is larger than 10 MB. Save only the sheet with the catalogue."]


def test_an_excluded_kind_is_refused_with_its_article():
    outcome = _csv("序号,事项名称,类别\n1,调整存款准备金率,宏观调控决策\n")
    assert _errors(outcome) == [
        "Row 2 is of a kind that does not belong in the catalogue: 宏观调控决策"
        " (国务院令第713号 第三条；山东省政府令第336号 第三条)"
    ]


def test_a_workbook_with_title_rows_merged_cells_and_a_trailing_remark():
    rows = [
        ["2026年度重大行政决策事项目录", None, None, None, None, None],
        [None] * 6,
        ["序号", "决策事项名称", "承办单位", None, "拟决策时间", "决策程序"],
        [None, None, "牵头单位", "配合单位", None, None],
        [1, "停车管理办法", "区住建局", "区财政局、区公安分局", datetime(2026, 9, 1), "公众参与、专家论证；不举行听证"],
        [2, "供热管网改造", None, None, "第四季度", "五项法定程序"],
        [None] * 6,
        ["注：本目录根据工作进展调整。", None, None, None, None, None],
    ]
    outcome = read(_xlsx(rows, merges=("A1:F1", "C3:D3", "C5:C6", "A3:A4", "B3:B4")), year=2026)
    assert _errors(outcome) == []
    first, second = outcome.items
    assert (first.number, first.title, first.lead_unit, first.joint_units) == (
        1,
        "停车管理办法",
        "区住建局",
        ("区财政局", "区公安分局"),
    )
    assert (first.planned_text, first.planned_from, first.planned_to) == (
        "2026-09-01",
        date(2026, 9, 1),
        date(2026, 9, 1),
    )
    assert first.procedures["participation"] == first.procedures["expert"] == "applicable"
    assert first.hearing == "not"
    assert second.lead_unit == "区住建局"  # one cell merged over both rows
    assert set(second.procedures.values()) == {"applicable"}
    assert (second.planned_from, second.planned_to) == (date(2026, 10, 1), date(2026, 12, 31))
    assert [(note.row, note.text) for note in outcome.notes] == [
        (1, "2026年度重大行政决策事项目录"),
        (8, "注：本目录根据工作进展调整。"),
    ]


def test_a_formula_without_a_value_is_named():
    outcome = read(_xlsx([["序号", "事项名称", "承办单位"], [1, "=A1&B1", "区教体局"]]), year=2026)
    assert _errors(outcome) == ["Row 2 has a formula without a stored value. Open the file, save it and try again."]


def test_text_that_looks_like_a_formula_stays_text():
    assert _csv(HEAD + "1,=1+1,区教体局\n").items[0].title == "=1+1"


def test_full_width_digits_and_spaces_are_understood():
    outcome = _csv("序　号,事项名称,承办 单位,完成时限\n１,甲,乙局,２０２６年９月\n")
    assert (outcome.items[0].number, outcome.items[0].lead_unit) == (1, "乙局")
    assert outcome.items[0].planned_from == date(2026, 9, 1)


def test_columns_of_their_own_for_each_procedure():
    outcome = _csv(
        "序号,事项名称,承办单位,公众参与,专家论证,风险评估,合法性审查,集体讨论决定,是否听证\n1,甲,乙局,√,不适用：不涉及技术,是,是,适用,否\n"
    )
    item = outcome.items[0]
    assert item.procedures == {
        "participation": "applicable", "expert": "not", "risk": "applicable", "legality": "applicable", "deliberation": "applicable",
    }  # fmt: skip
    assert item.reasons == {"expert": "不涉及技术"}
    assert item.hearing == "not"


def test_a_column_without_a_meaning_is_listed_and_kept():
    outcome = _csv("序号,事项名称,承办单位,分管领导\n1,甲,乙局,王副区长\n")
    assert outcome.items[0].note == "分管领导：王副区长"
    assert [(note.row, note.text) for note in outcome.notes] == [(2, "王副区长")]


def test_a_heading_repeated_on_the_next_page_is_no_item():
    assert [item.title for item in _csv(HEAD + "1,甲,乙\n" + HEAD + "2,丙,丁\n").items] == ["甲", "丙"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025.12—2026.01", "2025-12-01", "2026-01-31"),
        ("Q4", "2026-10-01", "2026-12-31"),
        ("2025Q1", "2025-01-01", "2025-03-31"),
        ("第四季度", "2026-10-01", "2026-12-31"),
        ("三季度末", "2026-07-01", "2026-09-30"),
        ("上半年", "2026-01-01", "2026-06-30"),
        ("2027年下半年", "2027-07-01", "2027-12-31"),
        ("12月", "2026-12-01", "2026-12-31"),
        ("十二月", "2026-12-01", "2026-12-31"),
        ("3-5月", "2026-03-01", "2026-05-31"),
        ("2026年3—5月", "2026-03-01", "2026-05-31"),
        ("11月至次年2月", "2026-11-01", "2027-02-28"),
        ("11月-2月", "2026-11-01", "2027-02-28"),
        ("2026年12月上旬审议", "2026-12-01", "2026-12-10"),
        ("2026年2月中旬", "2026-02-11", "2026-02-20"),
        ("2026-03-15", "2026-03-15", "2026-03-15"),
        ("2026年3月15日前", None, "2026-03-15"),
        ("年底前", None, "2026-12-31"),
        ("6月30日前", None, "2026-06-30"),
        ("年内", "2026-01-01", "2026-12-31"),
        ("二〇二六年十月", "2026-10-01", "2026-10-31"),
        ("长期", None, None),
        ("2026年2月30日", None, None),
        ("", None, None),
    ],
)
def test_planned_times_as_they_are_written(text, start, end):
    found = dates.read(text, year=2026)
    assert (found.text, found.start and found.start.isoformat(), found.end and found.end.isoformat()) == (
        text,
        start,
        end,
    )


@given(st.text(alphabet="0123456789年月日季度上下半底前至-—.~QⅣ第一二三四十、 ", max_size=30))
@settings(max_examples=300, deadline=None)
def test_no_planned_time_breaks_the_reader(text):
    found = dates.read(text, year=2026)
    assert found.start is None or found.end is None or found.start <= found.end


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_no_file_breaks_the_reader(data):
    outcome = read(data, year=2026)
    assert outcome.items == [] or outcome.errors == []


def test_the_five_procedures_and_the_hearing_out_of_free_text():
    found = procedures.read("1.公众参与；2.专家论证；3.社会稳定风险评估；4.合法性审查；5.集体讨论决定。6.举行听证会")
    assert set(found.states.values()) == {"applicable"}
    assert (found.hearing, found.rest) == ("applicable", [])
    found = procedures.read("公众参与和合法性审查，无需听证")
    assert (found.states["participation"], found.states["legality"], found.states["risk"]) == (
        "applicable",
        "applicable",
        "unknown",
    )
    assert found.hearing == "not"


def test_the_lead_is_the_marked_one_else_the_first():
    assert units.read("区财政局、区住建局（牵头）") == units.Units("区住建局", ("区财政局",))
    assert units.read("区住建局牵头，区财政局、区自然资源局配合") == units.Units(
        "区住建局", ("区财政局", "区自然资源局")
    )
    assert units.read("区教育局", "铁投公司；区财政局") == units.Units("区教育局", ("铁投公司", "区财政局"))
    assert units.read("无") == units.Units("", ())


@pytest.mark.parametrize("name", ["区发改委", "发改委", "区发展和改革局", "周村区发展和改革局", "发展改革局"])
def test_one_unit_has_many_names(name):
    assert units.key(name) == "发展和改革局"
