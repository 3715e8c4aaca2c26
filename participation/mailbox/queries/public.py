"""The letters that everybody may read: answered, with consent, published by staff."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, false, func, or_, select

from participation.duties.calendar import load_calendar
from participation.duties.models import Duty
from participation.extensions import db
from participation.mailbox.models import Letter, PublicCopy
from participation.mailbox.rules import TOPICS
from participation.textindex.queries import counted, ids_matching
from participation.workdays import WorkCalendar, day_of, start_of

PAGE = 20
_CURSOR = re.compile(r"(\d{1,17})-(\d{1,15})", re.ASCII)
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Filters:
    """What a visitor asked for; unknown words are dropped, never an error."""

    topic: str = ""
    department_id: int | None = None
    month: str = ""
    late: bool = False
    words: str = ""

    @classmethod
    def read(cls, topic: str, department: str, month: str, late: str, words: str) -> "Filters":
        number = int(department) if department.isascii() and department.isdigit() and len(department) < 9 else None
        clean = "".join(char for char in words[:40] if char.isprintable() and not 0xD800 <= ord(char) <= 0xDFFF).strip()
        return cls(
            topic if topic in TOPICS else "", number, month if _MONTH.fullmatch(month) else "", late == "1", clean
        )

    def query(self) -> dict[str, str]:
        """The same as a query string, without what is not set."""
        pairs = {
            "topic": self.topic, "department": str(self.department_id or ""), "month": self.month,
            "late": "1" if self.late else "", "q": self.words,
        }  # fmt: skip
        return {name: value for name, value in pairs.items() if value}

    def but(self, **changes: str) -> dict[str, str]:
        """The query string with some filters set otherwise; an empty one is left out."""
        return {name: value for name, value in (self.query() | changes).items() if value}


EVERYTHING = Filters()


@dataclass(frozen=True)
class PublicRow:
    """`used` workdays until the first answer, of which `days_late` after the due day; `extended`:
    within an approved extension, never "in time". The verdict of the first round stays."""

    letter: Letter
    duty: Duty
    used: int
    days_late: int
    copy: PublicCopy | None = None

    @property
    def answered_at(self) -> datetime:
        """Of the first answer, also while the letter is handled anew."""
        assert self.duty.met_at is not None
        return self.duty.met_at

    @property
    def extended(self) -> bool:
        return self.duty.extended and not self.days_late


@dataclass(frozen=True)
class PublicPage:
    rows: Sequence[PublicRow]
    after: str | None


def _published() -> Select[Letter, Duty]:
    # Letters lead, in the order of the page. SQLite, without statistics, would begin at the duties of
    # this kind, which are as many as there are letters: behind a function it does not.
    kind = func.coalesce(Duty.kind, "") if db.engine.dialect.name == "sqlite" else Duty.kind
    joined = and_(Duty.subject_kind == "letter", Duty.subject_id == Letter.id, kind == "letter_answer", Duty.round == 1)
    # 信访工作条例 art. 30: a letter about a unit is nowhere public, whatever else went wrong.
    return (
        select(Letter, Duty)
        .join(Duty, joined)
        .where(Letter.published_at.is_not(None), Letter.about_department_id.is_(None), Duty.met_at.is_not(None))
    )


def _in_order(query: Select[Letter, Duty]) -> Select[Letter, Duty]:
    return query.order_by(Letter.published_at.desc(), Letter.id.desc())


@cache
def _first_page(_dialect: str, limit: int) -> Select[Letter, Duty]:
    """What most readers ask for, put together once."""
    return _in_order(_published()).limit(limit)


def letters(filters: Filters, *, after: str = "", limit: int = PAGE) -> PublicPage:
    """A page of public letters, the latest published first. `after` is the cursor of the page before;
    one that cannot be read starts from the beginning."""
    found = _CURSOR.fullmatch(after)
    if found is None and filters == EVERYTHING:
        query = _first_page(db.engine.dialect.name, limit + 1)
    else:
        query = _in_order(_filtered(_published(), filters)).limit(limit + 1)
    if found:
        at = _EPOCH + timedelta(microseconds=min(int(found[1]), 4 * 10**15))
        # The first condition alone lets the index find the place.
        query = query.where(
            Letter.published_at <= at,
            or_(Letter.published_at < at, and_(Letter.published_at == at, Letter.id < int(found[2]))),
        )
    calendar = load_calendar()
    rows = [_row(calendar, letter, duty) for letter, duty in db.session.execute(query)]
    more = len(rows) > limit
    rows = rows[:limit]
    return PublicPage(rows, _cursor(rows[-1].letter) if more else None)


def _cursor(letter: Letter) -> str:
    assert letter.published_at is not None
    return f"{(letter.published_at - _EPOCH) // timedelta(microseconds=1)}-{letter.id}"


def _filtered(query: Select[Letter, Duty], filters: Filters) -> Select[Letter, Duty]:
    if filters.topic:
        query = query.where(Letter.topic == filters.topic)
    if filters.department_id is not None:
        query = query.where(Letter.department_id == filters.department_id)
    if filters.month:
        year, month = int(filters.month[:4]), int(filters.month[5:])
        following = date(year + month // 12, month % 12 + 1, 1)
        query = query.where(
            Letter.published_at >= start_of(date(year, month, 1)), Letter.published_at < start_of(following)
        )
    if filters.late:
        # The same as for the kind: SQLite would begin at every late duty and sort.
        late: Any = func.coalesce(Duty.met_late, false()) if db.engine.dialect.name == "sqlite" else Duty.met_late
        query = query.where(late)
    if filters.words:
        words = [(word,) for word in filters.words.split()]
        query = query.where(Letter.id.in_(ids_matching("letter_public", words)))
    return query


def letter(letter_id: int) -> PublicRow | None:
    """With the public copy that the page is made from."""
    row = db.session.execute(_one(db.engine.dialect.name), {"letter": letter_id}).first()
    return replace(_row(load_calendar(), row[0], row[1]), copy=row[2]) if row else None


@cache
def _one(_dialect: str) -> Select[Letter, Duty, PublicCopy]:
    with_copy = _published().add_columns(PublicCopy).outerjoin(PublicCopy, PublicCopy.letter_id == Letter.id)
    return with_copy.where(Letter.id == bindparam("letter"))


def _row(calendar: WorkCalendar, letter: Letter, duty: Duty) -> PublicRow:
    assert duty.met_at is not None
    on = day_of(duty.met_at)
    late = max(1, calendar.workdays_between(duty.due_on, on)) if duty.met_late else 0
    return PublicRow(letter, duty, calendar.workdays_between(duty.started_on, on), late)


def count(filters: Filters) -> int:
    """How many letters fit; counting stops at one over `MANY`."""
    return counted([_filtered(_published(), filters).with_only_columns(Letter.id)])[0]


def latest_change(filters: Filters) -> datetime | None:
    """When the newest of these letters was published."""
    query = _filtered(_published(), filters).with_only_columns(Letter.published_at)
    return db.session.scalar(query.order_by(Letter.published_at.desc(), Letter.id.desc()).limit(1))


def topics_used(limit: int = 6) -> list[str]:
    """The topics that have public letters, in the district's order: the chips above the list."""
    row = db.session.execute(_topics_asked()).one()
    return [topic for topic, used in zip(TOPICS, row, strict=True) if used][:limit]


@cache
def _topics_asked() -> Any:
    probes = [
        select(Letter.id)
        .where(Letter.topic == topic, Letter.published_at.is_not(None), Letter.about_department_id.is_(None))
        .exists()
        for topic in TOPICS
    ]
    return select(*probes)
