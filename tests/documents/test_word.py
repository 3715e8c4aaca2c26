"""Word files as offices write them, read as text with their numbers."""

import io
from collections.abc import Sequence

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from participation.documents.rules import parse
from participation.documents.word import read_word
from participation.documents.word.numerals import chinese, written
from participation.errors import Refused

W = nsdecls("w")


def _saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _numbered(document, levels: Sequence[tuple[str, str]]) -> None:
    """A list of its own, number 77: each level is (format, text)."""
    numbering = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{inner}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def _item(document, text: str, depth: int = 0) -> None:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>')
    )


def test_clauses_that_word_numbers_keep_their_numbers():
    document = docx.Document()
    _numbered(document, [("japaneseCounting", "第%1条"), ("japaneseCounting", "（%2）")])
    document.add_paragraph("周村区机动车停车管理办法", style="Title")
    for text, depth in (
        ("为了规范停车，制定本办法。", 0),
        ("泊位分为：", 0),
        ("路内泊位；", 1),
        ("路外泊位。", 1),
        ("施行。", 0),
    ):
        _item(document, text, depth)
    read = read_word(_saved(document))
    assert read.title == "周村区机动车停车管理办法"
    assert read.text.split("\n") == [
        "第一条\u3000为了规范停车，制定本办法。",
        "第二条\u3000泊位分为：",
        "（一）路内泊位；",
        "（二）路外泊位。",
        "第三条\u3000施行。",
    ]
    assert [clause.label for clause in parse(read.text).clauses] == ["第一条", "第二条", "第三条"]


def test_clauses_that_were_typed_stay_as_they_are():
    document = docx.Document()
    document.add_paragraph("第一章 总则")
    document.add_paragraph("第一条 为了规范停车，制定本办法。")
    read = read_word(_saved(document))
    assert (read.title, read.text) == ("", "第一章 总则\n第一条 为了规范停车，制定本办法。")


def test_a_list_started_again_by_word_starts_again():
    document = docx.Document()
    _numbered(document, [("decimal", "%1.")])
    document.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {W} w:numId="78"><w:abstractNumId w:val="77"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    _item(document, "甲")
    _item(document, "乙")
    paragraph = document.add_paragraph("丙")
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="78"/></w:numPr>'))
    assert read_word(_saved(document)).text == "1. 甲\n2. 乙\n1. 丙"


def test_a_table_becomes_rows_that_stay_a_table():
    document = docx.Document()
    document.add_paragraph("第一条 收费标准如下：")
    table = document.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("时段", "每小时"), ("白天", "3 元|起")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    assert read_word(_saved(document)).text == "第一条 收费标准如下：\n| 时段 | 每小时 |\n| 白天 | 3 元｜起 |"


def test_tracked_changes_read_as_if_accepted_and_are_counted():
    document = docx.Document()
    paragraph = document.add_paragraph("第一条 每")
    paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>三</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>两</w:t></w:r></w:ins>"))
    paragraph.add_run("年评估一次。")
    read = read_word(_saved(document))
    assert (read.text, read.revisions) == ("第一条 每两年评估一次。", 2)


def test_a_picture_is_left_out_and_counted():
    document = docx.Document()
    paragraph = document.add_paragraph("第一条 位置见图。")
    paragraph.runs[0]._r.append(parse_xml(f"<w:drawing {W}/>"))
    assert (read_word(_saved(document)).text, read_word(_saved(document)).pictures) == ("第一条 位置见图。", 1)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no document", b"%PDF-1.7"])
def test_what_is_no_word_document_is_refused_with_a_sentence(data: bytes):
    with pytest.raises(Refused, match="cannot be read as a Word document") as refused:
        read_word(data)
    assert refused.value.field == "file"


def test_an_empty_document_is_refused_with_a_sentence():
    with pytest.raises(Refused, match="holds no text"):
        read_word(_saved(docx.Document()))


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"), (105, "一百零五"),
     (110, "一百一十"), (1001, "一千零一"), (10000, "10000")],
)  # fmt: skip
def test_a_number_is_written_as_clauses_are_numbered(number: int, words: str):
    assert chinese(number) == words


@pytest.mark.parametrize(
    ("format", "words"),
    [("lowerLetter", "bb"), ("upperRoman", "XXVIII"), ("ideographDigital", "二八"), ("unheard of", "28"), ("none", "")],
)
def test_other_ways_of_counting(format: str, words: str):
    assert written(28, format) == words


def test_the_style_of_a_paragraph_may_number_it():
    document = docx.Document()
    _numbered(document, [("chineseCounting", "第%1条")])
    style = document.styles.add_style("条", 1)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="77"/></w:numPr>'))
    child = document.styles.add_style("条二", 1)
    child.element.append(parse_xml(f'<w:basedOn {W} w:val="{style.style_id}"/>'))
    document.add_paragraph("甲。", style="条")
    document.add_paragraph("乙。", style="条二")
    assert document.paragraphs[0]._p.find(qn("w:pPr")) is not None
    assert read_word(_saved(document)).text == "第一条\u3000甲。\n第二条\u3000乙。"
