"""Files made in the test: sound ones, and what an attacker would make of them."""

import io
import struct
import zipfile
import zlib

from PIL import Image

DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def content_types(*parts: str) -> str:
    overrides = "".join(f'<Override PartName="/part{at}" ContentType="{part}"/>' for at, part in enumerate(parts))
    return f'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{overrides}</Types>'


def relationship(kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    one = f'<Relationship Id="r1" Type="{_REL}/{kind}" Target="{target}"{mode}/>'
    return f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}">{one}</Relationships>'


def zipped(parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def docx(extra: dict[str, str | bytes] | None = None, body: str = "<w:p><w:r><w:t>来信附件</w:t></w:r></w:p>") -> bytes:
    document = f'<?xml version="1.0"?><w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(DOCX_MAIN),
        "_rels/.rels": relationship("officeDocument", "word/document.xml"),
        "word/document.xml": document,
    }
    return zipped(parts | (extra or {}))


def linked(kind: str, target: str) -> bytes:
    """A Word file with one relationship to the outside."""
    return docx({"word/_rels/document.xml.rels": relationship(kind, target, external=True)})


def xlsx(extra: dict[str, str | bytes] | None = None) -> bytes:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(XLSX_MAIN),
        "_rels/.rels": relationship("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": "<workbook/>",
    }
    return zipped(parts | (extra or {}))


def pdf(objects: bytes = b"", after: bytes = b"") -> bytes:
    body = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    body += b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    return body + objects + b"trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n" + after


def pdf_stream(dictionary: bytes, content: bytes) -> bytes:
    return b"5 0 obj\n<< " + dictionary + b" >>\nstream\n" + content + b"\nendstream\nendobj\n"


def picture(kind: str, size: tuple[int, int] = (8, 6), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (180, 40, 40)).save(out, kind, **options)
    return out.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that claims a size and is a few bytes long."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00")) + chunk(b"IEND", b"")


def locked(data: bytes) -> bytes:
    """The same archive with every entry marked as encrypted."""
    out = bytearray(data)
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(mark)
        while at >= 0:
            out[at + flag] |= 1
            at = out.find(mark, at + 4)
    return bytes(out)
