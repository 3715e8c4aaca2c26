"""A file of letters: a dry run row by row, all of it or nothing, once however often it comes."""

import io
import re

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from participation import clock
from participation.extensions import db
from participation.mailbox import jobs
from participation.mailbox.importing import COLUMNS
from participation.mailbox.models import Letter, LetterImport
from participation.notices.models import Notice
from tests.browse import words
from tests.mailbox import letters

HEADER = [headings[0] for headings in COLUMNS.values()]
GOOD = [
    "12345",
    "GD-1",
    "2026-11-20",
    "张先生",
    "13800001234",
    "路灯不亮",
    "永安街六盏路灯不亮。",
    "永安街",
    "投诉",
    "",
    "是",
    "",
]
POST = ["邮寄", "", "2026年11月19日", "王女士", "", "公交站台", "站台没有座椅。", "", "建议", "公共交通", "", ""]


def csv_of(*rows, header=HEADER, encoding="utf-8") -> bytes:
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (header, *rows)]
    return "\r\n".join(lines).encode(encoding)


def xlsx_of(*rows, header=HEADER) -> bytes:
    book = Workbook()
    for row in (header, *rows):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def upload(client, data: bytes, name="信.csv"):
    return client.submit(
        "/desk/import",
        {"mailbox": "mayor", "file": (io.BytesIO(data), name)},
        content_type="multipart/form-data",
    )


def changed(row, **cells) -> list:
    keys = list(COLUMNS)
    return [cells.get(key, row[at]) for at, key in enumerate(keys)]


def stored() -> int:
    return db.session.scalar(select(func.count()).select_from(Letter))


@pytest.fixture
def officer(world, played, app):
    with played("2026-11-23T09:00"):
        letters.mailboxes(clock.now())
        yield world.sign_in(app.test_client(), "officer")


@pytest.mark.parametrize("kind", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "xlsx"])
def test_a_file_becomes_letters_with_number_duty_notice_and_slip(officer, kind):
    data = xlsx_of(GOOD, POST) if kind == "xlsx" else csv_of(GOOD, POST, encoding=kind)
    shown = upload(officer, data, "信.xlsx" if kind == "xlsx" else "信.csv")
    assert (shown.status_code, stored()) == (303, 0)
    dry = officer.get(shown.headers["Location"])
    assert "可以录入 2 封信" in words(dry.text)
    done = officer.submit(shown.headers["Location"])
    slips = words(officer.get(done.headers["Location"]).text)
    made = list(db.session.scalars(select(Letter).order_by(Letter.id)))
    assert [(letter.number, letter.channel, letter.gap_workdays) for letter in made] == [
        ("XX-2026-1123-001", "hotline", 1), ("XX-2026-1123-002", "post", 2),
    ]  # fmt: skip
    assert [letter.external_number for letter in made] == ["GD-1", ""]
    told = [notice.address for notice in db.session.scalars(select(Notice).where(Notice.verb == "letter_received"))]
    assert told == ["13800001234"]
    assert ("XX-2026-1123-002" in slips, "XX-2026-1123-001" in slips) == (True, False)


def test_the_query_code_on_a_slip_opens_the_letter(officer, app):
    done = officer.submit(upload(officer, csv_of(POST)).headers["Location"])
    page = officer.get(done.headers["Location"]).text
    code = re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", page)[0]
    reader = app.test_client()
    opened = reader.submit("/track", {"number": "XX-2026-1123-001", "secret": code})
    assert (opened.status_code, "公交站台" in reader.get(opened.headers["Location"]).text) == (303, True)


def test_one_wrong_row_refuses_the_whole_and_shows_every_row_again(officer):
    wrong = changed(POST, received_on="2026-11-24", kind="表扬", contact="123", about="没有的局")
    answer = upload(officer, csv_of(GOOD, wrong))
    page = words(answer.text)
    assert (answer.status_code, stored()) == (422, 0)
    assert db.session.scalar(select(func.count()).select_from(LetterImport)) == 0
    for part in (
        "1 行需要改正，没有录入任何一封", "第 3 行", "收到日期不能晚于今天", "“类型”写的是“表扬”",
        "没有叫“没有的局”的单位", "路灯不亮", "公交站台",
    ):  # fmt: skip
        assert part in page, part


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"text": ""}, "“内容”没有填"),
        ({"title": "长" * 61}, "“标题”超过 60 字"),
        ({"text": "字" * 5001}, "“内容”超过 5000 字"),
        ({"text": "字" * 20001}, "“内容”超过 20,000 字"),
        ({"name": "张\x00三"}, "“来信人”里有无法识别的字符"),
        ({"received_on": "昨天"}, "“昨天”不是日期"),
        ({"received_on": "2026-02-30"}, "“2026-02-30”不是日期"),
        ({"received_on": "2025-11-19"}, "收到日期在一年以前"),
        ({"channel": "微博"}, "“来信渠道”写的是“微博”"),
        ({"channel": ""}, "“来信渠道”没有填"),
        ({"topic": "月亮"}, "信箱没有“月亮”这个主题"),
        ({"consent": "也许"}, "“同意公开”写的是“也许”"),
        ({"about": "区住房和城乡建设局"}, "来信反映的是您所在的单位"),
    ],
)
def test_what_is_wrong_with_a_cell_is_a_sentence(officer, cells, sentence):
    answer = upload(officer, csv_of(changed(POST, **cells)))
    assert (answer.status_code, stored()) == (422, 0)
    assert sentence.replace(",", "") in words(answer.text).replace(",", ""), words(answer.text)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "文件是空的"),
        (b"\x00\x01\x02\x03", "第一行应当是模板的栏目名称"),
        (b"%PDF-1.4 nothing", "这不是能读取的表格"),
        (b"\xd0\xcf\x11\xe0 old", "这是旧格式或者加了密码的表格"),
        (b"PK\x03\x04 broken", "表格文件损坏"),
        ("你好,世界\r\n1,2\r\n".encode(), "第一行应当是模板的栏目名称"),
        (csv_of(), "栏目名称下面没有内容"),
        (csv_of(["电话", "甲"], header=["来信渠道", "姓名"]), "文件缺少这些栏目：收到日期、标题、内容、类型"),
        (csv_of(GOOD, header=[*HEADER[:-1], "标题"]), "栏目“标题”出现了两次"),
        (csv_of(*[POST] * 501), "文件超过 500 行"),
        (b"\xff" * 200, "文件的文字编码无法识别"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_a_sentence(officer, data, sentence):
    answer = upload(officer, data)
    assert (answer.status_code, stored()) == (422, 0)
    assert sentence in words(answer.text).replace(",", ""), words(answer.text)


def test_formula_marks_stay_text_in_a_csv_and_a_formula_in_a_workbook_is_refused(officer):
    risky = changed(POST, title="=HYPERLINK(1)", text="+86 打不通电话", name="@张")
    shown = upload(officer, csv_of(risky))
    assert "=HYPERLINK(1)" in officer.get(shown.headers["Location"]).text
    refused = upload(officer, xlsx_of(changed(POST, title="=1+1")), "信.xlsx")
    assert "“标题”是公式" in words(refused.text)


def test_the_same_file_twice_is_stored_once(officer):
    for expected in (2, 2):
        shown = upload(officer, csv_of(GOOD, POST)).headers["Location"]
        officer.submit(shown) if expected and "可以录入" in words(officer.get(shown).text) else None
        assert stored() == expected
    assert "这个文件以前全部录入过" in words(officer.get(shown).text)


def test_a_file_that_overlaps_enters_only_what_is_new(officer):
    officer.submit(upload(officer, csv_of(GOOD)).headers["Location"])
    shown = upload(officer, csv_of(changed(GOOD, text="同一工单，换了说法。"), POST)).headers["Location"]
    assert "已录入 XX-2026-1123-001" in words(officer.get(shown).text)
    officer.submit(shown)
    assert stored() == 2


def test_confirming_twice_enters_once(officer):
    shown = upload(officer, csv_of(GOOD, POST)).headers["Location"]
    token = officer.token("/desk/enter")
    answers = [officer.post(shown, data={"csrf_token": token}).status_code for _ in range(2)]
    assert (answers, stored()) == ([303, 303], 2)


def test_a_row_that_stands_there_twice_is_told_at_the_second(officer):
    page = words(upload(officer, csv_of(GOOD, POST, GOOD)).text)
    assert ("第 4 行" in page, "和第 2 行是同一封信" in page, stored()) == (True, True, 0)


def test_another_person_and_another_session_find_neither_the_file_nor_the_slips(officer, world, app):
    shown = upload(officer, csv_of(GOOD)).headers["Location"]
    for login in ("officer", "office"):
        other = world.sign_in(app.test_client(), login)
        assert [other.get(path).status_code for path in (shown, shown + "/slips")] == [404, 404]


def test_a_file_that_nobody_confirms_is_forgotten_after_a_week(officer, played):
    upload(officer, csv_of(GOOD))
    for at, left in (("2026-11-30T08:59", 1), ("2026-11-30T09:01", 0)):
        with played(at):
            jobs.sweep_drafts(now=clock.now())
        assert db.session.scalar(select(func.count()).select_from(LetterImport)) == left


def test_the_templates_can_be_filled_in_and_read_back(officer):
    plain = officer.get("/desk/import/template.csv").data
    assert plain.decode("utf-8-sig").strip().split(",") == HEADER
    book = load_workbook(io.BytesIO(officer.get("/desk/import/template.xlsx").data))
    book.worksheets[0].append(POST)
    buffer = io.BytesIO()
    book.save(buffer)
    shown = upload(officer, buffer.getvalue(), "模板.xlsx")
    assert "可以录入 1 封信" in words(officer.get(shown.headers["Location"]).text)


def test_columns_that_have_no_place_are_named(officer):
    answer = upload(officer, csv_of([*changed(POST, kind=""), "x"], header=[*HEADER, "天气"]))
    assert "这些栏目用不上，不会录入：天气" in words(answer.text)
