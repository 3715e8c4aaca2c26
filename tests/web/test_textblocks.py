"""Texts of an office as HTML."""

from flask import Flask

from participation.web.textblocks import legal_text


def test_lines_become_paragraphs_and_nothing_in_them_is_markup(app: Flask):
    assert legal_text("一\n\n<b>二</b>\r\n") == "<p>一</p><p>&lt;b&gt;二&lt;/b&gt;</p>"


def test_rows_become_a_table_with_its_heading_and_short_rows_are_filled(app: Flask):
    with app.test_request_context():
        html = legal_text("标准：\n| 时段 | 元 |\n| <白天> |  |\n| 夜间 | 1 | 起 |\n完")
    assert html == (
        '<p>标准：</p><div class="pp-scroll" role="group" tabindex="0" aria-label="表格"><table><thead><tr>'
        '<th scope="col">时段</th><th scope="col">元</th><th scope="col"></th></tr></thead><tbody>'
        "<tr><td>&lt;白天&gt;</td><td></td><td></td></tr><tr><td>夜间</td><td>1</td><td>起</td></tr>"
        "</tbody></table></div><p>完</p>"
    )


def test_a_line_with_a_stroke_in_it_is_no_table(app: Flask):
    assert legal_text("甲 | 乙") == "<p>甲 | 乙</p>"
