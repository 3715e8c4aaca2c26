"""Days, instants, numbers and names as people read them."""

from datetime import UTC, date, datetime

import pytest
from flask_babel import refresh

from participation.web import filters

AN_INSTANT = datetime(2026, 11, 19, 16, 8, 41, tzinfo=UTC)  # after midnight in Zhoucun


@pytest.fixture
def in_language(app, played):
    def read(lang, function, *arguments):
        with app.test_request_context(f"/?lang={lang}"), played("2026-11-23T09:00"):
            refresh()
            return str(function(*arguments))

    return read


@pytest.mark.parametrize(
    ("function", "value", "chinese", "english"),
    [
        (filters.day, date(2026, 11, 30), "11月30日", "30\u00a0November"),
        (filters.day, date(2027, 1, 5), "2027年1月5日", "5\u00a0January 2027"),
        (filters.day, AN_INSTANT, "11月20日", "20\u00a0November"),
        (filters.day, None, "", ""),
        (filters.full_day, date(2026, 11, 30), "2026年11月30日", "30\u00a0November 2026"),
        (filters.day_week, date(2026, 11, 30), "11月30日（周一）", "Mon 30\u00a0November"),
        (filters.moment, AN_INSTANT, "11月20日 00:08", "20\u00a0November 00:08"),
        (filters.exact, AN_INSTANT, "2026年11月20日 00:08:41", "20\u00a0November 2026 00:08:41"),
        (filters.clock_time, AN_INSTANT, "00:08", "00:08"),
        (filters.month_name, date(2026, 11, 1), "11月", "November"),
        (filters.numeral, 1, "一", "1"),
        (filters.numeral, 10, "十", "10"),
        (filters.numeral, 12, "十二", "12"),
        (filters.numeral, 21, "二十一", "21"),
        (filters.festival, "国庆节、中秋节", "国庆节、中秋节", "National Day, Mid-Autumn Festival"),
        (filters.festival, "新节", "新节", "新节"),
        (filters.number, 48213, "48,213", "48,213"),
    ],
)
def test_it_is_written_as_each_language_does(in_language, function, value, chinese, english):
    assert (in_language("zh", function, value), in_language("en", function, value)) == (chinese, english)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("朱伟", "朱**"), ("欧阳娜娜", "欧**"), ("𠮷田", "𠮷**"), (" 李 ", "李**"), ("", ""), ("Maria", "M**")],
)
def test_a_masked_name_keeps_one_character(name, shown):
    assert filters.mask_name(name) == shown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("一\r\n\r\n二", "<p>一</p><p>二</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("", ""),
        (None, ""),
    ],
)
def test_paragraphs_are_escaped(text, html):
    assert str(filters.paragraphs(text)) == html


@pytest.mark.parametrize(
    ("address", "changed"),
    [
        ("/letters", "?lang=en"),
        ("/letters?topic=a&topic=b&lang=zh", "?topic=a&topic=b&lang=en"),
        ("/letters?q=%E4%BE%9B%E7%83%AD%26x", "?q=%E4%BE%9B%E7%83%AD%26x&lang=en"),
        ("/letters?endpoint=x&_scheme=javascript&_external=1", "?endpoint=x&_scheme=javascript&_external=1&lang=en"),
        ("//elsewhere.example/x?size=large", "?size=large&lang=en"),
    ],
)
def test_another_language_keeps_address_and_query(app, address, changed):
    with app.test_request_context(address):
        assert filters.here(lang="en") == changed
