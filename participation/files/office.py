"""Word and Excel files: the parts of a ZIP, judged from its directory before anything is unpacked."""

import re
import zipfile
from xml.parsers import expat

from participation.files.held import Held
from participation.files.rules import MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED, FileKind
from participation.files.unfit import DAMAGED, LOCKED, MACROS, OUTSIDE, TWO_IN_ONE, UNPACKS, Unfit

_MAIN = {
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_PROGRAM = re.compile(
    r"vba|macro|activex|/embeddings/.*\.bin$|\.(?:exe|dll|js|vbs|bat|cmd|ps1|hta|jar|scr|lnk|html?|svg)$", re.IGNORECASE
)
_MACRO_TYPE = re.compile(r"macroEnabled|vbaProject|activeX|oleObject", re.IGNORECASE)
_INNER_PROGRAM = ("/vbaProject", "/oleObject", "/control", "/aFChunk", "/attachedToolbars")
_DDE = re.compile(r"\bDDE(?:AUTO)?\b")
_XML_LIMIT = 40 * 1024 * 1024


def check_office(one: Held, kind: FileKind) -> None:
    """Raises Unfit unless this is one Word or Excel file of that kind that neither acts nor loads
    anything from outside. Links that a reader clicks are allowed."""
    try:
        with zipfile.ZipFile(one.file) as archive:
            _directory(archive, one)
            _content_types(archive, kind)
            for name in archive.namelist():
                if name.endswith(".rels"):
                    _relationships(archive.read(name))
                elif name.startswith("word/") and name.endswith(".xml"):
                    _fields(archive.read(name))
                elif name.startswith("xl/externalLinks/") and b"ddeLink" in archive.read(name):
                    raise Unfit(MACROS)
                elif name.startswith("xl/") and name.endswith(".xml"):
                    with archive.open(name) as part:
                        _parser().ParseFile(part)
    except Unfit:
        raise
    except Exception:
        # zipfile and zlib raise a dozen kinds for a broken archive; each means the same.
        raise Unfit(DAMAGED) from None


def _directory(archive: zipfile.ZipFile, one: Held) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if not entries or "[Content_Types].xml" not in names:
        raise Unfit(DAMAGED)
    if len(entries) > MAX_ENTRIES:
        raise Unfit(UNPACKS)
    # The directory must be the file's last bytes and the first entry its first: no room for a guest.
    if one.data[-22:-18] != b"PK\x05\x06" or archive.comment or min(entry.header_offset for entry in entries) != 0:
        raise Unfit(TWO_IN_ONE)
    if len({name.lower() for name in names}) != len(names):
        raise Unfit(TWO_IN_ONE)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Unfit(UNPACKS)
    for entry in entries:
        if entry.flag_bits & 1:
            raise Unfit(LOCKED)
        if entry.file_size > 1_000_000 and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise Unfit(UNPACKS)
        if entry.filename.startswith("/") or "\\" in entry.filename or ".." in entry.filename.split("/"):
            raise Unfit(DAMAGED)
        if _PROGRAM.search(entry.filename):
            raise Unfit(MACROS)
        if entry.filename.endswith((".xml", ".rels")) and entry.file_size > _XML_LIMIT:
            raise Unfit(UNPACKS)


def _content_types(archive: zipfile.ZipFile, kind: FileKind) -> None:
    types: list[str] = []
    _parse(archive.read("[Content_Types].xml"), start=lambda _tag, values: types.append(values.get("ContentType", "")))
    if any(_MACRO_TYPE.search(one) for one in types):
        raise Unfit(MACROS)
    if _MAIN[kind] not in types:
        raise Unfit(DAMAGED)


def _relationships(xml: bytes) -> None:
    def start(_tag: str, values: dict[str, str]) -> None:
        what = values.get("Type", "")
        if values.get("TargetMode", "").lower() == "external":
            target = values.get("Target", "").strip().lower()
            if not what.endswith("/hyperlink") or target.startswith(
                ("javascript:", "vbscript:", "file:", "\\\\", "data:")
            ):
                raise Unfit(OUTSIDE)
        elif what.endswith(_INNER_PROGRAM):
            raise Unfit(MACROS)

    _parse(xml, start=start)


def _fields(xml: bytes) -> None:
    """Word runs DDE commands from a field; a command may be spread over many pieces of text."""
    pieces: list[str] = []
    inside = [False]

    def start(tag: str, values: dict[str, str]) -> None:
        inside[0] = tag == "w:instrText"
        if tag == "w:fldSimple":
            pieces.append(f" {values.get('w:instr', '')} ")
        elif tag == "w:fldChar":
            pieces.append(" ")

    def text(words: str) -> None:
        if inside[0]:
            pieces.append(words)

    _parse(xml, start=start, text=text)
    if _DDE.search("".join(pieces).upper()):
        raise Unfit(MACROS)


def _parse(xml: bytes, *, start=None, text=None) -> None:  # type: ignore[no-untyped-def]
    _parser(start=start, text=text).Parse(xml, True)


def _parser(*, start=None, text=None):  # type: ignore[no-untyped-def]
    """It takes no document type: that is where entities that grow and files of the server come from."""
    parser = expat.ParserCreate()

    def no_doctype(*_values: object) -> None:
        raise Unfit(DAMAGED)

    parser.StartDoctypeDeclHandler = no_doctype
    if start is not None:
        parser.StartElementHandler = start
    if text is not None:
        parser.CharacterDataHandler = text
    return parser
