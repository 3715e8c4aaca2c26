"""From a Word file to lines of text: paragraphs with their numbers, tables as rows of `| cell | cell |`.

Insertions that nobody has accepted yet count as text, deletions do not. The file has passed
`files.recognise` before: it is one Word file without macros, links to outside or bombs.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE

from participation.documents.word.numbering import Numbering, W, numbering_of
from participation.errors import N_, Refused

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DROPPED = {f"{W}{name}" for name in "del moveFrom delText instrText pPr rPr drawing pict footnoteReference".split()}
_DROPPED.add(_FALLBACK)
_PICTURES = (f"{W}drawing", f"{W}pict")
_BREAKS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


@dataclass(frozen=True)
class WordText:
    """`title` is the first line when the file marks or centres it as one. `pictures` were left out,
    `revisions` are tracked changes that nobody had accepted: the page says both."""

    title: str
    text: str
    pictures: int
    revisions: int


def read_word(data: bytes | Path) -> WordText:
    """The text of a file that is in memory or on the disk. Raises Refused("invalid", field="file") when
    nothing readable is inside."""
    try:
        document = docx.Document(io.BytesIO(data) if isinstance(data, bytes) else str(data))
        reader = _Reader(document)
        lines = list(reader.lines())
    except Refused:
        raise
    except Exception:
        # A package that is well formed as a ZIP can still be no document in a hundred ways.
        raise Refused(
            "invalid",
            N_("The file cannot be read as a Word document. Save it in Word as .docx again, then choose it again"),
            field="file",
        ) from None
    if not any(line.strip() for line in lines):
        message = N_("The Word file holds no text. Scanned pages cannot be commented on: type the text instead")
        raise Refused("invalid", message, field="file")
    title = lines.pop(0).strip() if reader.titled else ""
    return WordText(title, "\n".join(lines).strip(), reader.pictures, reader.revisions)


class _Reader:
    def __init__(self, document: WordDocument) -> None:
        self.body = document.element.body
        self.styles = _styles(document)
        self.titles = {style.style_id for style in document.styles if (style.name or "").lower() in ("title", "标题")}
        self.numbering: Numbering = numbering_of(_part(document))
        self.pictures = 0
        self.revisions = 0
        self.titled = False

    def lines(self) -> Iterator[str]:
        first = True
        for block in self._blocks(self.body):
            if block.tag == f"{W}tbl":
                yield from self._rows(block)
                first = False
                continue
            text = self._paragraph(block)
            if first and text.strip():
                self.titled, first = self._is_title(block, text), False
            if text.strip():
                yield from (line.strip() for line in text.split("\n") if line.strip())

    def _blocks(self, parent: Any) -> Iterator[Any]:
        """Paragraphs and tables in their order; content controls and insertions are looked into."""
        for child in parent:
            if child.tag in (f"{W}p", f"{W}tbl"):
                yield child
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
                yield from self._blocks(child)

    def _rows(self, table: Any) -> Iterator[str]:
        for row in table.iterfind(f"{W}tr"):
            cells = []
            for cell in row.iterfind(f"{W}tc"):
                inner = (self._paragraph(paragraph) for paragraph in cell.iter(f"{W}p"))
                cells.append(" ".join(" ".join(text.split()) for text in inner if text.strip()))
            if len(cells) == 1:  # a frame around words, no table
                yield from cells
            elif any(cells):
                yield f"| {' | '.join(cell.replace('|', '｜') for cell in cells)} |"

    def _paragraph(self, paragraph: Any) -> str:
        self.pictures += sum(1 for tag in _PICTURES for _found in paragraph.iter(tag))
        self.revisions += sum(1 for tag in (f"{W}ins", f"{W}del") for _found in paragraph.iter(tag))
        text = "".join(_texts(paragraph)).replace("\t", " ").replace("\u00ad", "")
        num, depth = self._numbered(paragraph)
        label = self.numbering.label(num, depth) if num and num != "0" and text.strip() else ""
        if not label:
            return text
        gap = "" if label.endswith(("、", "）", ")", "．")) else "\u3000" if label.endswith("条") else " "
        return f"{label}{gap}{text.strip()}"

    def _numbered(self, paragraph: Any) -> tuple[str, int]:
        """Its list and depth: its own, else those of its style."""
        found = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if found is None and style is not None:
            return self.styles.get(style.get(f"{W}val"), ("", 0))
        return _num(found)

    def _is_title(self, paragraph: Any, text: str) -> bool:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") in self.titles:
            return True
        centred = paragraph.find(f"{W}pPr/{W}jc")
        short = len(text.strip()) <= 60 and not text.rstrip().endswith(("。", "；", "："))
        return centred is not None and centred.get(f"{W}val") == "center" and short


def _texts(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _DROPPED:
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        else:
            yield from _texts(child)


def _num(found: Any) -> tuple[str, int]:
    if found is None:
        return "", 0
    num, depth = found.find(f"{W}numId"), found.find(f"{W}ilvl")
    level = depth.get(f"{W}val") if depth is not None else "0"
    return (num.get(f"{W}val") if num is not None else ""), int(level) if level and level.isdigit() else 0


def _styles(document: WordDocument) -> dict[str, tuple[str, int]]:
    """Styles that number their paragraphs, also by what they are based on."""
    own, based = {}, {}
    for style in document.styles.element.iterfind(f"{W}style"):
        name = style.get(f"{W}styleId")
        found, parent = style.find(f"{W}pPr/{W}numPr"), style.find(f"{W}basedOn")
        if found is not None:
            own[name] = _num(found)
        if parent is not None:
            based[name] = parent.get(f"{W}val")
    for name in based:
        seen, at = {name}, name
        while at not in own and at in based and based[at] not in seen:
            at = based[at]
            seen.add(at)
        if at in own:
            own.setdefault(name, own[at])
    return own


def _part(document: WordDocument) -> Any:
    """The list definitions; a file without numbered paragraphs has none."""
    found = (rel for rel in document.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.NUMBERING)
    return next((rel.target_part.element for rel in found if not rel.is_external), None)
