"""Clauses in plain text, and the fingerprint of a version."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.documents.rules import clause_value, fingerprint, parse

OFFICE = """周村区停车管理办法
（征求意见稿）

第一章 总则
第一条　为了规范停车，制定本办法。
第二条 本办法所称停车场，包括：
（一）公共停车场；
（二）专用停车场。
第二章 管理
第 三 条：依照第二条设置泊位的，应当公示。
第十一条施行日期另行公布。"""


def test_an_office_s_text_is_split_at_its_clauses():
    parsed = parse(OFFICE)
    assert parsed.preamble == "周村区停车管理办法\n（征求意见稿）"
    assert [(clause.number, clause.label, clause.heading, clause.text) for clause in parsed.clauses] == [
        (1, "第一条", "第一章 总则", "为了规范停车，制定本办法。"),
        (2, "第二条", "", "本办法所称停车场，包括：\n（一）公共停车场；\n（二）专用停车场。"),
        (3, "第三条", "第二章 管理", "依照第二条设置泊位的，应当公示。"),
        (4, "第十一条", "", "施行日期另行公布。"),
    ]


@pytest.mark.parametrize("text", ["", "没有条款的一段话。", "本办法第一条规定了目的。"])
def test_a_text_without_clauses_is_all_preamble(text):
    assert (parse(text).preamble, parse(text).clauses) == (text, ())


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_ends_do_not_matter(ending):
    assert parse(OFFICE.replace("\n", ending)) == parse(OFFICE)
    assert fingerprint("题", OFFICE.replace("\n", ending)) == fingerprint("题", OFFICE)


def test_anybody_can_compute_the_fingerprint():
    assert fingerprint("题", "第一条 文。") == hashlib.sha256("题\n第一条 文。".encode()).hexdigest()


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("第一条", 1),
        ("第十条", 10),
        ("第十一条", 11),
        ("第二十条", 20),
        ("第一百零三条", 103),
        ("第12条", 12),
        ("第条", None),
    ],
)
def test_the_number_that_a_label_says(label, value):
    assert clause_value(label) == value


@given(st.text(max_size=400))
def test_no_letter_is_lost_or_made_up_by_splitting(text):
    parsed = parse(text)
    kept = parsed.preamble + "".join(f"{c.heading}{c.label}{c.text}" for c in parsed.clauses)
    assert sum(kept.count(sign) for sign in "条款内容") <= sum(text.count(sign) for sign in "条款内容")
    assert [clause.number for clause in parsed.clauses] == list(range(1, len(parsed.clauses) + 1))


def test_a_title_that_the_text_begins_with_is_not_said_twice():
    from participation.documents.models import Document
    from participation.documents.queries import preamble_of

    title = "周村区机动车停车 管理办法（征求意见稿）"
    twice = "周村区机动车停车\n管理办法（征求意见稿）\n为了停车。\n第一条 甲。"
    assert preamble_of(Document(title=title, text=twice)) == "为了停车。"
    assert preamble_of(Document(title=title, text="为了停车。\n第二句。\n第一条 甲。")) == "为了停车。\n第二句。"
    assert preamble_of(Document(title=title, text="第一条 甲。")) == ""
