"""For any text: offsets are the original's own, covering leaves nothing, a canary never survives."""

import re
import string
import unicodedata
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation.redaction import KINDS, Decision, cover, detect, leftovers
from participation.redaction.folded import NUMERALS, digits_of, fold

CANARY = "13987654321"
PIECES = st.sampled_from(
    [
        "我叫陈秀英，",
        "住东风小区",
        "5号楼2单元301",
        "电话",
        "一三八零零零零一二三四",
        "１３８００００１２３４",
        "邮箱cxy＠example.cn",
        "鲁C·12345",
        "老孙的",
        "6222021234567890128",
        "11010519491231002X",
        "微信号abc_12345",
        "㈠",
        "ﬁ",
        "①",
        "\u200b",
        "\n",
        "，",
        " ",
        "路灯不亮",
        "0533-6180000",
        "女士",
        "李",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=12).map("".join)
EASY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@EASY
@given(TEXTS)
def test_offsets_are_always_in_the_original(text):
    hits = detect("text", text, writer="李秀英")
    assert all(text[hit.start : hit.end] == hit.text and hit.text and hit.kind in KINDS for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))


@EASY
@given(TEXTS, st.booleans())
def test_covering_leaves_no_hit(text, decided):
    hits = detect("text", text, writer="李秀英")
    decisions = {(hit.field, hit.start, hit.end): Decision() for hit in hits} if decided else {}
    assert leftovers("text", cover(text, hits, decisions), writer="李秀英") == []


def dressed(draw) -> str:
    """The canary with each digit in some script and up to three signs between two digits."""
    written = []
    for digit in CANARY:
        wide = chr(ord(digit) + 0xFEE0)
        numerals = [sign for sign, value in NUMERALS.items() if value == digit]
        circled = unicodedata.lookup(f"CIRCLED DIGIT {unicodedata.name(digit).split()[-1]}")
        written.append(draw(st.sampled_from([digit, wide, circled, *numerals])))
        written.append(
            draw(st.sampled_from(["", "", "", " ", "-", "－", "·", "　", " - ", "\u200b", "。", "\n", "）"]))
        )
    return "".join(written[:-1])


@EASY
@given(
    st.data(),
    st.text(alphabet="路灯不亮的，。 我你电话abc", max_size=10),
    st.text(alphabet="谢谢，。 xyz\n", max_size=10),
)
def test_a_canary_never_survives(data, before, after):
    text = before + dressed(data.draw) + after
    copy = cover(text, detect("text", text), {})
    assert CANARY not in digits_of(fold(copy).signs)
    assert not re.search(r"\d{7}", re.sub(f"[{string.punctuation}\\s]", "", fold(copy).signs))


@EASY
@given(TEXTS)
def test_folding_keeps_places_in_order(text):
    folded = fold(text)
    assert list(folded.places) == sorted(folded.places)
    assert len(folded.signs) == len(folded.places)
