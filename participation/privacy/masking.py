"""Taking a person out of a text that others wrote about something else. Pure.

An auditor's finding or an official reason stays what it says about the office; where it names or quotes the
person, `mark` stands instead (个人信息保护法 art. 47). A paraphrase nobody can recognise stays.
"""

import re
from collections.abc import Iterable, Iterator

QUOTED = 8
"""So many signs in a row that the person wrote too are a quotation."""
_NUMBER = re.compile(r"\+?[\d\s-]{7,}")
_TITLES = "(?:某+|女士|先生|小姐|同志|师傅|老师|阿姨|叔叔|大爷|大妈|大娘|大叔|奶奶|爷爷)"
_HAN = re.compile(r"[\u3400-\u9fff]{2,4}")

Span = tuple[int, int]


def without(text: str, *, names: Iterable[str], quoted: Iterable[str] = (), mark: str) -> str:
    """`text` with `mark` wherever one of the names, numbers or addresses stands, or a run of `QUOTED` signs of
    one of the quoted texts; unchanged if there is no such place."""
    found = sorted([*_named(text, names), *_repeated(text, quoted)])
    answer, end = [], 0
    for start, stop in _joined(found):
        answer += [text[end:start], mark]
        end = stop
    return "".join([*answer, text[end:]])


def mentions(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the text."""
    return next(_named(text, words), None) is not None


def sentences(text: str, *, least: int) -> list[str]:
    """The sentences of a text that are long enough to be recognised."""
    parts = (part.strip() for part in re.split(r"[。！？!?；;\n]", text))
    return [part for part in parts if len(part) >= least]


def _named(text: str, names: Iterable[str]) -> Iterator[Span]:
    for name in names:
        pattern = _pattern(name.strip())
        if pattern:
            yield from (match.span() for match in re.finditer(pattern, text, re.IGNORECASE))


def _pattern(name: str) -> str:
    """Numbers also with spaces and dashes in them, Chinese names also as surname and title."""
    if len(name) < 2:
        return ""
    if _NUMBER.fullmatch(name):
        return r"[\s-]*".join(sign for sign in name if sign.isdigit())
    if _HAN.fullmatch(name):
        surname = name[:2] if len(name) == 4 else name[0]
        return f"{name}|{surname}{_TITLES}"
    return re.escape(name)


def _repeated(text: str, quoted: Iterable[str]) -> Iterator[Span]:
    known = {own[at : at + QUOTED] for own in quoted for at in range(len(own) - QUOTED + 1)}
    if known:
        yield from ((at, at + QUOTED) for at in range(len(text) - QUOTED + 1) if text[at : at + QUOTED] in known)


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, stop in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined
