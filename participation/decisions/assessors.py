"""Whether whoever assesses a decision had a main part in arguing or assessing it before. Pure.

713号 art. 36: an organisation or expert who did the main argument or assessment before the decision does
not assess it afterwards. Names are compared without the differences of writing.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

_BRACKETS = re.compile(r"[(\[【〔「『《<].*?[)\]】〕」』》>]")
_NOT_A_NAME = re.compile(r"[^\w]|_")
_FORMS = re.compile(
    r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|分公司|公司|集团|普通合伙|特殊普通合伙|"
    r"事务所|研究院|研究所|研究中心|中心|学院|大学|协会|学会)$"
)
_TITLES = re.compile(r"(?:教授|副教授|研究员|副研究员|高级工程师|工程师|律师|博士|主任|院长|先生|女士)$")
_PLACES = re.compile(r"^(?:山东省?|淄博市?|周村区?)")
_SPLIT = re.compile(r"[\n,，、;；/]+")
_MOSTLY = 0.86


@dataclass(frozen=True)
class Earlier:
    """Somebody who had a part before: `role` says which."""

    name: str
    role: str


def plain(name: str) -> str:
    """The name without width, case, spaces, marks and what stands in brackets."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return _NOT_A_NAME.sub("", _BRACKETS.sub("", text))


def _core(name: str) -> str:
    """Without the place before it and the form of organisation or the title behind."""
    text = _TITLES.sub("", plain(name))
    for pattern in (_PLACES, _PLACES, _PLACES):
        text = pattern.sub("", text, count=1)
    return _FORMS.sub("", _FORMS.sub("", text))


def same(one: str, other: str) -> bool:
    """Whether two names mean the same, as far as writing tells: equal without marks and forms, one the
    other's short name, or differing in one sign of many. Two signs or fewer must be equal."""
    left, right = plain(one), plain(other)
    if not left or not right:
        return False
    if left == right:
        return True
    short, long = sorted((_core(one) or left, _core(other) or right), key=len)
    if short == long:
        return len(short) > 1
    if len(short) >= 4 and (short in long or _abbreviates(short, long)):
        return True
    return len(short) >= 5 and SequenceMatcher(None, short, long).ratio() >= _MOSTLY


def _abbreviates(short: str, long: str) -> bool:
    """Whether the short name is made of the long one's signs in their order, from its beginning."""
    signs = iter(long)
    return short[0] == long[0] and len(long) <= 3 * len(short) and all(sign in signs for sign in short)


def names_in(text: str) -> list[str]:
    """The names in a field that holds several, one a line or between commas."""
    return [name.strip() for name in _SPLIT.split(text) if name.strip()]


def barred(names: Iterable[str], earlier: Iterable[Earlier]) -> tuple[str, Earlier] | None:
    """The first of the names that had a part before, with who that was; None when none had."""
    before = list(earlier)
    for name in names:
        found = next((one for one in before if same(name, one.name)), None)
        if found is not None:
            return name, found
    return None
