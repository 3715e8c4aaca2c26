"""Whoever argued or assessed a decision does not evaluate it, under whatever spelling."""

import pytest

from participation.decisions.assessors import Earlier, barred, names_in, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("山东大学", "山东大学（威海）"),
        ("淄博齐信工程咨询有限公司", "齐信工程咨询公司"),
        ("王 建国", "王建国教授"),
        ("ＡＢＣ评估有限公司", "abc评估"),
        ("区住房和城乡建设局", "区住建局"),
        ("淄博市规划设计研究院", "淄博规划设计院"),
        ("李明", "李明"),
        ("淄博 齐信 工程咨询有限责任公司", "淄博齐信工程咨询有限公司"),
    ],
)
def test_the_same_under_another_spelling(one, other):
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王建国", "王建军"),
        ("张三", "张三丰"),
        ("山东理工大学", "山东财经大学"),
        ("山东大学", "山东师范大学"),
        ("周村区司法局", "周村区财政局"),
        ("淄博正大律师事务所", "淄博正和律师事务所"),
        ("", "山东大学"),
    ],
)
def test_others_are_not_taken_for_the_same(one, other):
    assert not same(one, other)
    assert not same(other, one)


def test_the_first_of_several_who_had_a_part_is_named():
    before = [Earlier("山东理工大学", "expert argument"), Earlier("王建国", "expert argument")]
    assert barred(["淄博正和律师事务所", "王建国 教授"], before) == ("王建国 教授", before[1])
    assert barred(["淄博正和律师事务所"], before) is None


def test_several_names_stand_in_lines_or_between_commas():
    assert names_in("王建国、李明\n赵敏； 陈刚，") == ["王建国", "李明", "赵敏", "陈刚"]
