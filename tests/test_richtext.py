"""What the sanitiser lets through, exactly, and that nothing else ever does."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.richtext import clean
from tests.xss import ATTACKS

BARE = ["p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote", "table", "thead", "tbody", "tr"]
ALLOWED: dict[str, set[str]] = {name: set() for name in BARE} | {
    "a": {"href", "rel"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
SCHEMES = ("http:", "https:", "mailto:", "tel:")


class Inspector(HTMLParser):
    """Everything in a text that is more than words and the allowed tags, as a list."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ALLOWED.get(tag, set()):
                self.found.append(f"{tag}[{name}]")
            if name == "rel" and value != "noopener noreferrer nofollow":
                self.found.append(f"rel={value}")
            if name == "href":
                self._link(value or "")

    def _link(self, value: str) -> None:
        # As the URL standard reads it: control signs in front and tabs and line breaks anywhere do not count.
        bare = re.sub(r"[\t\n\r]", "", value.lstrip("".join(map(chr, range(33))))).lower()
        if re.match(r"[a-z][a-z0-9+.-]*:", bare) and not bare.startswith(SCHEMES):
            self.found.append(f"href={value}")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.found.append(f"<![{data}]>")


def test_the_corpus_has_at_least_150_different_attacks():
    assert len(set(ATTACKS)) == len(ATTACKS)
    assert len(ATTACKS) >= 150


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_outside_the_allow_list_survives(attack):
    assert Inspector(clean(attack)).found == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_cleaning_twice_is_cleaning_once(attack):
    once = clean(attack)
    assert clean(once) == once


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_inside_an_allowed_paragraph_fares_no_better(attack):
    assert Inspector(clean(f"<blockquote><p>前{attack}后</p></blockquote>")).found == []


@pytest.mark.parametrize(
    "planted",
    ["<img src=x onerror=alert(1)>", '<a href="javascript:alert(1)">x</a>', "<!--x-->", '<p style="x">', "<svg>"],
)
def test_the_inspector_sees_a_planted_attack(planted):
    assert len(Inspector(planted).found) >= 1


SCRAPS = """<p> </p> <a•href=' javascript: '> " <svg> </svg> <math> <style> </style> <table> <td> <!-- -->
<noscript> <title> </title> &lt; &#x3c; <![CDATA[ ]]> <img•src=x•onerror=alert(1)> <template> 字 <mtext>
<script> </script> • <br/ >"""
PIECES = st.sampled_from([scrap.replace("•", " ") for scrap in SCRAPS.split()])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=20))
def test_no_mixture_of_pieces_gets_through(pieces):
    once = clean("".join(pieces))
    assert Inspector(once).found == []
    assert clean(once) == once


TABLE = (
    '<table><thead><tr><th scope="col">项</th></tr></thead>'
    '<tbody><tr><td colspan="2" rowspan="3">值</td></tr></tbody></table>'
)
KEPT = [
    ("<p>段落</p>", "<p>段落</p>"),
    ("一行文字", "一行文字"),
    ("第一行<br>第二行", "第一行<br>第二行"),
    ("<p><strong>重点</strong>和<em>强调</em></p>", "<p><strong>重点</strong>和<em>强调</em></p>"),
    ("<h3>标题</h3><h4>小标题</h4>", "<h3>标题</h3><h4>小标题</h4>"),
    ("<ul><li>一</li><li>二</li></ul>", "<ul><li>一</li><li>二</li></ul>"),
    ("<ol><li>一<li>二</ol>", "<ol><li>一</li><li>二</li></ol>"),
    ("<blockquote><p>引文</p></blockquote>", "<blockquote><p>引文</p></blockquote>"),
    (TABLE, TABLE),
    (
        '<a href="https://www.zhoucun.gov.cn/a?b=1&amp;c=2">网站</a>',
        '<a href="https://www.zhoucun.gov.cn/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">网站</a>',
    ),
    ('<a href="/letters/5">来信</a>', '<a href="/letters/5" rel="noopener noreferrer nofollow">来信</a>'),
    (
        '<a href="mailto:a@example.com">邮件</a>',
        '<a href="mailto:a@example.com" rel="noopener noreferrer nofollow">邮件</a>',
    ),
    ('<a href="tel:0533-6199000">电话</a>', '<a href="tel:0533-6199000" rel="noopener noreferrer nofollow">电话</a>'),
    ('<a href="/x" target="_blank" onclick="a()">链</a>', '<a href="/x" rel="noopener noreferrer nofollow">链</a>'),
    ('<a href="javascript:alert(1)">链</a>', '<a rel="noopener noreferrer nofollow">链</a>'),
    ("<p class=x style=color:red>红</p>", "<p>红</p>"),
    ("<div><b>粗</b><h1>大</h1></div>", "粗大"),
    ("价格 < 5 元 & 面积 > 3", "价格 &lt; 5 元 &amp; 面积 &gt; 3"),
    ("<p>&lt;script&gt;</p>", "<p>&lt;script&gt;</p>"),
    ("<script>alert(1)</script>后文", "后文"),
    ("<style>p{}</style>后文", "后文"),
    ("<!-- 注释 -->后文", "后文"),
    ("“引号”和'单引号'", "“引号”和'单引号'"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "shown"), KEPT)
def test_what_an_office_writes_comes_out_exactly(written, shown):
    assert clean(written) == shown


@pytest.mark.parametrize("piece", ["<blockquote>", "<p>", "<a ", "<", "<!--", "<em><p>", "<table>", "<ul><li>"])
def test_deep_or_broken_nesting_ends_in_time_and_in_no_error(piece):
    assert Inspector(clean(piece * 2000)).found == []
