"""Published letters that hold words. Only the redacted public copy is looked at, never the letter."""

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, select

from participation.duties.calendar import load_calendar
from participation.extensions import db
from participation.mailbox.models import Letter
from participation.mailbox.queries.public import PublicRow, _published, _row
from participation.textindex.queries import ids_matching
from participation.web.matching import EVERYTHING, MANY, Narrow, Words
from participation.workdays import start_of


def _public_and_says(words: Words, narrow: Narrow, many: int) -> ColumnElement[bool]:
    asked = [
        Letter.published_at.is_not(None),
        Letter.about_department_id.is_(None),
        Letter.id.in_(ids_matching("letter_public", words, many=many)),
    ]
    if narrow.department_id is not None:
        asked.append(Letter.department_id == narrow.department_id)
    if narrow.year is not None:
        asked.append(Letter.received_at >= start_of(date(narrow.year, 1, 1)))
        asked.append(Letter.received_at < start_of(date(narrow.year + 1, 1, 1)))
    return and_(*asked)


def ids(words: Words, narrow: Narrow = EVERYTHING, *, many: int = MANY) -> Select[int]:
    """The search itself, for whoever counts several in one query."""
    return select(Letter.id).where(_public_and_says(words, narrow, many))


def these(letter_ids: list[int]) -> list[PublicRow]:
    """The letters of these ids, the newest first."""
    calendar = load_calendar()
    rows = db.session.execute(_these(db.engine.dialect.name), {"ids": letter_ids})
    return [_row(calendar, letter, duty) for letter, duty in rows]


@cache
def _these(_dialect: str) -> Any:
    return _published().where(Letter.id.in_(bindparam("ids", expanding=True))).order_by(Letter.id.desc())
