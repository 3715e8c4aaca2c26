"""What a person typed as words to look for, shorter words when nothing was found, and the passage
that shows a hit. Pure. Chinese has no spaces: a word is looked for as it stands, from two
characters on as well."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 60
MOST_WORDS = 6
MOST_SUGGESTIONS = 8


@dataclass(frozen=True)
class Query:
    """`text` is what is shown again. Every word must occur; each is a tuple of spellings, one of
    which suffices (full-width and half-width forms of the same word)."""

    text: str
    words: tuple[tuple[str, ...], ...]


def read(written: str) -> Query:
    """The query of a search field. Control and other unreadable characters are spaces, marks
    separate words, what is longer than `LONGEST` characters is cut."""
    readable = "".join(char if _readable(char) else " " for char in written[: LONGEST * 4])
    text = " ".join(readable.split())[:LONGEST].strip()
    words = dict.fromkeys(_words(unicodedata.normalize("NFKC", text)[:LONGEST].casefold()))
    return Query(text, tuple(_spellings(word) for word in words)[:MOST_WORDS])


def _spellings(word: str) -> tuple[str, ...]:
    """Half width, and full width as some texts write letters and digits."""
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in word)
    return (word,) if wide == word else (word, wide)


def _readable(char: str) -> bool:
    return _han(char) or unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp")


def _han(char: str) -> bool:
    # GB 18030-2022 names characters that Python's own table does not know yet.
    return 0x20000 <= ord(char) < 0x3FFFE and ord(char) & 0xFFFE != 0xFFFE


def _words(text: str) -> list[str]:
    """Runs of letters, digits and what belongs to them; a hyphen or dot inside a number stays."""
    kept = []
    for place, char in enumerate(text):
        inside = char in "-." and 0 < place < len(text) - 1 and text[place - 1].isalnum() and text[place + 1].isalnum()
        kept.append(char if inside or _han(char) or unicodedata.category(char)[0] in "LNM" else " ")
    return "".join(kept).split()


def shorter(query: Query) -> list[Query]:
    """What to try when nothing was found: each word alone, or the parts of one long word."""
    if len(query.words) > 1:
        return [Query(word[0], (word,)) for word in query.words][:MOST_SUGGESTIONS]
    if not query.words or len(query.words[0][0]) < 3:
        return []
    word = query.words[0][0]
    sizes = [size for size in (len(word) // 2, 2) if 2 <= size < len(word)]
    parts: list[str] = []
    for size in dict.fromkeys(sizes):
        parts += [word[start : start + size] for start in _starts(len(word) - size)]
    return [Query(part, (_spellings(part),)) for part in dict.fromkeys(parts)][:MOST_SUGGESTIONS]


def _starts(last: int) -> list[int]:
    """Where parts begin: both ends first, then what lies between."""
    return sorted(range(last + 1), key=lambda start: (0 if start in (0, last) else 1, start))


def passage(text: str, words: Sequence[tuple[str, ...]], length: int = 70) -> list[tuple[str, bool]]:
    """A piece of the text around the first word in it: parts, and whether each is a word looked for."""
    flat = " ".join(text.split())
    folded = flat.casefold()
    if len(folded) != len(flat):  # a letter that folds into two: places would no longer agree
        folded = flat
    spellings = [spelling.casefold() for word in words for spelling in word]
    places = [place for place in (folded.find(spelling) for spelling in spellings) if place >= 0]
    first = min(places, default=0)
    start = max(0, min(first - length // 4, len(flat) - length))
    piece, low = flat[start : start + length], folded[start : start + length]
    parts: list[tuple[str, bool]] = [("…", False)] if start else []
    parts += _marked(piece, low, spellings)
    return [*parts, ("…", False)] if start + length < len(flat) else parts


def _marked(piece: str, low: str, spellings: Sequence[str]) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    at = 0
    while at < len(piece):
        found = [(low.find(word, at), -len(word)) for word in spellings if low.find(word, at) >= 0]
        if not found:
            parts.append((piece[at:], False))
            break
        place, size = min(found)
        if place > at:
            parts.append((piece[at:place], False))
        parts.append((piece[place : place - size], True))
        at = place - size
    return parts
