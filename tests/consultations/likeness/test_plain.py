"""Disguises that make no difference."""

import pytest

from participation.consultations.likeness.plain import plain, reordered


@pytest.mark.parametrize(
    "disguised",
    [
        "坚决反对ＡＢＣ方案",  # full-width letters
        "坚\u200b决\u2060反\ufeff对abc方案",  # zero-width characters
        "坚决反对АВС方案",  # Cyrillic letters
        " 坚决反对！ abc，方案。",
        "坚决反对Abc\n方案",
    ],
)
def test_a_disguised_text_is_the_same_plain_text(disguised: str):
    assert plain(disguised) == plain("坚决反对ABC方案") == "坚决反对abc方案"


def test_another_order_of_the_sentences_makes_no_difference():
    assert reordered("先公布学位。再谈划片！") == reordered("再谈划片。\n先公布学位。")
    assert reordered("先公布学位。") != reordered("先公布班额。")
