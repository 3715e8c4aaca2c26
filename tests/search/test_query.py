"""What is typed becomes words; shorter words are offered; a hit is shown with its words marked."""

import pytest

from participation.search.query import LONGEST, MOST_WORDS, passage, read, shorter


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("停车", [("停车",)]),
        ("  停车，夜间　 ", [("停车",), ("夜间",)]),
        ("机动车停车管理办法（征求意见稿）", [("机动车停车管理办法",), ("征求意见稿",)]),
        ("停车 停车", [("停车",)]),
        ("ｘｘ－２０２６", [("xx-2026", "ｘｘ－２０２６")]),
        ("A座", [("a座", "ａ座")]),
        ("𮯰村", [("𮯰村",)]),
        ("100%", [("100", "１００")]),
        ("\x00停\u202e车\ud800", [("停",), ("车",)]),
        ("%_\\'\";--", []),
        ("", []),
    ],
)
def test_words_of_a_query(written, words):
    assert list(read(written).words) == words


def test_a_long_query_is_cut_and_many_words_are_the_first_six():
    assert len(read("停" * 1000).text) == LONGEST
    assert len(read("一 二 三 四 五 六 七 八").words) == MOST_WORDS


def test_shorter_words_of_several_words_are_each_word():
    assert [query.text for query in shorter(read("停车楼 票价"))] == ["停车楼", "票价"]


def test_shorter_words_of_one_long_word_begin_with_both_ends():
    assert [query.text for query in shorter(read("立体停车楼"))] == ["立体", "车楼", "体停", "停车"]


def test_two_characters_are_short_enough():
    assert shorter(read("停车")) == []


def test_a_passage_marks_every_word_and_shows_that_it_is_a_part():
    parts = passage("前" * 100 + "夜间停车" + "后" * 100, read("停车").words, length=20)
    assert [part for part, marked in parts if marked] == ["停车"]
    assert parts[0] == parts[-1] == ("…", False)
    assert len("".join(part for part, _ in parts)) == 22


def test_a_passage_without_the_word_is_the_beginning():
    assert passage("今天修好了。", read("停车").words) == [("今天修好了。", False)]


def test_capitals_do_not_matter_and_are_kept():
    assert passage("xx-2026 XX-2026", read("xX-2026").words) == [("xx-2026", True), (" ", False), ("XX-2026", True)]
