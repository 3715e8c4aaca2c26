"""Whether this process can serve, and what an operator should look at."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from flask import current_app
from sqlalchemy import exists, func, select, text

from config import HERE
from participation.clock import local_date
from participation.duties.service import load_calendar
from participation.evidence import doubt
from participation.evidence.models import EvidenceEntry, EvidenceSeal
from participation.extensions import db
from participation.jobs import BACKUP as BACKUP_ROW
from participation.jobs import JobLease
from participation.notices.models import Notice

UNSEALED = timedelta(seconds=60)
"""An entry is sealed within ten seconds; after sixty something stands still."""


BACKUP = timedelta(hours=26)
"""A backup is made every night; two hours more, and a night was missed."""


@dataclass(frozen=True)
class Check:
    """`ready` is false where the site must not be asked; `fine` where somebody should look."""

    name: str
    fine: bool
    ready: bool = True


def checks(*, now: datetime) -> list[Check]:
    """Everything that can be wrong, in the order in which it is mended."""
    if not _database():
        return [Check("database", False, False)]
    schema = _schema()
    found = [Check("database", True), schema]
    if schema.ready:
        covered = _calendar(now)
        found += [Check("calendar", covered, _has_calendar()), Check("runner", runner_lives(now=now))]
        found += [Check("sealing", unsealed_since(now=now) < UNSEALED), Check("clock", doubt.health().fine)]
        found += [Check("delivery", failed_messages(now=now) == 0)]
        found += [Check("backup", _backup(now))]
    return found


def _database() -> bool:
    try:
        return db.session.scalar(text("SELECT 1")) == 1
    except Exception:
        db.session.rollback()
        return False


@cache
def _revisions() -> tuple[str, ...]:
    """The revisions that this code knows, newest first."""
    # By their files' names: Alembic itself would be 8 MB of each worker.
    versions = (Path(HERE) / "migrations" / "versions").glob("[0-9]*_*.py")
    return tuple(sorted((path.name.partition("_")[0] for path in versions), reverse=True))


def _schema() -> Check:
    """An older schema lacks what this code needs. A newer one, whose revision this code does not know, only has
    more: an upgrade is under way, and this host serves until its turn comes."""
    try:
        stored = db.session.scalars(text("SELECT version_num FROM alembic_version")).all()
    except Exception:
        db.session.rollback()
        stored = []
    fine = list(stored) == [_revisions()[0]]
    newer = bool(stored) and not set(stored) & set(_revisions())
    return Check("schema", fine, fine or newer)


def _has_calendar() -> bool:
    try:
        load_calendar()
    except Exception:
        return False
    return True


def _calendar(now: datetime) -> bool:
    """Whether the days of the next two months stand in a notice."""
    return _has_calendar() and load_calendar().covered_until >= local_date(now + timedelta(days=60))


def runner_lives(*, now: datetime) -> bool:
    until = db.session.scalar(select(JobLease.until).where(JobLease.name == "runner"))
    return until is not None and until > now


def unsealed_since(*, now: datetime) -> timedelta:
    """How long the oldest entry without a seal has waited; zero where every one has its seal."""
    newest = db.session.scalar(select(func.max(EvidenceSeal.entry_id))) or 0
    # On PostgreSQL a lower number may be committed later: looked for among the last few thousand.
    waits = ~exists().where(EvidenceSeal.entry_id == EvidenceEntry.id)
    oldest = db.session.scalar(
        select(func.min(EvidenceEntry.recorded_at)).where(EvidenceEntry.id > newest - 5000, waits)
    )
    return now - oldest if oldest is not None and oldest < now else timedelta(0)


def failed_messages(*, now: datetime) -> int:
    """Messages of the last day that no attempt could deliver."""
    recent = (Notice.state == "failed", Notice.created_at > now - timedelta(days=1))
    return db.session.scalar(select(func.count()).select_from(Notice).where(*recent)) or 0


def backup_age(*, now: datetime) -> timedelta | None:
    """How old the newest backup is that was made and read back; None where there never was one."""
    made_at = db.session.scalar(select(JobLease.ran_at).where(JobLease.name == BACKUP_ROW))
    return None if made_at is None else now - made_at


def _backup(now: datetime) -> bool:
    age = backup_age(now=now)
    if age is None:
        # A demonstration has nothing to lose.
        return bool(current_app.extensions["settings"].is_demo)
    return age < BACKUP
