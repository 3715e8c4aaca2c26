"""One normal form for what people type into cells."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_NOT_TEXT = {"Cc", "Cs", "Co"}


def plain(value: object) -> str:
    """A cell as text: full-width digits and letters narrowed, outer space gone, Chinese quotes kept."""
    text = "" if value is None else str(value)
    text = "".join(unicodedata.normalize("NFKC", letter) if _narrowed(letter) else letter for letter in text)
    return _SPACE.sub(" ", text.replace("\ufeff", "").replace("\u200b", "")).strip()


def _narrowed(letter: str) -> bool:
    # Full-width letters, digits and the ideographic space; punctuation stays as it was written.
    return letter == "\u3000" or (unicodedata.east_asian_width(letter) == "F" and letter.isalnum())


def heading_form(text: str) -> str:
    """A heading without spaces, punctuation and what stands in brackets: 承办单位（牵头） is 承办单位."""
    text = unicodedata.normalize("NFKC", plain(text))
    without = re.sub(r"\([^)]*\)", "", text)
    return "".join(letter for letter in (without or text) if letter.isalnum()).lower()


def unreadable(text: str) -> bool:
    """Whether the text holds control characters or half characters that no office writes."""
    return any(unicodedata.category(letter) in _NOT_TEXT and letter not in "\n\r\t" for letter in text)
