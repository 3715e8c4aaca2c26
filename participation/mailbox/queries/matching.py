"""Published letters that hold words. Only the redacted public copy is looked at, never the letter."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, func, select

from participation.duties.calendar import load_calendar
from participation.extensions import db
from participation.mailbox.models import Letter
from participation.mailbox.queries.public import PublicRow, _published, _row
from participation.web.matching import Words, says


def _public_and_says(words: Words) -> ColumnElement[bool]:
    texts = says(words, Letter.public_title, Letter.public_text, Letter.public_answer, Letter.number)
    return and_(Letter.published_at.is_not(None), texts)


def how_many(asked: Sequence[Words]) -> list[int]:
    """For each of several searches the number of letters, by one query."""
    if not asked:
        return []
    columns = [func.coalesce(func.sum(case((_public_and_says(words), 1), else_=0)), 0) for words in asked]
    return [int(count) for count in db.session.execute(select(*columns).select_from(Letter)).one()]


def matching(words: Words, *, limit: int, before: int | None = None) -> list[PublicRow]:
    """The letters that hold every word, the newest first; `before` is the last id of the page before."""
    query = _published().where(_public_and_says(words))
    if before is not None:
        query = query.where(Letter.id < before)
    calendar = load_calendar()
    rows = db.session.execute(query.order_by(Letter.id.desc()).limit(limit))
    return [_row(calendar, letter, duty) for letter, duty in rows]
