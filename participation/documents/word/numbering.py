"""What Word puts in front of numbered paragraphs: 第一条, （一）, 1.2."""

import re
from dataclasses import dataclass, field
from typing import Any

from participation.documents.word.numerals import written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    start: int
    format: str
    text: str  # "第%1条": %1 is the number of the first level


@dataclass
class Numbering:
    """Counts as it is asked, paragraph by paragraph in the order of the text."""

    levels: dict[str, dict[int, Level]]
    lists: dict[str, str]  # num -> abstract list, which several nums share and continue
    starts: dict[tuple[str, int], int]
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def label(self, num: str, depth: int) -> str:
        """The next label of this list; empty for bullets and unknown lists."""
        abstract = self.lists.get(num, "")
        levels = self.levels.get(abstract, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counters.setdefault(abstract, {})
        if num not in self.begun:
            self.begun.add(num)
            for (of, at), start in self.starts.items():
                if of == num:
                    counts[at] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        if level.format == "bullet":
            return ""

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            of = levels.get(at, level)
            return written(counts.get(at, of.start), of.format)

        return _PLACE.sub(number, level.text)


def numbering_of(root: Any) -> Numbering:
    """Reads word/numbering.xml, already parsed; None where the file has none."""
    levels: dict[str, dict[int, Level]] = {}
    lists: dict[str, str] = {}
    starts: dict[tuple[str, int], int] = {}
    for abstract in root.iterfind(f"{W}abstractNum") if root is not None else ():
        levels[abstract.get(f"{W}abstractNumId")] = {
            _number(level.get(f"{W}ilvl")): Level(
                _number(_value(level, "start"), 1), _value(level, "numFmt") or "decimal", _value(level, "lvlText")
            )
            for level in abstract.iterfind(f"{W}lvl")
        }
    for num in root.iterfind(f"{W}num") if root is not None else ():
        name = num.get(f"{W}numId")
        lists[name] = _value(num, "abstractNumId")
        for override in num.iterfind(f"{W}lvlOverride"):
            start = _value(override, "startOverride")
            if start:
                starts[name, _number(override.get(f"{W}ilvl"))] = _number(start, 1)
    return Numbering(levels, lists, starts)


def _value(element: Any, name: str) -> str:
    found = element.find(f"{W}{name}")
    return (found.get(f"{W}val") or "") if found is not None else ""


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise
