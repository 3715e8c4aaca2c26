"""A text as it is meant, whatever it is written with, and where each sign stands in the original.

Full-width, circled and foreign digits become 0-9; signs that nobody sees are dropped.
"""

import re
import unicodedata
from dataclasses import dataclass

NUMERALS = {
    sign: str(value)
    for value, signs in enumerate(
        ("零〇○洞", "一壹幺弌么", "二贰貳两兩", "三叁參叄弎", "四肆", "五伍", "六陆陸", "七柒拐", "八捌", "九玖勾")
    )
    for sign in signs
}  # fmt: skip
LIKE_DIGITS = {"o": "0", "O": "0", "l": "1", "I": "1"}


@dataclass(frozen=True)
class Folded:
    """`signs[i]` came from the original's `places[i]`."""

    signs: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where signs[start:end], which is not empty, stands in the original."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Every sign of the result has its place in `text`; places never go back."""
    signs: list[str] = []
    places: list[int] = []
    for place, original in enumerate(text):
        for sign in unicodedata.normalize("NFKC", original):
            category = unicodedata.category(sign)
            if category in ("Mn", "Me", "Cf") or sign == "\u3164":
                continue
            value = unicodedata.digit(sign, None)
            signs.append(sign if value is None else str(value))
            places.append(place)
    return Folded("".join(signs), tuple(places))


def digits_of(text: str) -> str:
    """The digits that stand in a folded text, numerals as digits."""
    return "".join(NUMERALS.get(sign, sign) for sign in text if sign in NUMERALS or sign.isdigit())


def class_of(signs: str) -> str:
    return "[" + re.escape(signs) + "]"


DIGIT = "[0-9" + "".join(NUMERALS) + "]"
