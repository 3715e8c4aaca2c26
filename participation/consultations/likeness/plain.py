"""What is left of a text when its disguises are taken off. Pure."""

import re
import unicodedata

# Letters of other alphabets that look like Latin ones, and characters that stand for a digit.
_LOOKS_LIKE = str.maketrans(
    "АВЕКМНОРСТХаеорсухѕіјԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορνι〇○●",
    "ABEKMHOPCTXaeopcyxsijdqwABEZHIKMNOPTYXaopvi000",
)
_SENTENCE = re.compile(r"[。.！!？?；;\n]+")
_NOISE = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Letters, digits and Han characters only, in one form: full-width and look-alike letters, zero-width
    and control characters, capitals, punctuation and space make no difference."""
    return _NOISE.sub("", _folded(text))


def reordered(text: str) -> str:
    """The same for texts whose sentences stand in another order."""
    sentences = (_NOISE.sub("", sentence) for sentence in _SENTENCE.split(_folded(text)))
    return "\n".join(sorted(filter(None, sentences)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_LOOKS_LIKE).casefold()
