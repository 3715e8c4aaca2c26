"""The check of an interpretation: what only repeats the document is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.decisions import substance
from tests.decisions.aftermath import DECISION_TEXT, EXPLAINED, HEADINGS, SAID


def keys(text: str, form: str = "qa", **said: str) -> list[str]:
    return [one.key for one in substance.findings(text, DECISION_TEXT, form=form, **(SAID | said))]


def test_an_explanation_in_other_words_passes():
    assert keys(EXPLAINED) == []


@pytest.mark.parametrize(
    "text", [HEADINGS, DECISION_TEXT, "", "  \n", "一、为什么制定\n二、主要内容\n三、施行日期\n" * 20]
)
def test_headings_and_clauses_are_no_interpretation(text):
    assert keys(text) == ["too_little"]


def test_a_long_copy_with_a_little_beside_it_only_repeats():
    own = EXPLAINED + "\n"
    assert keys(own + DECISION_TEXT * 6) == ["repeats"]


def test_other_numbering_and_marks_are_still_the_same_clause():
    copied = DECISION_TEXT.replace("第", "（").replace("条 ", "）").replace("，", "、").replace("。", "；")
    assert substance.measured(copied, DECISION_TEXT).own < 40


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"changes": "见正文"}, "changes"),
        ({"changes": "首三十分钟免费，此后每小时二元，单日最高十元"}, "changes"),
        ({"for_whom": "大家"}, "for_whom"),
        ({"from_when": "以后再说吧"}, "from_when"),
    ],
)
def test_it_says_what_changes_for_whom_and_from_when(said, found):
    assert keys(EXPLAINED, **said) == [found]


def test_pictures_need_fewer_words_than_texts():
    short = EXPLAINED[:125]
    assert keys(short, form="picture") == []
    assert keys(short, form="text") == ["too_little"]


def test_a_finding_is_a_refusal_with_its_rule():
    refused = substance.findings("", "", form="text", **SAID)[0].refused()
    assert (refused.code, refused.field, refused.basis) == ("invalid", "paper_id", substance.RULE)
    assert refused.args_ == {"own": 0, "least": 200}


@given(st.text(max_size=300), st.text(max_size=300))
def test_what_is_its_own_is_never_more_than_everything(text, document):
    much = substance.measured(text, document)
    assert 0 <= much.own <= much.signs
    assert 0 <= much.repeated <= 1
