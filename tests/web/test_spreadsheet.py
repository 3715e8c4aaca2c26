"""No cell of a download becomes a formula in a spreadsheet program."""

import pytest

from participation.web.spreadsheet import neutral


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1", "\u3000=1"])
def test_a_text_that_begins_like_a_formula_is_marked_as_text(text):
    assert neutral(text) == "'" + text


@pytest.mark.parametrize(
    ("value", "cell"), [("2026-11-23", "2026-11-23"), (5, "5"), (-5, "-5"), (None, ""), ("甲=乙", "甲=乙")]
)
def test_everything_else_stays_as_it_is(value, cell):
    assert neutral(value) == cell
