"""The calendar in the database: the newest version counts, every older one stays."""

from datetime import datetime
from functools import lru_cache

from flask import g, has_request_context
from sqlalchemy import func, select

from participation.access import SYSTEM, Actor
from participation.duties.calendar.contents import Contents, Day
from participation.duties.calendar.seed import seed_contents
from participation.duties.models import CalendarDay, CalendarVersion
from participation.evidence import service as evidence
from participation.extensions import db
from participation.workdays import WorkCalendar


class CalendarMissing(LookupError):
    """No holiday notice has been loaded, so no date can be counted: run `make setup`."""


SEED_NOTE = "国务院办公厅2019年至2026年部分节假日安排的通知"
_built: dict[tuple[str, str], WorkCalendar] = {}


_NEWEST = select(CalendarVersion).order_by(CalendarVersion.id.desc()).limit(1)


def newest_version() -> CalendarVersion | None:
    return db.session.scalar(_NEWEST)


def versions() -> list[CalendarVersion]:
    """Every version that was ever loaded, the newest first."""
    return list(db.session.scalars(select(CalendarVersion).order_by(CalendarVersion.id.desc())))


def contents_of(version: CalendarVersion) -> Contents:
    rows = db.session.scalars(select(CalendarDay).where(CalendarDay.version_id == version.id))
    return Contents.of(
        Day(row.day, row.kind, row.festival, row.notice)  # type: ignore[arg-type]
        for row in rows
    )


def load_calendar() -> WorkCalendar:
    """The calendar to count with now; a request asks once. Raises `CalendarMissing` before anything is loaded."""
    if not has_request_context():
        return _load_calendar()
    if "calendar" not in g:
        g.calendar = _load_calendar()
    found = g.calendar
    assert isinstance(found, WorkCalendar)
    return found


def _load_calendar() -> WorkCalendar:
    version = newest_version()
    if version is None:
        raise CalendarMissing("No holiday notice has been loaded. Run: make setup")
    # A version's days never change, so a process may keep what it has built from them.
    key = (version.label, version.digest)
    if key not in _built:
        _built.clear()
        _built[key] = contents_of(version).calendar(version.label)
    return _built[key]


def _next_label(contents: Contents) -> str:
    year = contents.covered_until.year
    taken = db.session.scalar(
        select(func.count()).select_from(CalendarVersion).where(CalendarVersion.label.like(f"{year}-%"))
    )
    return f"{year}-{(taken or 0) + 1}"


def add_version(contents: Contents, *, source: str, note: str, actor: Actor, now: datetime) -> CalendarVersion:
    """Stores the contents as the newest version. The caller has checked them for gaps."""
    version = CalendarVersion(
        label=_next_label(contents),
        created_at=now,
        source=source[:200],
        covered_from=contents.covered_from,
        covered_until=contents.covered_until,
        note=note,
        digest=contents.digest,
        days=[
            CalendarDay(day=day.day, kind=day.kind, festival=day.festival, notice=day.notice)
            for day in contents.days.values()
        ],
    )
    db.session.add(version)
    db.session.flush()
    if has_request_context():
        g.pop("calendar", None)
    evidence.record(
        "calendar.loaded",
        subject=version,
        actor=actor,
        now=now,
        facts={"label": version.label, "source": version.source, "covered_until": version.covered_until},
    )
    return version


@lru_cache(maxsize=1)
def _seed() -> Contents:
    return seed_contents()


def seed_calendar(now: datetime) -> CalendarVersion:
    """Loads the notices of 2019 to 2026 into an empty calendar; does nothing to another."""
    existing = newest_version()
    if existing is not None:
        return existing
    return add_version(_seed(), source="chinesecalendar 1.11.0", note=SEED_NOTE, actor=SYSTEM, now=now)
