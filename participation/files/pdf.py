"""PDF: one document, without scripts, programs to start, or files inside."""

import io
import re
import zipfile
import zlib

from participation.files.rules import MAX_UNPACKED, FileKind
from participation.files.unfit import DAMAGED, SCRIPTED, TWO_IN_ONE, UNPACKS, Unfit

_NAME = re.compile(rb"/([A-Za-z0-9#]{1,120})")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = frozenset(
    {
        b"JavaScript",
        b"JS",
        b"Launch",
        b"EmbeddedFile",
        b"EmbeddedFiles",
        b"RichMedia",
        b"XFA",
        b"SubmitForm",
        b"ImportData",
    }
)
_TAIL = 2048


def check_pdf(data: bytes, _kind: FileKind) -> None:
    """Raises Unfit unless this is one PDF with nothing that acts."""
    end = data.rfind(b"%%EOF")
    if end < 0 or end < len(data) - _TAIL or b"obj" not in data:
        raise Unfit(DAMAGED)
    if data[end + 5 :].strip(b"\r\n\t \x00") or zipfile.is_zipfile(io.BytesIO(data)):
        raise Unfit(TWO_IN_ONE)
    budget = MAX_UNPACKED
    for plain, packed in _parts(data):
        names = _names(plain)
        if names & _ACTIVE:
            raise Unfit(SCRIPTED)
        # Only object streams hold further names; pictures and text need not be unpacked.
        if packed and b"ObjStm" in _names(plain[-4000:]):
            inner = _unpacked(packed, budget)
            budget -= len(inner)
            if _names(inner) & _ACTIVE:
                raise Unfit(SCRIPTED)


def _parts(data: bytes) -> list[tuple[bytes, bytes]]:
    """The text between streams, each with the stream that follows it. Names are sought only in the
    text: a picture's bytes spell `/JS` by chance."""
    parts = []
    at = 0
    while True:
        start = data.find(b"stream", at)
        if start < 0:
            parts.append((data[at:], b""))
            return parts
        stop = data.find(b"endstream", start)
        if stop < 0:
            raise Unfit(DAMAGED)
        parts.append((data[at:start], data[start + 6 : stop]))
        at = stop + 9


def _names(text: bytes) -> set[bytes]:
    return {
        _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), name) if b"#" in name else name
        for name in _NAME.findall(text)
    }


def _unpacked(packed: bytes, budget: int) -> bytes:
    body = packed.lstrip(b"\r\n") if packed[:1] in b"\r\n" else packed
    unpack = zlib.decompressobj()
    try:
        inner = unpack.decompress(body, max(1, budget))
    except zlib.error:
        # Another filter, or encrypted: it stays shut, and so does what might be in it.
        return b""
    if unpack.unconsumed_tail:
        raise Unfit(UNPACKS)
    return inner
