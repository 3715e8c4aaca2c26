"""What a file says, whatever wraps it: a page, a table, a Word or PDF file."""

import base64
import io
import re
import zipfile
import zlib

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_OCTAL = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)


def said(data: bytes) -> str:
    """The text in the bytes; for spreadsheets and Word files all their parts, for PDF all its streams
    with each way in which a font may write characters."""
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    if data[:5] == b"%PDF-":
        return "\n".join(_pdf(stream) for stream in _STREAM.findall(data))
    return data.decode("utf-8", "replace")


def _pdf(stream: bytes) -> str:
    for opened in (stream, _ascii85(stream)):
        try:
            stream = zlib.decompress(opened)
            break
        except zlib.error:
            continue
    plain = _OCTAL.sub(_character, stream)
    strings = b"".join(re.findall(rb"\((.*?)\)\s*Tj", plain, re.DOTALL))
    return "\n".join((plain.decode("latin-1"), strings.decode("utf-16-be", "replace"), strings.decode("latin-1")))


def _ascii85(stream: bytes) -> bytes:
    try:
        return base64.a85decode(stream.strip().removesuffix(b"~>"))
    except ValueError:
        return b""


def _character(found: re.Match[bytes]) -> bytes:
    code = found.group(1)
    return bytes([int(code, 8) & 255]) if code.isdigit() else code
