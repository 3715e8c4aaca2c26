"""Telephones, identity numbers, bank cards, and other long numbers, in any dress."""

import re
import unicodedata
from collections.abc import Iterator

from participation.errors import N_
from participation.redaction.folded import DIGIT, LIKE_DIGITS, NUMERALS, digits_of

LONG = 7
_GAP = 3
_DATE = re.compile(
    r"(?<!\d)20\d\d\s?[-/.年]\s?(?:1[0-2]|0?[1-9])\s?[-/.月]\s?(?:3[01]|[12]\d|0?[1-9])(?!\d)"
    r"|(?<!\d)(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d)"
    r"|[A-Z]{2}-20\d\d-\d{4}-\d{3,6}(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d(?=\s*(?:年|[-、至到]\s*(?:19|20)\d\d\s*年))"
)
_MOBILE = re.compile(r"(?:0086|86|0)?1[3-9]\d{9}")
_MOBILE_INSIDE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:0|(?:0086|86)0?)(?:10|2\d|[3-9]\d{2})\d{7,8}|[2-8]\d{6,7}|[48]00\d{7}")
_UNITS = "年月日号楼栋元万亿米平人户亩度吨个件次天小分公斤千℃%㎡"
_COUNTED = re.compile(rf"[,，。;；、]\s*({DIGIT}{{1,2}})\Z")
_MEASURES = "元万亿米平吨度"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

Found = tuple[int, int, str, str]
"""start, end, kind, why - in the folded text."""


def numbers(signs: str) -> Iterator[Found]:
    """Runs of digits with at most three other signs, none of them a letter, between two of them."""
    dated = {place for match in _DATE.finditer(signs) for place in range(*match.span())}
    for start, end, digits in _runs(signs, dated):
        start, end, digits = _without_what_counts(signs, start, end, digits)
        found = _judged(digits, signs[start:end], signs[end : end + 2].lstrip()[:1])
        if found:
            yield start - signs[:start].endswith("+"), end, *found


def id_number_is_right(number: str) -> bool:
    """Whether 18 signs are an identity number by date and check digit (GB 11643)."""
    if not re.fullmatch(r"\d{17}[\dXx]", number) or not _is_day(number[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def card_is_right(digits: str) -> bool:
    """Luhn's sum over 13 to 19 digits."""
    if not 13 <= len(digits) <= 19:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _runs(signs: str, dated: set[int]) -> Iterator[tuple[int, int, str]]:
    place = 0
    while place < len(signs):
        if place in dated or not _digit(signs, place):
            place += 1
            continue
        start, digits, end = place, "", place
        gap = 0
        while place < len(signs) and place not in dated and gap <= _GAP:
            digit = _digit(signs, place)
            if digit:
                digits, end, gap = digits + digit, place + 1, 0
            elif len(digits) >= 17 and signs[place] in "Xx×":
                digits, end, gap = digits + "X", place + 1, 0
            elif _between(signs[place]):
                gap += 1
            else:
                break
            place += 1
        yield start, end, digits
        place = max(end, start + 1)


def _without_what_counts(signs: str, start: int, end: int, digits: str) -> tuple[int, int, str]:
    """A whole telephone number, a comma and "9 月" or "2 小时" behind it are two things."""
    tail = _COUNTED.search(signs[start:end])
    if tail is None or signs[end : end + 2].lstrip()[:1] not in (*_UNITS, "小", "时"):
        return start, end, digits
    rest = digits[: -len(digits_of(tail[1]))]
    if not (_MOBILE.fullmatch(rest) or _LANDLINE.fullmatch(rest)):
        return start, end, digits
    return start, start + tail.start(), rest


def _digit(signs: str, place: int) -> str:
    sign = signs[place]
    if "0" <= sign <= "9":
        return sign
    if sign in NUMERALS:
        return NUMERALS[sign]
    if sign in LIKE_DIGITS:
        # An O among digits is a nought, one in a word is not.
        before, after = signs[:place].rstrip("oOlI"), signs[place:].lstrip("oOlI")
        if not (_is_letter(before[-1:]) or _is_letter(after[:1])):
            near = before.rstrip()[-1:] + after.lstrip()[:1]
            return LIKE_DIGITS[sign] if any(one.isdigit() or one in NUMERALS for one in near) else ""
    return ""


def _is_letter(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def _between(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "ZPSC"


def _judged(digits: str, written: str, after: str) -> tuple[str, str] | None:
    plain = digits.replace("X", "")
    if len(plain) < LONG:
        return None
    if len(digits) == 18 and id_number_is_right(digits):
        return "id", N_("An identity number: date and check digit are right")
    if _MOBILE.fullmatch(plain):
        return "phone", N_("It looks like a mobile number")
    if len(digits) == 18 and _is_day(digits[6:14]):
        return "id", N_("It looks like an identity number, though its check digit is wrong")
    if card_is_right(plain) and "X" not in digits:
        return "card", N_("It looks like a bank card: its check digit is right")
    if len(plain) == 15 and _is_day("19" + plain[6:12]):
        return "id", N_("It looks like an old identity number of 15 digits")
    if _MOBILE_INSIDE.search(plain):
        return "phone", N_("There is a mobile number in it")
    counted = after != "" and after in _UNITS
    if len(plain) < 13 and _LANDLINE.fullmatch(plain) and not counted:
        return "phone", N_("It looks like a telephone number")
    if counted and (after in _MEASURES or not re.search(r"\d{7}", written)):
        return None
    return "number", N_("A long number: an account, a contract, a meter?")


def _is_day(written: str) -> bool:
    year, month, day = int(written[:4]), int(written[4:6]), int(written[6:8])
    lengths = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1900 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= lengths[month - 1]
