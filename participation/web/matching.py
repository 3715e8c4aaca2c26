"""Looking for words in columns, alike in every feature and on both databases."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

Words = Sequence[Sequence[str]]


def says(words: Words, *columns: Any) -> ColumnElement[bool]:
    """Every word occurs in one of the columns, in one of its spellings; capitals do not matter."""
    return and_(
        *(
            or_(*(column.icontains(spelling, autoescape=True) for column in columns for spelling in spellings))
            for spellings in words
        )
    )
