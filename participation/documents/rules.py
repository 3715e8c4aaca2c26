"""Clauses in plain text, and the fingerprint of a version. Pure."""

import hashlib
import re
from dataclasses import dataclass

TEXT_LIMIT = 60_000

_NUMERAL = "〇零一二三四五六七八九十百千0-9０-９"
_CLAUSE = re.compile(rf"\s*第\s*([{_NUMERAL}]+)\s*条(?:[\s\u3000:：.、]+|(?=\S))(.*)", re.DOTALL)
_CHAPTER = re.compile(rf"\s*第\s*[{_NUMERAL}]+\s*[编章节](?:[\s\u3000]+\S.*)?")
_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True)
class ParsedClause:
    """`number` counts from 1 in the order of the text; `label` is what the text calls the clause
    (第一条); `heading` the chapter that begins with it, if one does."""

    number: int
    label: str
    heading: str
    text: str


@dataclass(frozen=True)
class Parsed:
    preamble: str
    clauses: tuple[ParsedClause, ...]


def parse(text: str) -> Parsed:
    """Splits an office's text at 第…条. What stands before the first clause is the preamble; a
    paragraph without a number belongs to the clause above it. A text without any clause is all
    preamble. Chapter titles become the heading of the next clause."""
    preamble: list[str] = []
    found: list[tuple[str, str, list[str]]] = []
    heading = ""
    for line in normalised(text).split("\n"):
        clause = _CLAUSE.fullmatch(line)
        if clause:
            found.append((f"第{clause[1]}条", heading, [clause[2].strip()]))
            heading = ""
        elif _CHAPTER.fullmatch(line) and len(line) <= 60:
            heading = " ".join(line.split())
        elif line.strip():
            (found[-1][2] if found else preamble).append(line.strip())
    clauses = (
        ParsedClause(number, label, chapter, "\n".join(part for part in parts if part))
        for number, (label, chapter, parts) in enumerate(found, start=1)
    )
    return Parsed("\n".join(preamble), tuple(clauses))


def normalised(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def fingerprint(title: str, text: str) -> str:
    """SHA-256 of title, line feed, text, in UTF-8 with line feeds only: 64 hexadecimal digits that
    anybody can compute from the published text."""
    return hashlib.sha256(f"{normalised(title)}\n{normalised(text)}".encode()).hexdigest()


def clause_value(label: str) -> int | None:
    """The number that 第十一条 or 第12条 says; None where it says none."""
    numeral = label.strip().removeprefix("第").removesuffix("条").strip()
    if numeral.isdecimal():
        return int(numeral)
    total = digit = 0
    for sign in numeral:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        elif sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            return None
    return total + digit or None
