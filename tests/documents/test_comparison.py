"""Two versions of a text, clause by clause."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from participation.documents.comparison import Pair, Piece, compare, pieces
from participation.documents.rules import parse

DRAFT = """第一条 为了规范停车，制定本办法。
第二条 泊位规划应当每三年评估一次，评估结果向社会公布。
第三条 学校周边停车由学校与交警协商。
第四条 本办法由区综合行政执法局负责解释。"""


@dataclass(frozen=True)
class C:
    label: str
    text: str


def _kinds(old: str, new: str) -> list[tuple[str, str, str]]:
    return [
        (pair.kind, pair.old.label if pair.old else "", pair.new.label if pair.new else "")
        for pair in compare(parse(old).clauses, parse(new).clauses)
    ]


def test_a_text_compared_with_itself_has_no_change():
    assert _kinds(DRAFT, DRAFT) == [("same", label, label) for label in ("第一条", "第二条", "第三条", "第四条")]


def test_a_changed_clause_says_piece_by_piece_what_went_and_what_came():
    new = DRAFT.replace("每三年", "每两年").replace("公布。\n第三", "公布，居民可以书面申请增设泊位。\n第三")
    found = compare(parse(DRAFT).clauses, parse(new).clauses)
    assert [pair.kind for pair in found] == ["same", "changed", "same", "same"]
    assert found[1].pieces == (
        Piece("same", "泊位规划应当每"),
        Piece("del", "三"),
        Piece("ins", "两"),
        Piece("same", "年评估一次，评估结果向社会公布"),
        Piece("ins", "，居民可以书面申请增设泊位"),
        Piece("same", "。"),
    )
    assert not found[1].mostly_new


def test_a_clause_put_in_between_does_not_change_the_ones_after_it():
    new = """第一条 为了规范停车，制定本办法。
第二条 残疾人专用泊位不得占用。
第三条 泊位规划应当每三年评估一次，评估结果向社会公布。
第四条 学校周边停车由学校与交警协商。
第五条 本办法由区综合行政执法局负责解释。"""
    assert _kinds(DRAFT, new) == [
        ("same", "第一条", "第一条"),
        ("added", "", "第二条"),
        ("same", "第二条", "第三条"),
        ("same", "第三条", "第四条"),
        ("same", "第四条", "第五条"),
    ]
    moved = compare(parse(DRAFT).clauses, parse(new).clauses)
    assert [pair.renumbered for pair in moved] == [False, False, True, True, True]


def test_a_clause_that_was_struck_is_named():
    new = DRAFT.replace("第三条 学校周边停车由学校与交警协商。\n", "").replace("第四条", "第三条")
    assert _kinds(DRAFT, new) == [
        ("same", "第一条", "第一条"),
        ("same", "第二条", "第二条"),
        ("removed", "第三条", ""),
        ("same", "第四条", "第三条"),
    ]


def test_a_clause_written_anew_is_shown_side_by_side():
    new = DRAFT.replace(
        "学校周边停车由学校与交警协商。",
        "学校、医院门口两百米内划定限时二十分钟的免费停车泊位，位置由交警确定，并设标志。",
    )
    changed = compare(parse(DRAFT).clauses, parse(new).clauses)[2]
    assert (changed.kind, changed.mostly_new) == ("changed", True)


def test_a_single_character_between_two_edits_goes_with_them():
    assert pieces("补助十五万元", "补助二十万元") == (
        Piece("same", "补助"), Piece("del", "十五"), Piece("ins", "二十"), Piece("same", "万元"),
    )  # fmt: skip


def test_another_line_break_or_space_is_no_change():
    assert _kinds(DRAFT, DRAFT.replace("评估一次，", "评估一次，\n").replace("为了规范", "为了 规范"))[1][0] == "same"


def test_a_text_of_two_hundred_clauses_all_rewritten_is_compared():
    old = [C(f"第{n}条", f"甲方应当在第{n}日内完成第{n * 7}项工作并且报告结果。") for n in range(200)]
    new = [C(f"第{n}条", f"甲方应当在第{n}日内完成第{n * 7}项工作，并且公开报告结果。") for n in range(200)]
    assert [pair.kind for pair in compare(old, new)] == ["changed"] * 200


CLAUSES = st.lists(
    st.builds(C, st.sampled_from(["第一条", "第二条"]), st.text("停车泊位收费公布年月日，。", max_size=30)), max_size=8
)


@given(CLAUSES, CLAUSES)
def test_every_clause_of_both_texts_stands_once_and_in_its_order(old: list[C], new: list[C]):
    found: list[Pair[C]] = compare(old, new)
    assert [pair.old for pair in found if pair.old is not None] == old
    assert [pair.new for pair in found if pair.new is not None] == new


@given(st.text("停车泊位收费公布，。", max_size=60), st.text("停车泊位收费公布，。", max_size=60))
def test_the_pieces_put_together_are_both_texts(old: str, new: str):
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.op != "ins") == old
    assert "".join(piece.text for piece in found if piece.op != "del") == new
