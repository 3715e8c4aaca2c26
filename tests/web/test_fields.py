"""Form fields: what people type, what is understood, what is said when it is not."""

import re
from datetime import date

import pytest
from flask import render_template_string
from flask_babel import refresh
from wtforms import BooleanField, RadioField, SelectChoice, SelectMultipleField, TextAreaField

from participation.web.fields import AtMost, FilesField, LocalDateField, PlainStringField, Readable, Wanted, parse_day
from participation.web.forms import Form
from tests.browse import words


class Letter(Form):
    title = PlainStringField("标题", [Wanted("给信写一个标题"), AtMost(5)])
    text = TextAreaField("您想说的", [Readable(), AtMost(20)])
    kind = RadioField(
        "类型",
        [Wanted("选一个类型")],
        choices=[SelectChoice("ask", "咨询"), SelectChoice("help", "求助")],
        render_kw={"hints": {"ask": "想问清楚"}},
    )
    day = LocalDateField("哪一天")
    files = FilesField("照片")
    topics = SelectMultipleField("主题", choices=[SelectChoice("heat", "供热"), SelectChoice("water", "供水")])
    agreed = BooleanField("同意")


GOOD = {"title": "路灯", "text": "不亮", "kind": "ask", "day": "2026-12-02"}
PAGE = """{% from "components/form.html" import error_summary, field, choice %}{{ error_summary(form) }}
{% for one in form %}{{ field(one, hint=hints.get(one.name, "")) }}{% endfor %}{{ choice(form.topics, row=true) }}"""


@pytest.fixture
def sent(app):
    """The form as it stands after sending, and its page."""

    def send(lang="zh", hints=None, **changes):
        data = {name: text for name, text in (GOOD | changes).items() if text is not None}
        with app.test_request_context(f"/?lang={lang}", method="POST", data=data):
            refresh()
            form = Letter(meta={"csrf": False})
            form.validate()
            return form, render_template_string(PAGE, form=form, hints=hints or {})

    return send


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-02",
        "2026/12/2",
        "2026.12.2",
        "2026年12月2日",
        "２０２６年１２月２日",
        " 2026 年 12 月 2 日 ",
        "２０２６－１２－０２",
    ],
)
def test_a_day_is_read_however_it_is_written(text):
    assert parse_day(text) == date(2026, 12, 2)


@pytest.mark.parametrize("text", ["", "12月2日", "2026-02-30", "2026-13-01", "明天", "2026-12-02 10:00", "0000-01-01"])
def test_what_is_no_day_is_not_guessed(text):
    assert parse_day(text) is None


def test_a_good_form_passes_with_plain_values(sent):
    form, page = sent(title=" Ａ１２ ")
    assert form.errors == {}
    assert (form.title.data, form.day.data) == ("A12", date(2026, 12, 2))
    assert "govuk-error" not in page


def test_a_day_that_cannot_be_read_stays_in_its_field(sent):
    form, page = sent(day="后天")
    assert form.wrong == [("day", "请这样写日期：2026-12-02。")]
    assert 'value="后天"' in page


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"title": ""}, [("title", "给信写一个标题")]),
        ({"title": "\u3000 "}, [("title", "给信写一个标题")]),
        ({"title": "永安街二十三号"}, [("title", "太长了，请缩短到 5 字以内。")]),
        ({"kind": None}, [("kind", "选一个类型")]),
        ({"text": "一" * 21}, [("text", "太长了，请缩短到 20 字以内。")]),
        ({"text": "一\r\n" * 10}, []),
        ({"text": "𠮷" * 20}, []),
        ({"text": "\x00"}, [("text", "内容里有无法保存的特殊字符，请删掉。")]),
        ({"title": "", "kind": None}, [("title", "给信写一个标题"), ("kind", "选一个类型")]),
    ],
)
def test_each_mistake_has_one_sentence_in_the_order_of_the_form(sent, changes, wrong):
    assert sent(**changes)[0].wrong == wrong


def test_a_made_up_choice_is_refused(sent):
    form, _page = sent(kind="other")
    assert [name for name, _sentence in form.wrong] == ["kind"]


def test_the_summary_leads_to_the_fields(sent):
    _form, page = sent(title="", kind=None)
    assert words(page).startswith("还差 2 处，改好就能提交 您写的内容都还在。 给信写一个标题 选一个类型")
    for target in re.findall(r'<a href="#([^"]+)"', page):
        assert page.count(f'id="{target}"') == 1
    _form, page = sent("en", title="")
    assert words(page).startswith("One thing to mend, then it can be sent What you wrote is still here.")


def test_hint_and_error_are_tied_to_the_field(sent):
    _form, page = sent(title="", hints={"title": "一句话"})
    tag = re.search(r'<input [^>]*id="title"[^>]*>', page)
    assert tag is not None
    assert 'aria-describedby="title-hint title-error"' in tag[0]
    assert 'aria-invalid="true"' in tag[0]
    assert '<div class="govuk-hint" id="title-hint">一句话</div>' in page
    assert '<p class="govuk-error-message" id="title-error"><span class="sr">错误：</span> 给信写一个标题</p>' in page


def test_a_long_text_says_its_limit(sent):
    _form, page = sent()
    assert 'aria-describedby="text-count"' in page
    assert (
        '<p class="t-small t-quiet pp-gap-s" id="text-count" data-count-for="text" data-count-limit="20">最多 20 字</p>'
        in page
    )


def test_choices_keep_their_consequence_and_their_mark(sent):
    _form, page = sent(kind="help")
    assert re.search(r'<input [^>]*value="help" checked>', page)
    assert "想问清楚" in page
    assert '<fieldset class="pp-choice pp-choice--row"><legend>主题</legend>' in page


def test_what_was_typed_is_escaped(sent):
    _form, page = sent(title='"><script>', text="</textarea><script>", kind="<b>")
    assert "<script>" not in page
    assert "<b>" not in page


def test_a_rules_refusal_stands_at_its_field_or_above_the_form(app):
    with app.test_request_context("/", method="POST", data=GOOD):
        form = Letter(meta={"csrf": False})
        form.validate()
        form.refuse("title", "已经有这个标题")
        form.refuse("nowhere", "今天不能寄")
        assert form.wrong == [("title", "已经有这个标题")]
        assert list(form.form_errors) == ["今天不能寄"]


def test_the_sentences_of_the_library_are_read_once_a_language(app):
    with app.test_request_context():
        form = Letter()
        chinese = form.meta.get_translations(form)
        assert chinese.gettext("This field is required.") == "该字段是必填字段。"
        assert form.meta.get_translations(form) is chinese
    with app.test_request_context():
        form = Letter()
        assert form.meta.get_translations(form) is chinese
    with app.test_request_context("/?lang=en"):
        refresh()
        form = Letter()
        assert form.meta.get_translations(form).gettext("This field is required.") == "This field is required."
