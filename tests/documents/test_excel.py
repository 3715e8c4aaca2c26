"""An Excel file as lines of text, and what a file carries that nobody sees."""

import io
import zipfile
from datetime import date, datetime

import docx
import openpyxl
import pytest

from participation.documents.excel import CELL, COLUMNS, ROWS, read_excel
from participation.documents.unseen import unseen
from participation.errors import Refused
from tests.files import samples as s


@pytest.fixture
def kept(tmp_path):
    """Bytes on the disk, without an extension, as files are kept."""

    def keep(data: bytes):
        path = tmp_path / "kept"
        path.write_bytes(data)
        return path

    return keep


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(*rows, title="泊位"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def test_a_sheet_becomes_a_table_with_dates_and_numbers_as_people_write_them(kept):
    book = book_of(
        ["路段", "泊位", "起用"], ["丝绸路|东", 120.0, date(2026, 7, 1)], [None], ["大街", 0.5, datetime(2026, 7, 1, 9)]
    )
    assert read_excel(kept(saved(book))).text == (
        "| 路段 | 泊位 | 起用 |\n| 丝绸路｜东 | 120 | 2026-07-01 |\n| 大街 | 0.5 | 2026-07-01 09:00 |"
    )


def test_two_sheets_are_told_apart_and_a_hidden_one_is_not_read(kept):
    book = book_of(["甲", "乙"])
    book.create_sheet("第二张").append(["丙", "丁"])
    secret = book.create_sheet("底稿")
    secret.append(["王建国"])
    secret.sheet_state = "hidden"
    path = kept(saved(book))
    assert read_excel(path).text == "泊位\n| 甲 | 乙 |\n第二张\n| 丙 | 丁 |"
    assert unseen(path, "xlsx") == ["author", "hidden"]


@pytest.mark.parametrize(
    ("rows", "cut"),
    [
        ([["a"]] * ROWS, False),
        ([["a"]] * (ROWS + 1), True),
        ([["a"] * COLUMNS], False),
        ([["a"] * (COLUMNS + 1)], True),
        ([["字" * (CELL + 1), "a"]], True),
    ],
)
def test_what_is_not_shown_is_said(kept, rows, cut):
    assert read_excel(kept(saved(book_of(*rows)))).cut is cut


def test_a_file_that_is_no_workbook_is_refused(kept):
    with pytest.raises(Refused) as refused:
        read_excel(kept(s.xlsx()))
    assert (refused.value.code, refused.value.field) == ("invalid", "file")


def word(change=None, author="") -> bytes:
    document = docx.Document()
    document.add_paragraph("第一条 甲。")
    document.core_properties.author = author
    document.core_properties.last_modified_by = ""
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, text: str) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, text)
    return out.getvalue()


def vanish(document) -> None:
    document.add_paragraph().add_run("内部意见").font.hidden = True


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (word(), []),
        (word(author="王建国"), ["author"]),
        (word(vanish), ["vanished"]),
        (with_part(word(), "word/comments.xml", "<w:comments/>"), ["comments"]),
        (with_part(word(), "word/footnotes.xml", '<w:del w:author="王建国">x</w:del>'), ["revisions"]),
    ],
)
def test_a_word_file_says_what_it_carries_unseen(kept, data, found):
    assert unseen(kept(data), "docx") == found


def test_a_pdf_file_cannot_be_searched_and_says_so(kept):
    assert unseen(kept(s.pdf()), "pdf") == ["unread"]
    assert unseen(kept(s.pdf(b"3 0 obj\n<< /Author (Wang) >>\nendobj\n")), "pdf") == ["author", "unread"]
