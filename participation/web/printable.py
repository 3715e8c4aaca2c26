"""What XML and paper have a place for. Pure."""

import unicodedata


def printable(text: str) -> str:
    """The text without control characters, halves of characters and non-characters; lines stay."""
    return "".join(sign for sign in text if sign in "\n\t" or not _forbidden(sign))


def _forbidden(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs") or ord(sign) & 0xFFFE == 0xFFFE
