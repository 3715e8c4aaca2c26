"""What a file carries beside what a reader sees: names in its properties, hidden sheets, old wordings.

Whoever publishes the original publishes these as well (个人信息保护法 art. 25).
"""

import mmap
import re
import zipfile
from pathlib import Path
from typing import IO

from participation.errors import N_

UNSEEN: dict[str, str] = {
    "author": N_("Names of people in the properties of the file"),
    "comments": N_("Comments beside the text"),
    "revisions": N_("Tracked changes: what was struck out can still be read"),
    "vanished": N_("Text that is formatted as hidden"),
    "hidden": N_("Hidden sheets, rows or columns"),
    "unread": N_("The platform cannot search the text of this file: read all of it"),
}

_PERSON = re.compile(rb"<(?:\w+:)?(?:creator|lastModifiedBy)\b[^>]*(?<!/)>\s*([^<\s][^<]*)<")
_REVISED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo) ")
_VANISHED = re.compile(rb"<w:vanish\s*/>")
_HIDDEN = re.compile(rb"""\b(?:hidden=["'](?:1|true)["']|state=["'](?:hidden|veryHidden)["'])""")
_PDF_AUTHOR = re.compile(rb"/Author\s*[(<]\s*[^)>\s]|<dc:creator>")
_COMMENTS = re.compile(r"(?:word|xl)/(?:comments|threadedComments/|comments/).*\.xml", re.IGNORECASE)
_PIECE, _OVERLAP = 1024 * 1024, 200


def unseen(path: Path, kind: str) -> list[str]:
    """Keys of UNSEEN, in their order. `kind` is pdf, docx or xlsx; the file was recognised as such."""
    found = _in_pdf(path) if kind == "pdf" else _in_office(path)
    return [key for key in UNSEEN if key in found]


def _in_pdf(path: Path) -> set[str]:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return {"unread", "author"} if _PDF_AUTHOR.search(data) else {"unread"}


def _in_office(path: Path) -> set[str]:
    found: set[str] = set()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if _COMMENTS.fullmatch(name):
                found.add("comments")
            for key, pattern in _sought(name):
                if key not in found:
                    with archive.open(name) as part:
                        if _stands(pattern, part):
                            found.add(key)
    return found


def _sought(name: str) -> tuple[tuple[str, re.Pattern[bytes]], ...]:
    if name == "docProps/core.xml":
        return (("author", _PERSON),)
    if name.startswith("word/") and name.endswith(".xml"):
        return (("revisions", _REVISED), ("vanished", _VANISHED))
    if name == "xl/workbook.xml" or (name.startswith("xl/worksheets/") and name.endswith(".xml")):
        return (("hidden", _HIDDEN),)
    return ()


def _stands(pattern: re.Pattern[bytes], part: IO[bytes]) -> bool:
    before = b""
    while piece := part.read(_PIECE):
        if pattern.search(before + piece):
            return True
        before = piece[-_OVERLAP:]
    return False
