"""PDF: one document, without scripts, programs to start, or files inside."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice

from participation.files.held import Held
from participation.files.rules import MAX_UNPACKED, FileKind
from participation.files.unfit import DAMAGED, SCRIPTED, TWO_IN_ONE, UNPACKS, Unfit

_ACTIVE = (b"JavaScript", b"JS", b"Launch", b"EmbeddedFiles?", b"RichMedia", b"XFA", b"SubmitForm", b"ImportData")
_NAMED = b"/(?:" + b"|".join(_ACTIVE) + b")(?![A-Za-z0-9#])"
_ACTS = re.compile(_NAMED)
_OBJECTS = re.compile(rb"/ObjStm(?![A-Za-z0-9#])")
# A name may spell any of its letters as #4a; the longest of the names above has 13.
_SPELLED = re.compile(rb"/[A-Za-z0-9]{0,13}#[A-Za-z0-9#]{1,120}")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_MOST_SPELLED = 200_000
_TAIL = 2048


def check_pdf(one: Held, _kind: FileKind) -> None:
    """Raises Unfit unless this is one PDF with nothing that acts."""
    data = one.data
    end = data.rfind(b"%%EOF")
    if end < 0 or end < len(data) - _TAIL or data.find(b"obj") < 0:
        raise Unfit(DAMAGED)
    if data[end + 5 :].strip(b"\r\n\t \x00") or zipfile.is_zipfile(one.file):
        raise Unfit(TWO_IN_ONE)
    budget = MAX_UNPACKED
    for plain, start, stop in _parts(one):
        if _acts(plain):
            raise Unfit(SCRIPTED)
        # Only object streams hold further names; pictures and text need not be unpacked.
        if stop > start and _OBJECTS.search(_plainly(plain[-4000:])):
            inner = _unpacked(data[start:stop], budget)
            budget -= len(inner)
            if _acts(inner):
                raise Unfit(SCRIPTED)


def _parts(one: Held) -> Iterator[tuple[bytes, int, int]]:
    """The text between streams, each with the place of the stream that follows it. Names are sought
    only in the text: a picture's bytes spell `/JS` by chance."""
    data, at = one.data, 0
    while True:
        start = data.find(b"stream", at)
        if start < 0:
            yield data[at:], 0, 0
            return
        stop = data.find(b"endstream", start)
        if stop < 0:
            raise Unfit(DAMAGED)
        yield data[at:start], start + 6, stop
        at = stop + 9


def _acts(text: bytes) -> bool:
    """Whether a name stands there that acts, however it is spelled."""
    if _ACTS.search(text):
        return True
    spelled = list(islice((found.group() for found in _SPELLED.finditer(text)), _MOST_SPELLED))
    if len(spelled) == _MOST_SPELLED:
        raise Unfit(DAMAGED)
    return any(_ACTS.match(_plainly(name) + b" ") for name in set(spelled))


def _plainly(name: bytes) -> bytes:
    return _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), name) if b"#" in name else name


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
