"""A list of letters says what was answered, not how the answer greets."""

import pytest

from participation.mailbox.gist import gist


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("您好，来信收悉。\n路灯 11月9日修好。", "路灯 11月9日修好。"),
        ("您好：\n路灯已经修好。", "路灯已经修好。"),
        ("尊敬的市民：您的来信已收到。路灯已经修好。", "路灯已经修好。"),
        ("好的做法会推广。", "好的做法会推广。"),
        ("您反映的路灯已经修好。", "您反映的路灯已经修好。"),
        ("", ""),
    ],
)
def test_a_greeting_is_left_out(answer: str, line: str) -> None:
    assert gist(answer) == line


def test_a_long_answer_ends_with_a_sentence_or_an_ellipsis() -> None:
    first = "路灯已经修好，共更换电缆八十六米、灯六盏。"
    assert gist(first + "以后每月巡查一次，" * 10) == first
    cut = gist("一" * 80)
    assert len(cut) == 46
    assert cut.endswith("…")
