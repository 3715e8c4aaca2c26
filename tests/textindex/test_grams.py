"""What is kept of a text, and what a word is looked up as."""

import pytest

from participation.textindex.grams import GAP, LONGEST, distinct, grams, parts, phrase


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("集中供热", ["集中", "中供", "供热", "热"]),
        ("供热，停了", ["供热", "热", "停了", "了"]),
        ("供热\n停了", ["供热", "热", "停了", "了"]),
        ("灯", ["灯"]),
        ("", []),
        ("，。！%_*\"'", []),
        ("XX-20261116-0001", ["xx", "20261116", "0001"]),
        ("ＸＸ－２０２６", ["xx", "2026"]),
        ("6 盏路灯", ["6", "盏路", "路灯", "灯"]),
        ("6盏路灯", ["6", "盏路", "路灯", "灯"]),
        ("供\u200b热\ufeff", ["供热", "热"]),
        ("楼，A座", ["楼", GAP, "a", "座"]),
        ("Straße", ["strasse"]),
        ("㎡", ["m2"]),
        ("人民々", ["人民", "民々", "々"]),
        ("𮯰村", ["𮯰村", "村"]),
        ("停\ud800车", ["停", "车"]),
        ("供热 OR 1=1", ["供热", "热", "or", "1", GAP, "1"]),
    ],
)
def test_grams_of_a_text(text, kept):
    assert grams(text) == kept


@pytest.mark.parametrize(
    ("word", "looked"),
    [
        ("供热", ["供热"]),
        ("集中供热", ["集中", "中供", "供热"]),
        ("热", ["热*"]),
        ("2026", ["2026*"]),
        ("xx-2026", ["xx", "2026*"]),
        ("A座", ["a", "座*"]),
        ("一号楼A座", ["一号", "号楼", "楼", "a", "座*"]),
        ("，", []),
        ("", []),
        ("。供热。", ["供热"]),
    ],
)
def test_the_phrase_of_a_word(word, looked):
    assert phrase(word) == looked


def test_a_phrase_stands_in_the_grams_of_a_text_that_holds_the_word():
    text = grams("永安街 23 号院A座门口（靠近人民路）的6盏路灯，从2026年9月起不亮。")
    for word in ("路灯", "6盏路灯", "23 号院", "号院A座", "人民路", "2026年9月"):
        found = phrase(word)
        assert any(stands_at(found, text[place:]) for place in range(len(text))), word


def stands_at(found, rest):
    *whole, last = found
    head, next_one = rest[: len(whole)], "".join(rest[len(whole) : len(whole) + 1])
    return head == whole and (next_one.startswith(last[:-1]) if last.endswith("*") else next_one == last)


def test_a_long_word_of_letters_is_cut_into_several_grams():
    assert [len(gram) for gram in grams("a" * 100)] == [LONGEST, LONGEST, 20]


def test_what_a_text_is_about_is_each_pair_once_without_single_characters():
    assert distinct("路灯，路灯不亮 6") == ["路灯", "灯不", "不亮"]


def test_a_word_at_the_seam_of_two_parts_is_whole_in_one():
    found = [str(number) for number in range(100)]
    pieces = parts(found, size=40, overlap=10)
    assert max(len(piece) for piece in pieces) == 40
    for start in range(91):
        wanted = found[start : start + 10]
        assert any(list(piece)[at : at + 10] == wanted for piece in pieces for at in range(len(piece)))


def test_a_short_text_is_one_part_and_so_is_an_empty_one():
    assert parts(["a"], size=40, overlap=10) == [["a"]]
    assert parts([], size=40, overlap=10) == [[]]
