"""Each component's markup, exactly, in both languages."""

import re
from datetime import date

import pytest
from flask import get_template_attribute
from flask_babel import refresh
from markupsafe import Markup

from participation.duties.strip import build
from participation.web.month import month_strip
from tests.browse import words

RECEIVED = date(2026, 11, 19)
COUNTED = [date(2026, 11, day) for day in (20, 23, 24, 25, 26)]
WEEKEND = {date(2026, 11, 21): "weekend", date(2026, 11, 22): "weekend"}


@pytest.fixture
def render(app, played):
    def rendered(name: str, *arguments: object, lang: str = "zh", **named: object) -> str:
        file, macro = name.split(".")
        with app.test_request_context(f"/?lang={lang}"), played("2026-11-23T09:00"):
            refresh()  # the language is remembered in the test's application context
            return str(get_template_attribute(f"components/{file}.html", macro)(*arguments, **named)).strip()

    return rendered


def test_a_tally_draws_as_many_strokes_as_days(render):
    assert [render("tally.tally", strokes).count('class="on"') for strokes in range(7)] == [0, 1, 2, 3, 4, 5, 5]


@pytest.mark.parametrize(
    ("days", "marks", "strokes"), [(0, 0, 0), (1, 1, 1), (5, 1, 5), (13, 3, 13), (50, 10, 50), (99, 10, 50)]
)
def test_lateness_is_counted_in_fives_and_ends_at_ten_marks(render, days, marks, strokes):
    drawn = render("tally.tallies", days)
    assert (drawn.count("<svg"), drawn.count('class="on"')) == (marks, strokes)


def test_a_tag_has_sign_word_and_shape(render):
    assert render("tag.tag", "kept", "按时") == (
        '<strong class="pp-tag pp-tag--kept"><svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<path d="M3 8.5l3.2 3.3L13 4.8" fill="none" stroke="currentColor" stroke-width="2.2"/></svg>按时</strong>'
    )


def test_a_tag_escapes_its_words(render):
    assert "<b>" not in render("tag.tag", "open", "<b>")


def test_the_day_strip_in_chinese(render):
    strip = build(RECEIVED, COUNTED, WEEKEND, today=date(2026, 11, 23))
    assert words(render("days.day_strip", strip, "工作日")) == (
        "11月 周四 19 收信 不计 11月 周五 20 第1天 11月 周末 21–22 休 2 天 11月 周一 23 今天 "
        "11月 周二 24 第3天 11月 周三 25 第4天 截止 11月 周四 26 第5天 11月21日、11月22日是周末，不计。"
    )


def test_the_day_strip_in_english(render):
    strip = build(RECEIVED, COUNTED, WEEKEND, today=date(2026, 11, 23))
    shown = words(render("days.day_strip", strip, "Workdays", lang="en"))
    assert shown.startswith(
        "November Thu 19 Sent day 0 November Fri 20 day 1 November Wknd 21–22 rest 2 days November Mon 23 today"
    )
    assert shown.endswith("due November Thu 26 day 5 The weekend 21 November to 22 November is not counted.")


@pytest.mark.parametrize(
    ("today", "answered_on", "state"),
    [
        (date(2026, 11, 23), None, "pp-days"),
        (date(2026, 11, 25), None, "pp-days pp-days--soon"),
        (date(2026, 11, 30), date(2026, 11, 24), "pp-days pp-days--kept"),
    ],
)
def test_the_state_of_a_strip_is_in_its_class(render, today, answered_on, state):
    strip = build(RECEIVED, COUNTED, WEEKEND, today=today, answered_on=answered_on)
    assert f'<div class="{state}">' in render("days.day_strip", strip, "x")


def test_a_note_of_its_own_replaces_the_words_below(render):
    strip = build(RECEIVED, COUNTED, WEEKEND, today=date(2026, 11, 23))
    assert render("days.day_strip", strip, "x", note="期限不变。").endswith(
        '<p class="pp-days__note">期限不变。</p></div>'
    )


def test_festivals_have_english_names_and_short_ones_in_the_cells(render):
    days = [date(2026, 9, 29), date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10)]
    holiday = {date(2026, 10, day): "festival:国庆节" for day in range(1, 8)}
    strip = build(date(2026, 9, 28), days, holiday, today=date(2026, 11, 23), answered_on=date(2026, 10, 9))
    assert "Hol. 1–7 rest 7 days" in words(render("days.day_strip", strip, "x", lang="en"))
    assert words(render("days.day_strip", strip, "x", lang="en")).endswith(
        "National Day, 1 October to 7 October, is not counted. Sat 10 October is a make-up workday and counts."
    )
    assert words(render("days.day_strip", strip, "x")).endswith(
        "国庆节 10月1日至10月7日不计。10月10日（周六）调休上班，算一天。"
    )


def test_the_month_strip_says_in_words_what_it_draws(render):
    month = month_strip(date(2026, 11, 2), date(2026, 12, 2), today=date(2026, 11, 23))
    drawn = render("month.month_strip", month)
    assert drawn.count("<li") == 30
    assert drawn.count('class="past"') == 20
    assert '<li class="today">23</li>' in drawn
    assert '<li class="last">2</li>' in drawn
    assert words(drawn).endswith("自然日，节假日也算，公布当天不算。今天是第 21 天，还剩 9 天。")


def test_the_equation_and_its_bar_add_up(render):
    terms = [
        ("采纳", 40, "adopted"),
        ("部分采纳", 22, "partly"),
        ("未采纳", 47, "not_adopted"),
        ("本人撤回", 0, "withdrawn"),
    ]
    assert (
        words(render("sum.equation", terms, "收到意见", 109)) == "采纳 40 部分采纳 22 未采纳 47 本人撤回 0 收到意见 109"
    )
    bar = render("sum.bar", terms, "收到 109 条")
    assert bar.count("<rect") == 3, "a term of nothing has no width to draw"
    assert 'x="56.88%" y="1" width="43.12%"' in bar
    assert render("sum.bar", [("采纳", 0, "adopted")], "没有意见") == ""


def test_a_check_says_its_state_in_words(render):
    items = [
        {"state": state, "title": title, "text": "", "law": "第 713 号"}
        for state, title in (("no", "起草说明"), ("warn", "周日"), ("ok", "三十天"), ("na", "听证"))
    ]
    assert words(render("check.check_list", items)) == (
        "还缺： 起草说明 第 713 号 请留意： 周日 第 713 号 已具备： 三十天 第 713 号 不适用： 听证 第 713 号"
    )


def test_nothing_late_is_a_whole_mark_nothing_yet_a_faint_one(render):
    assert render("void.void", "都按时", good=True).startswith('<div class="pp-void"><svg class="pp-tally "')
    faint = render("void.void", "还没有")
    assert faint.startswith('<div class="pp-void pp-void--quiet">')
    assert 'class="on"' not in faint


def test_steps_mark_the_present_one(render):
    items = [
        {"state": "done", "time": "11月19日", "text": Markup("<strong>收到</strong>"), "note": "<理由>"},
        {"state": "now", "time": "", "text": "<办理>", "note": ""},
    ]
    assert render("steps.steps", items) == (
        '<ol class="pp-steps pp-gap">\n'
        '<li><time>11月19日</time><strong>收到</strong><p class="t-small t-quiet">&lt;理由&gt;</p></li>\n'
        '<li class="now" aria-current="step">&lt;办理&gt;</li>\n</ol>'
    )


@pytest.mark.parametrize(("lang", "expected"), [("zh", "二 审议（还没开始）"), ("en", "2 审议(not begun)")])
def test_the_chain_numbers_its_steps(render, lang, expected):
    step = {
        "state": "next",
        "when": "12月",
        "lasted": "",
        "title": "审议",
        "text": "",
        "docs": [("草案", "/x")],
        "law": "第八条",
    }
    shown = render("chain.chain", [{**step, "state": "closed"}, step], lang=lang)
    assert expected in words(shown).replace(" （", "（").replace(" (", "(")
    assert '<p class="pp-docs"><a href="/x">草案</a></p><p class="pp-chain__law">第八条</p>' in shown


def test_a_letter_is_escaped_unless_it_was_cleaned(render):
    assert (
        render("letter.letter", "一\n\n<b>")
        == '<div class="pp-letter pp-gap-s" lang="zh-CN"><p>一</p><p>&lt;b&gt;</p></div>'
    )
    assert render("letter.letter", Markup("<p><b>二</b></p>"), desk=True) == (
        '<div class="pp-letter pp-letter--desk" lang="zh-CN"><p><b>二</b></p></div>'
    )


def test_the_receipt_shows_number_secret_and_seal(render):
    slip = render("slip.slip", "收讫凭条", "XX-2026-1123-017", "7KQM-4XHG")
    assert words(slip) == "编号 XX-2026-1123-017 来 信 收 讫 查询码（只显示这一次） 7KQM-4XHG"
    assert "7KQM" not in render("slip.slip", "收讫凭条", "XX-2026-1123-017")


def test_figures_and_distribution(render):
    assert render("figures.figures", [(1204, "封", "按时", "kept")]) == (
        '<dl class="pp-figures"><div class="kept"><dt>按时</dt><dd>1,204<small>封</small></dd></div></dl>'
    )
    drawn = render(
        "hist.hist", [("第 1 天", 9, 1, ""), ("第 5 天", 18, 5, "promise"), ("以后", 0, 0, "late")], "x", "用时", "封数"
    )
    assert re.findall(r'width="([\d.]+)%"', drawn) == ["50.0", "100.0", "0.0"]
    assert '<tr class="promise">' in drawn
    assert "url(#p-late)" in drawn


def test_breadcrumbs_rail_and_more(render):
    assert words(render("breadcrumbs.breadcrumbs", [("首页", "/"), ("信箱", "/mailbox")])) == "首页 信箱"
    assert render("rail.rail", ["done", "now", "todo"]) == (
        '<ol class="pp-rail" aria-hidden="true"><li class="done"></li><li class="now"></li><li></li></ol>'
    )
    assert render("pagination.more", None) == ""
    assert 'href="?p=2"' in render("pagination.more", "?p=2")
