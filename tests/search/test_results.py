"""The page of results finds what is public and nothing else."""

import re

import pytest

from participation import clock
from participation.access import ANYONE
from participation.extensions import db
from participation.mailbox import service as mailbox
from participation.mailbox.models import Letter
from tests import district
from tests.browse import words


@pytest.fixture
def settled(kept, played):
    place = kept(district.settle)
    with played(district.NOW):
        yield place


def titles(page):
    return [words(title) for title in re.findall(r"(?s)<h2 class=\"t-3\">(.*?)</h2>", page.text)]


def test_two_characters_find_the_decision_the_consultation_and_the_letter(client, settled):
    page = client.get("/search?q=停车")
    assert titles(page) == ["机动车 停车 管理办法", "机动车 停车 管理办法（征求意见稿）", "院门口的路灯夜里不亮"]
    assert "“停车”找到 3 条" in words(page.text)
    assert "全部 3" in words(page.text)


@pytest.mark.parametrize(
    ("asked", "found"), [("路灯 修好", 1), ("路灯 没有这个词", 0), ("晚七时至次日", 1), ("路灯　停车", 1)]
)
def test_every_word_must_occur(client, settled, asked, found):
    assert len(titles(client.get("/search", query_string={"q": asked}))) == found


def test_a_letter_is_found_by_its_number_in_full_width_too(client, settled):
    wide = "".join(chr(ord(char) + 0xFEE0) for char in settled.letter_number)
    assert len(titles(client.get("/search", query_string={"q": wide.lower()}))) == 1


@pytest.mark.parametrize("login", [None, "officer", "office", "auditor"])
def test_nothing_unpublished_is_ever_found(app, world, settled, login):
    client = app.test_client()
    if login:
        world.sign_in(client, login)
    page = client.get("/search", query_string={"q": district.HIDDEN})
    assert titles(page) == []
    assert f"没有找到“{district.HIDDEN}”" in words(page.text)
    assert titles(client.get("/search?q=王芳")) == []


def test_a_letter_whose_writer_withdraws_consent_is_gone(client, settled):
    now = clock.now()
    mailbox.withdraw_consent(db.session.get(Letter, settled.letter), actor=ANYONE, now=now)
    db.session.commit()
    assert titles(client.get("/search?q=路灯")) == []


def test_a_kind_alone_and_its_pages(client, settled):
    assert titles(client.get("/search?q=停车&kind=letters")) == ["院门口的路灯夜里不亮"]
    assert titles(client.get(f"/search?q=停车&kind=letters&before={settled.letter}")) == []


def test_shorter_words_are_offered_with_what_they_find(client, settled):
    page = words(client.get("/search?q=立体停车").text)
    assert "没有找到“立体停车”" in page
    assert "停车 3" in page


def test_signs_of_the_pattern_language_are_only_signs(client, settled):
    for asked in ("%", "_", "\\", "停%车", "'", '"><script>alert(1)</script>'):
        page = client.get("/search", query_string={"q": asked})
        assert page.status_code == 200
        assert "<script>alert" not in page.text


def test_an_empty_search_says_what_can_be_found(client, settled):
    assert "您想找什么？" in words(client.get("/search").text)
    assert "您想找什么？" in words(client.get("/search?q=%20%E3%80%80").text)


def test_the_page_speaks_english_too(client, settled):
    page = words(client.get("/search?q=停车&lang=en").text)
    assert "3 results for “停车”" in page


def test_the_number_of_questions_to_the_database_does_not_grow(app, client, settled, world):
    from sqlalchemy import event

    def count():
        seen = []
        event.listen(db.engine, "before_cursor_execute", listener := lambda *args: seen.append(args[2]))
        client.get("/search?q=停车")
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(seen)

    client.get("/search?q=停车")
    assert count() == count() <= 20


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"year": "2026"}, 3),
        ({"year": "2025"}, 0),
        ({"department": "housing"}, 3),
        ({"department": "town"}, 0),
        ({"department": "housing", "year": "2026"}, 3),
        ({"year": "1999"}, 3),
        ({"year": "二〇二六", "department": "x"}, 3),
    ],
)
def test_unit_and_year_narrow_the_search(client, settled, world, narrowed, found):
    asked = {name: str(world.department.get(value, value)) for name, value in narrowed.items()}
    assert len(titles(client.get("/search", query_string={"q": "停车"} | asked))) == found


def test_where_to_look_and_further_pages_keep_what_narrows(client, settled, world):
    page = client.get("/search", query_string={"q": "停车", "year": "2026"})
    assert "kind=letters&amp;year=2026" in page.text
    empty = client.get("/search", query_string={"q": "停车", "year": "2025"})
    assert "在全部单位和年份里找" in words(empty.text)


def test_counting_stops_and_says_so(client, settled, monkeypatch):
    from participation.search import findings

    monkeypatch.setattr(findings, "COUNTED", 1)
    page = words(client.get("/search?q=停车").text)
    assert "“停车”找到 1 多条" in page
    assert "全部 超过 1" in page
    assert "More than 1 results" in words(client.get("/search?q=停车&lang=en").text)
