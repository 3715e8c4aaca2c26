"""Whom to ask, and numbers that belong to people instead of offices. Pure."""

import re

LANDLINE = re.compile(
    r"(?<!\d)(?:0\d{2,3}[-—– ]?\d{7,8}|\d{7,8}|400[- ]?\d{3}[- ]?\d{4}|12\d{3}|11\d|119\d{2}|96\d{3,4})(?!\d)"
)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")
_ID = re.compile(
    r"(?<![0-9A-Za-z])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_CARD = re.compile(r"(?<!\d)(?:\d{4}[ -]?){3,4}\d{1,4}(?!\d)")
_PLATE = re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-Z0-9]{5,6}")
_HOME = re.compile(r"\d+号?楼\d+单元\d{2,4}(?:室|户|号)?")
_WEIGHTS, _CHECK = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


def without_numbers(text: str) -> str:
    """The text without telephone numbers, which are no facts."""
    return LANDLINE.sub("", _MOBILE.sub("", text))


def names_contact(reply: str, contact: str) -> bool:
    """Whether the writer learns whom to ask: a number in the text or in the field beside it."""
    return any(LANDLINE.search(text) or _MOBILE.search(text) for text in (contact, reply))


def personal(reply: str, *, contact: str, author: str, address: str) -> list[str]:
    """Pieces that look like personal data of the writer: mobile, identity card, bank card, plate,
    flat, the writer's own contact, the full name. An office's number in `contact` is none."""
    found: list[str] = []
    offices = re.sub(r"\D", "", contact)
    for piece in (match[0] for match in _MOBILE.finditer(reply)):
        if re.sub(r"\D", "", piece) not in offices or not offices:
            found.append(piece)
    found += [match[0] for match in _ID.finditer(reply) if _is_id(match[0])]
    found += [match[0] for match in _CARD.finditer(reply) if _is_card(re.sub(r"\D", "", match[0]))]
    found += [match[0] for pattern in (_PLATE, _HOME) for match in pattern.finditer(reply)]
    for own in (author, address):
        if len(own) >= 3 and own in reply and own not in found:
            found.append(own)
    return list(dict.fromkeys(found))


def _is_id(text: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True))
    return _CHECK[total % 11] == text[17].upper()


def _is_card(digits: str) -> bool:
    """Luhn's rule; an identity card is told apart by its own check."""
    if not 16 <= len(digits) <= 19 or (len(digits) == 18 and _is_id(digits)):
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
