"""Others' texts lose the person and keep the rest."""

import pytest

from participation.privacy.masking import mentions, without

MARK = "〔删〕"


@pytest.mark.parametrize(
    ("text", "names", "masked"),
    [
        ("李秀英再次来信，住建局超期。", ["李秀英"], "〔删〕再次来信，住建局超期。"),
        ("李女士来电，李科长未接。", ["李秀英"], "〔删〕来电，李科长未接。"),
        ("请回电 138-0000 1234。", ["13800001234"], "请回电 〔删〕。"),
        ("写到 LI@Example.CN。", ["li@example.cn"], "写到 〔删〕。"),
        ("欧阳先生说。", ["欧阳秀英"], "〔删〕说。"),
        ("什么都没有。", ["", "李", " "], "什么都没有。"),
    ],
)
def test_names_numbers_and_addresses_go(text, names, masked):
    assert without(text, names=names, mark=MARK) == masked


def test_what_was_quoted_goes_and_common_words_stay():
    letter = "院门口到菜市场这段路有六盏路灯，从 9 月 20 日前后开始全都不亮。"
    finding = "来信说“这段路有六盏路灯，从 9 月”，单位没有回答路灯归谁管。"
    assert without(finding, names=(), quoted=[letter], mark=MARK) == "来信说“〔删〕”，单位没有回答路灯归谁管。"


def test_neighbouring_places_are_one_mark():
    assert without("李秀英李秀英", names=["李秀英"], mark=MARK) == MARK


def test_a_name_with_signs_of_patterns_is_a_name():
    assert mentions("甲(乙)*", ["(乙)*"])
    assert not mentions("甲乙", ["(乙)*"])
