"""A Word file read as plain text: what the office typed and what Word numbers by itself.

Chinese offices let Word count 第一条, 第二条 …; those words stand nowhere in the paragraphs, so a
plain extraction would lose every number that people cite.
"""

from participation.documents.word.reading import read_word

__all__ = ["read_word"]
