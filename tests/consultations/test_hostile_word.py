# ruff: noqa: E501 - what is wrong with each file is read across
"""A hostile or broken Word file as a draft or final text: a sentence, or read within seconds; the page stays."""

import gc
import io
import time
import zipfile

import pytest

from participation.documents import queries as documents
from participation.extensions import db
from tests.browse import words
from tests.consultations.periods import closed, opened
from tests.consultations.test_word_draft import FORM, upload, word
from tests.files.samples import DOCX_MAIN, content_types, docx, linked, locked, relationship, zipped

_TYPED = "第一条 手写的，不能丢。"
_XXE = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY a{n} '{'&a;' * 10}'>" for n in range(9)) + "]>"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SECONDS = 20
"""On a machine that others use as well; alone each takes a second or two."""


def _document(before: str, body: str) -> bytes:
    return docx(
        {"word/document.xml": f'<?xml version="1.0"?>{before}<w:document {_W}><w:body>{body}</w:body></w:document>'}
    )


def _para(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _nested(depth: int) -> bytes:
    inner = _para("深处")
    for _ in range(depth):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    return docx(body=inner)


def _bomb() -> bytes:
    return docx({"word/media/image1.png": b"\0" * (160 * 1024 * 1024)})


def _renamed_program() -> bytes:
    types = content_types(DOCX_MAIN.replace("document.main", "document.macroEnabled.main"))
    return docx({"[Content_Types].xml": types, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


REFUSED = {
    "text": lambda: b"plain text",
    "empty": lambda: b"",
    "cut off": lambda: word("第一条 好的。")[:-400],
    "an old .doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000,
    "encrypted": lambda: locked(word("第一条 好的。")),
    "macros": _renamed_program,
    "a template from outside": lambda: linked("attachedTemplate", "http://203.0.113.9/t.dotm"),
    "a picture from outside": lambda: linked("image", "file://203.0.113.9/share/x.png"),
    "a bomb": _bomb,
    "a page of the web inside": lambda: docx({"word/x.html": "<script>alert(1)</script>"}),
    "an entity of a file": lambda: _document(_XXE, _para("&x;")),
    "a billion laughs": lambda: _document(_LAUGHS, _para("&a8;")),
    "no document in it": lambda: zipped({"[Content_Types].xml": content_types(DOCX_MAIN)}),
    "no XML in it": lambda: docx({"word/document.xml": b"\xff\xfe not xml <<<"}),
    "its relations broken": lambda: docx({"word/_rels/document.xml.rels": "<Relationships"}),
    "its numbering broken": lambda: docx(
        {
            "word/numbering.xml": "<w:numbering",
            "word/_rels/document.xml.rels": relationship("numbering", "numbering.xml"),
        }
    ),
    "a part outside": lambda: docx({"../../etc/cron.d/x": "x"}),
    "more than fits": lambda: word(*["长" * 2000] * 1500),
}
EITHER = {
    "a hundred thousand paragraphs": lambda: docx(body="".join(_para(f"第{n}段") for n in range(100_000))),
    "a thousand tables in each other": lambda: _nested(1_000),
    "thirty tables in each other": lambda: _nested(30),
    "one word of a million characters": lambda: docx(body=_para("字" * 1_000_000)),
    "a table of 40,000 cells": lambda: docx(
        body="<w:tbl>" + ("<w:tr>" + "<w:tc>" + _para("格") + "</w:tc>" + "</w:tr>") * 40_000 + "</w:tbl>"
    ),
    "control characters": lambda: docx(body=_para("第一条 &#x202E;反着写&#xFFFD;的。")),
    "a script as text": lambda: docx(body=_para("第一条 &lt;script&gt;alert(1)&lt;/script&gt;")),
}


@pytest.fixture
def places(world, app, played):
    """The two pages that take a Word file: (client, page, the other fields of its form)."""
    consultation = opened(world)
    closed(consultation)
    db.session.commit()
    officer = app.test_client()
    with played("2026-12-04T10:00"):
        world.sign_in(officer, "officer")
        announced = FORM | {
            "title": "停车办法", "ends_on": "2027-01-04", "department": str(world.department["housing"]), "text": _TYPED,
        }  # fmt: skip
        yield (
            officer,
            {
                "/desk/consultations/new": announced,
                f"/desk/consultations/{consultation.id}/final": {"title": "实施办法", "text": _TYPED},
            },
        )


def _sent(officer, page: str, fields: dict[str, str], data: bytes):
    begun = time.perf_counter()
    answer = officer.submit(page, fields | {"file": upload(data, "草案.docx")})
    assert time.perf_counter() - begun < SECONDS, page
    return answer


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_sentence_and_what_was_typed_stays(places, name):
    officer, pages = places
    data = REFUSED[name]()
    for page, fields in pages.items():
        answer = _sent(officer, page, fields, data)
        assert answer.status_code == 422, (page, words(answer.text)[:300])
        assert "govuk-error-message" in answer.text
        assert _TYPED in answer.text
        assert "root:" not in answer.text
        assert officer.get(page).status_code == 200


@pytest.mark.parametrize("name", EITHER)
def test_it_is_read_or_refused_within_seconds(places, name):
    officer, pages = places
    data = EITHER[name]()
    for page, fields in pages.items():
        answer = _sent(officer, page, fields | {"text": ""}, data)
        assert answer.status_code in (303, 422), page
        assert "<script>alert(1)" not in answer.text
        if answer.status_code == 303:
            shown = officer.get(answer.location)
            assert shown.status_code == 200
            assert "<script>alert(1)" not in shown.text
        assert officer.get(page).status_code == 200


# The parser of forms leaves its half-read temporary file to the garbage collector when it refuses.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_a_file_larger_than_allowed_is_refused_before_it_is_read(places):
    officer, pages = places
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", content_types(DOCX_MAIN))
        archive.writestr("word/media/x.bin", b"\1" * (12 * 1024 * 1024))
    for page, fields in pages.items():
        answer = _sent(officer, page, fields, data.getvalue())
        assert answer.status_code in (413, 422)
        assert documents.current("consultation", 2) is None
        db.session.rollback()
    del answer
    gc.collect()
