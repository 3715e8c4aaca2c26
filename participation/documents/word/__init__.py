"""A Word file read as plain text: what the office typed and what Word numbers by itself.

Chinese offices let Word count 第一条, 第二条 …; those words stand nowhere in the paragraphs, so a
plain extraction would lose every number that people cite.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from participation.documents.word.reading import WordText


def read_word(source: bytes | Path) -> "WordText":
    """The text of a Word file. Raises Refused("invalid", field="file") when it is none or too large."""
    # Loaded here: python-docx brings lxml, 7 MB that few requests need.
    from participation.documents.word.reading import read_word as read

    return read(source)
