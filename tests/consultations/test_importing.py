"""Opinions from a file."""

import io

import pytest
from openpyxl import load_workbook
from werkzeug.datastructures import FileStorage

from participation.consultations.models import Comment
from participation.consultations.queries import counts
from participation.extensions import db
from tests.browse import words
from tests.consultations.periods import opened

HEAD = "提出方式,收到日期,反馈人,条款,意见内容,同意公开\n"
GOOD = HEAD + "座谈会,2026-11-10,河西村,第二条,一楼不出钱要写清楚。,是\n来信,2026-11-12,,,=1+1 补助要提高,否\n"


@pytest.fixture
def path(world):
    consultation = opened(world)
    return f"/desk/consultations/{consultation.id}/import"


@pytest.fixture
def officer(world, app, played):
    client = app.test_client()
    with played("2026-11-20T10:00"):
        world.sign_in(client, "officer")
        yield client


def read(officer, path, text: str, name: str = "意见.csv"):
    return officer.submit(path, {"file": FileStorage(io.BytesIO(text.encode()), filename=name)})


def test_every_row_is_shown_before_it_is_entered_and_counts_like_every_other(officer, path):
    shown = read(officer, path, GOOD)
    assert shown.status_code == 303
    page = officer.get(shown.headers["Location"])
    assert "可以录入 2 条意见" in words(page.text)
    assert db.session.query(Comment).count() == 0
    db.session.rollback()
    done = officer.submit(shown.headers["Location"], {})
    assert done.status_code == 303
    rows = [
        (row.channel, row.received_on.isoformat(), row.author_name, row.text, row.consent_public)
        for row in db.session.query(Comment)
    ]
    assert rows == [
        ("seminar", "2026-11-10", "河西村", "一楼不出钱要写清楚。", True),
        ("post", "2026-11-12", "", "=1+1 补助要提高", False),
    ]
    assert [(channel, tally.received) for channel, tally in counts.by_channel(1)] == [("post", 1), ("seminar", 1)]


def test_the_same_file_again_and_the_same_confirmation_again_enter_nothing(officer, path):
    first = read(officer, path, GOOD).headers["Location"]
    officer.submit(first, {})
    officer.submit(first, {})
    again = read(officer, path, GOOD).headers["Location"]
    assert "这个文件以前全部录入过" in words(officer.get(again).text)
    officer.submit(again, {})
    assert db.session.query(Comment).count() == 2


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("座谈会,2026-11-21,甲,,明天的意见,是", "收到的日期不能晚于今天"),
        ("座谈会,2026-11-01,甲,,太早的意见,是", "收到的日期要在征求意见期间"),
        ("座谈会,2026-13-01,甲,,意见,是", "2026-13-01"),
        ("飞鸽,2026-11-10,甲,,意见,是", "飞鸽"),
        ("座谈会,2026-11-10,甲,第九十九条,意见,是", "草案里没有“第九十九条”"),
        ("座谈会,2026-11-10,甲,,,是", "意见内容"),
        (f"座谈会,2026-11-10,甲,,{'长' * 5001},是", "5000"),
        ("座谈会,2026-11-10,甲,,意见,也许", "也许"),
    ],
)
def test_a_wrong_row_is_named_with_its_reason_and_nothing_is_entered(officer, path, row, sentence):
    wrong = read(officer, path, GOOD + row + "\n")
    assert wrong.status_code == 422
    text = words(wrong.text)
    assert "1 行需要改正，一条也没有录入" in text
    assert "第 4 行" in text
    assert sentence in text
    assert db.session.query(Comment).count() == 0


def test_two_equal_rows_are_a_mistake_of_the_file(officer, path):
    wrong = read(officer, path, GOOD + "座谈会,2026-11-10,河西村,第二条,一楼不出钱要写清楚。,是\n")
    assert (wrong.status_code, "和第 2 行是同一条意见" in words(wrong.text)) == (422, True)


def test_what_is_no_table_is_refused(officer, path):
    assert read(officer, path, "随便写的", "意见.txt").status_code == 422
    assert officer.submit(path, {}).status_code == 422


def test_the_template_can_be_filled_in_and_read(officer, path):
    answer = officer.get(f"{path}/template.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    book.active.append(["电话", "A-1", "2026-11-10", "朱先生", "", "", "要有斜坡。", "否"])
    buffer = io.BytesIO()
    book.save(buffer)
    buffer.seek(0)
    shown = officer.submit(path, {"file": FileStorage(buffer, filename="意见.xlsx")})
    assert shown.status_code == 303
    assert "可以录入 1 条意见" in words(officer.get(shown.headers["Location"]).text)


def test_another_persons_file_is_not_there(world, app, played, officer, path):
    shown = read(officer, path, GOOD).headers["Location"]
    head = app.test_client()
    world.sign_in(head, "utilities")
    assert head.get(shown).status_code == 404
