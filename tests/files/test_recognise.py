"""What is taken as an attachment, and what is refused with which sentence."""

import contextlib
import random
import zipfile
import zlib

import pytest

from participation.errors import Refused
from participation.files import unfit
from participation.files.recognise import recognise
from participation.files.rules import MAX_BYTES, FileKind
from tests.files import samples as s

NOT_ITS_NAME = "The content of “%(name)s” is not what its name says. Save it again in the right format."
NOT_A_KIND = "“%(name)s” cannot be taken. Attach PDF, Word (docx), Excel (xlsx), JPEG or PNG files."
OTHER_WORKBOOK = s.relationship("externalLinkPath", "file:///x", external=True)
SPLIT = "<w:r><w:instrText>DD</w:instrText></w:r><w:r><w:instrText>E cmd</w:instrText></w:r>"
OBJECTS = b"/Type /ObjStm /Filter /FlateDecode"

SOUND = [
    ("通知.pdf", s.pdf(), FileKind.PDF),
    ("通知.PDF", s.pdf(), FileKind.PDF),
    ("图像流.pdf", s.pdf(s.pdf_stream(b"/Length 9 /Subtype /Image", b"\x00/JS\x00/JavaScript")), FileKind.PDF),
    (
        "对象流.pdf",
        s.pdf(s.pdf_stream(OBJECTS, zlib.compress(b"<< /Type /Page >>"))),
        FileKind.PDF,
    ),
    ("说明.docx", s.docx(), FileKind.DOCX),
    ("页码.docx", s.docx(body="<w:r><w:instrText> PAGE \\* ADDED </w:instrText></w:r>"), FileKind.DOCX),
    (
        "链接.docx",
        s.docx(
            {"word/_rels/document.xml.rels": s.relationship("hyperlink", "https://www.zhoucun.gov.cn/", external=True)}
        ),
        FileKind.DOCX,
    ),
    ("表格.xlsx", s.xlsx(), FileKind.XLSX),
    ("图表.docx", s.docx({"word/embeddings/Microsoft_Excel_Sheet.xlsx": s.xlsx()}), FileKind.DOCX),
    ("现场.jpg", s.picture("JPEG"), FileKind.JPEG),
    ("现场.jpeg", s.picture("JPEG", (900, 700)), FileKind.JPEG),
    ("截图.png", s.picture("PNG"), FileKind.PNG),
]

HOSTILE = [
    # names
    ("脚本.exe", b"MZ", NOT_A_KIND),
    ("页面.html", b"<html>", NOT_A_KIND),
    ("图.svg", b"<svg onload=alert(1)>", NOT_A_KIND),
    ("旧文档.doc", b"\xd0\xcf\x11\xe0", NOT_A_KIND),
    ("宏.docm", s.docx(), NOT_A_KIND),
    ("没有扩展名", s.pdf(), NOT_A_KIND),
    ("通知.pdf.exe", s.pdf(), NOT_A_KIND),
    ("pdf", s.pdf(), NOT_A_KIND),
    # name and content disagree
    ("图.png", s.picture("JPEG"), NOT_ITS_NAME),
    ("图.jpg", s.picture("PNG"), NOT_ITS_NAME),
    ("图.jpg", s.picture("GIF"), NOT_ITS_NAME),
    ("页面.pdf", b"<html><script>alert(1)</script>", NOT_ITS_NAME),
    ("图.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", NOT_ITS_NAME),
    ("前有空行.pdf", b"\n" + s.pdf(), NOT_ITS_NAME),
    ("表.docx", s.xlsx(), unfit.DAMAGED),
    ("文.xlsx", s.docx(), unfit.DAMAGED),
    ("压缩包.docx", s.zipped({"a.txt": "x"}), unfit.DAMAGED),
    ("程序.pdf", b"MZ\x90\x00", NOT_ITS_NAME),
    # empty and large
    ("空.pdf", b"", "“%(name)s” is empty. Choose the file again."),
    ("大.pdf", b"%PDF-" + bytes(MAX_BYTES), "“%(name)s” is larger than 10 MB. Attach a smaller file."),
    # PDF
    ("断.pdf", b"%PDF-1.4\n1 0 obj", unfit.DAMAGED),
    ("断流.pdf", s.pdf(b"<< >> stream\nabc"), unfit.DAMAGED),
    ("脚本.pdf", s.pdf(b"3 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n"), unfit.SCRIPTED),
    ("藏脚本.pdf", s.pdf(b"3 0 obj\n<< /S /#4aava#53cript /J#53 (1) >>\nendobj\n"), unfit.SCRIPTED),
    ("启动.pdf", s.pdf(b"3 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj\n"), unfit.SCRIPTED),
    ("附件.pdf", s.pdf(b"3 0 obj\n<< /Type /EmbeddedFile >>\nendobj\n"), unfit.SCRIPTED),
    ("附件流.pdf", s.pdf(s.pdf_stream(b"/Type /EmbeddedFile", b"MZ")), unfit.SCRIPTED),
    ("媒体.pdf", s.pdf(b"3 0 obj\n<< /Subtype /RichMedia >>\nendobj\n"), unfit.SCRIPTED),
    ("表单.pdf", s.pdf(b"3 0 obj\n<< /XFA 4 0 R >>\nendobj\n"), unfit.SCRIPTED),
    ("外发.pdf", s.pdf(b"3 0 obj\n<< /S /SubmitForm /F (http://x) >>\nendobj\n"), unfit.SCRIPTED),
    (
        "流里脚本.pdf",
        s.pdf(s.pdf_stream(OBJECTS, zlib.compress(b"<< /S /JavaScript /JS (1) >>"))),
        unfit.SCRIPTED,
    ),
    (
        "炸弹.pdf",
        s.pdf(s.pdf_stream(OBJECTS, zlib.compress(bytes(105 * 1024 * 1024), 9))),
        unfit.UNPACKS,
    ),
    ("双面.pdf", s.pdf(after=s.zipped({"a.js": "x"})), unfit.TWO_IN_ONE),
    ("尾巴.pdf", s.pdf(after=b"<script>alert(1)</script>"), unfit.TWO_IN_ONE),
    ("长尾巴.pdf", s.pdf(after=b"x" * 5000), unfit.DAMAGED),
    # Word and Excel
    ("宏.docx", s.docx({"word/vbaProject.bin": b"\xd0\xcf"}), unfit.MACROS),
    ("宏.xlsx", s.xlsx({"xl/vbaProject.bin": b"\xd0\xcf"}), unfit.MACROS),
    ("老宏.xlsx", s.xlsx({"xl/macrosheets/sheet1.xml": "<x/>"}), unfit.MACROS),
    ("控件.docx", s.docx({"word/activeX/activeX1.xml": "<x/>"}), unfit.MACROS),
    ("对象.docx", s.docx({"word/embeddings/oleObject1.bin": b"\xd0\xcf"}), unfit.MACROS),
    ("程序.docx", s.docx({"word/media/setup.exe": b"MZ"}), unfit.MACROS),
    ("网页.docx", s.docx({"word/afchunk.html": "<script>"}), unfit.MACROS),
    ("矢量.docx", s.docx({"word/media/image1.svg": "<svg onload='x'/>"}), unfit.MACROS),
    ("嵌入块.docx", s.docx({"word/_rels/document.xml.rels": s.relationship("aFChunk", "x.dat")}), unfit.MACROS),
    ("宏关系.docx", s.docx({"word/_rels/document.xml.rels": s.relationship("vbaProject", "x.dat")}), unfit.MACROS),
    (
        "宏类型.docx",
        s.zipped({"[Content_Types].xml": s.content_types("application/vnd.ms-word.document.macroEnabled.main+xml")}),
        unfit.MACROS,
    ),
    (
        "远程模板.docx",
        s.linked("attachedTemplate", "https://evil.example/t.dotm"),
        unfit.OUTSIDE,
    ),
    ("远程对象.docx", s.linked("oleObject", "https://evil.example/x"), unfit.OUTSIDE),
    ("远程图片.docx", s.linked("image", "//evil.example/x.png"), unfit.OUTSIDE),
    ("远程框架.docx", s.linked("frame", "http://evil.example"), unfit.OUTSIDE),
    ("远程子文档.docx", s.linked("subDocument", "\\\\host\\x"), unfit.OUTSIDE),
    ("本地链接.docx", s.linked("hyperlink", "file://host/x"), unfit.OUTSIDE),
    ("脚本链接.docx", s.linked("hyperlink", "JavaScript:x"), unfit.OUTSIDE),
    ("外部簿.xlsx", s.xlsx({"xl/externalLinks/_rels/externalLink1.xml.rels": OTHER_WORKBOOK}), unfit.OUTSIDE),
    (
        "动态.xlsx",
        s.xlsx({"xl/externalLinks/externalLink1.xml": "<externalLink><ddeLink/></externalLink>"}),
        unfit.MACROS,
    ),
    ("动态.docx", s.docx(body="<w:r><w:instrText> DDEAUTO c:\\\\cmd.exe </w:instrText></w:r>"), unfit.MACROS),
    ("拆开的.docx", s.docx(body=SPLIT), unfit.MACROS),
    ("简域.docx", s.docx(body='<w:fldSimple w:instr="dde cmd"/>'), unfit.MACROS),
    ("实体.docx", s.docx({"word/_rels/document.xml.rels": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), unfit.DAMAGED),
    ("外部实体.docx", s.docx({"word/footnotes.xml": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'}), unfit.DAMAGED),
    ("坏结构.docx", s.docx({"word/_rels/document.xml.rels": "<x"}), unfit.DAMAGED),
    ("炸弹.docx", s.docx({"word/media/image1.png": bytes(30 * 1024 * 1024)}), unfit.UNPACKS),
    ("合计炸弹.docx", s.docx({f"word/media/{at}.bmp": bytes(range(256)) * 40_000 for at in range(11)}), unfit.UNPACKS),
    ("碎片.docx", s.docx({f"word/media/{at}": b"" for at in range(2001)}), unfit.UNPACKS),
    ("目录外.docx", s.docx({"../../etc/cron.d/x": "x"}), unfit.DAMAGED),
    ("绝对路径.docx", s.docx({"/etc/passwd": "x"}), unfit.DAMAGED),
    ("同名.docx", s.docx({"WORD/document.xml": "<x/>"}), unfit.TWO_IN_ONE),
    ("尾巴.docx", s.docx() + b"<script>alert(1)</script>", unfit.TWO_IN_ONE),
    ("双包.docx", s.zipped({"first.txt": "x"}) + s.docx(), unfit.TWO_IN_ONE),
    ("密码.docx", s.locked(s.docx()), unfit.LOCKED),
    ("断.docx", s.docx()[:-40], unfit.DAMAGED),
    ("只有头.docx", b"PK\x03\x04" + bytes(50), unfit.DAMAGED),
    # pictures
    ("断.png", s.picture("PNG")[:40], unfit.DAMAGED),
    ("断.jpg", s.picture("JPEG", (64, 64))[:200], unfit.DAMAGED),
    ("像素炸弹.png", s.png_of_size(30_000, 30_000), unfit.TOO_WIDE),
    ("像素海.png", s.png_of_size(60_000, 60_000), unfit.TOO_WIDE),
    ("细长.png", s.png_of_size(25_000, 1), unfit.TOO_WIDE),
    ("双面.png", s.picture("PNG") + s.zipped({"a.class": "x"}), unfit.TWO_IN_ONE),
    ("双面.jpg", s.picture("JPEG") + s.zipped({"a.class": "x"}), unfit.TWO_IN_ONE),
    ("页面.jpg", s.picture("JPEG", comment=b"<script>alert(1)</script>"), unfit.TWO_IN_ONE),
    ("页面.jpg", s.picture("JPEG", comment=b"<?php system($_GET[0]); ?>"), unfit.TWO_IN_ONE),
    ("页面.jpg", s.picture("JPEG", comment=b"<SvG onload=alert(1)>"), unfit.TWO_IN_ONE),
    ("双面.jpg", s.picture("JPEG", comment=b"%PDF-1.4 x"), unfit.TWO_IN_ONE),
    ("尾巴.png", s.picture("PNG") + b"anything", unfit.TWO_IN_ONE),
]


def _named(case: tuple) -> str:
    return str(case[0])


@pytest.mark.parametrize("case", SOUND, ids=_named)
def test_an_ordinary_file_is_recognised(case):
    name, data, kind = case
    assert recognise(data, name) is kind


@pytest.mark.parametrize("case", HOSTILE, ids=_named)
def test_a_hostile_file_is_refused_with_the_sentence_that_helps(case):
    name, data, message = case
    with pytest.raises(Refused) as refused:
        recognise(data, name)
    assert (refused.value.code, refused.value.message, refused.value.field) == ("invalid", message, "files")
    assert refused.value.args_ == {"name": name}


def test_damaged_bytes_are_refused_and_never_an_error():
    chance = random.Random(6)
    sound = {
        "a.pdf": s.pdf(),
        "a.docx": s.docx(),
        "a.xlsx": s.xlsx(),
        "a.jpg": s.picture("JPEG"),
        "a.png": s.picture("PNG"),
    }
    for name, whole in sound.items():
        for _turn in range(150):
            data = bytearray(whole)
            for _change in range(chance.randint(1, 6)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            with contextlib.suppress(Refused):
                recognise(bytes(data), name)


def test_an_archive_that_stores_without_packing_is_as_good():
    stored = s.zipped(
        {"[Content_Types].xml": s.content_types(s.DOCX_MAIN), "word/document.xml": "<x/>"}, method=zipfile.ZIP_STORED
    )
    assert recognise(stored, "a.docx") is FileKind.DOCX
