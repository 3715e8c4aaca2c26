"""Due work: what was uploaded into a form that was never sent goes away."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from participation.extensions import db
from participation.files.arriving import arrivals
from participation.files.models import StoredFile
from participation.files.rules import STAGED_DAYS

_YOUNG = timedelta(days=1)


def drop_staged(*, now: datetime) -> int:
    """Removes staged files older than seven days, and bytes that no row names any more."""
    old = StoredFile.created_at < now - timedelta(days=STAGED_DAYS)
    ids = list(db.session.scalars(select(StoredFile.id).where(StoredFile.attached_at.is_(None), old)))
    db.session.commit()
    for file_id in ids:
        file = db.session.get(StoredFile, file_id, with_for_update=True)
        if file is not None and file.attached_at is None:
            db.session.delete(file)
        db.session.commit()
    return len(ids) + _sweep(now=now)


def _sweep(*, now: datetime) -> int:
    swept = _arrived_and_left(now=now)
    for path in sorted((Path(current_app.instance_path) / "files").glob("*/*/*")):
        # A young file may belong to a transaction that is still open.
        if _written_at(path) > now - _YOUNG:
            continue
        named = db.session.scalar(select(StoredFile.id).where(StoredFile.sha256 == path.name).limit(1))
        db.session.commit()
        if named is None:
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def _arrived_and_left(*, now: datetime) -> int:
    """Uploads whose request ended before anybody knew what they were."""
    old = [path for path in arrivals().glob("*.part") if _written_at(path) <= now - _YOUNG]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


JOBS = (("files.drop_staged", 95, drop_staged, timedelta(hours=1)),)
