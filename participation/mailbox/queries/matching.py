"""Published letters that hold words. Only the redacted public copy is looked at, never the letter."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, select

from participation.duties.calendar import load_calendar
from participation.extensions import db
from participation.mailbox.models import Letter
from participation.mailbox.queries.public import PublicRow, _published, _row
from participation.textindex.queries import ids_matching
from participation.web.matching import EVERYTHING, Narrow, Words
from participation.workdays import start_of


def _public_and_says(words: Words, narrow: Narrow) -> ColumnElement[bool]:
    asked = [
        Letter.published_at.is_not(None),
        Letter.about_department_id.is_(None),
        Letter.id.in_(ids_matching("letter_public", words)),
    ]
    if narrow.department_id is not None:
        asked.append(Letter.department_id == narrow.department_id)
    if narrow.year is not None:
        asked.append(Letter.received_at >= start_of(date(narrow.year, 1, 1)))
        asked.append(Letter.received_at < start_of(date(narrow.year + 1, 1, 1)))
    return and_(*asked)


def ids(words: Words, narrow: Narrow = EVERYTHING) -> Select[int]:
    """The search itself, for whoever counts several in one query."""
    return select(Letter.id).where(_public_and_says(words, narrow))


def matching(words: Words, *, limit: int, before: int | None = None, narrow: Narrow = EVERYTHING) -> list[PublicRow]:
    """The letters that hold every word, the newest first; `before` is the last id of the page before."""
    query = _published().where(_public_and_says(words, narrow))
    if before is not None:
        query = query.where(Letter.id < before)
    calendar = load_calendar()
    rows = db.session.execute(query.order_by(Letter.id.desc()).limit(limit))
    return [_row(calendar, letter, duty) for letter, duty in rows]
