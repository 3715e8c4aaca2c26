"""The bytes of a SQLite file. `secure_delete` overwrites what is deleted, but a page whose rows were moved keeps
copies of them between its rows, and the write-ahead log and the full-text segments hold older pages. Writing the
file anew leaves none of that. PostgreSQL: docs/privacy.md.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select

from participation import clock
from participation.extensions import db
from participation.privacy.holdings import MODELS
from participation.privacy.models import DataRequest
from participation.textindex.ddl import FTS

LARGE = 500 * 1024 * 1024
"""Bytes; writers wait while the file is written, about a second for each 100 MB, so a larger one waits for..."""
NIGHT = range(1, 5)
"""...these hours, Asia/Shanghai."""
WITHOUT_ERASURE = timedelta(days=7)
"""Forms, codes and messages that were forgotten leave their copies too."""


def due(*, now: datetime) -> bool:
    """Whether something was erased since the last time, or a week has passed; a large file waits for the night."""
    last = _last()
    if last is not None and last <= now < last + WITHOUT_ERASURE and not _erased_since(last):
        return False
    return _file().stat().st_size <= LARGE or clock.local(now).hour in NIGHT


def rewrite(*, now: datetime) -> None:
    """Outside of a transaction. Killed in between, the file is as it was."""
    db.session.execute(db.text(f"INSERT INTO {FTS} ({FTS}) VALUES ('optimize')"))
    db.session.commit()
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    _mark().write_text(f"{now.astimezone(UTC).isoformat()}\n", "utf-8")


def _erased_since(last: datetime) -> bool:
    newest = [select(func.max(model.erased_at)) for model in MODELS.values()]
    newest.append(select(func.max(DataRequest.asked_at)).where(DataRequest.kind == "erase"))
    newest.append(select(func.max(DataRequest.emptied_at)))
    return any((instant := db.session.scalar(one)) is not None and instant >= last for one in newest)


def _file() -> Path:
    return Path(str(db.engine.url.database))


def _mark() -> Path:
    return Path(current_app.instance_path) / "rewritten"


def _last() -> datetime | None:
    try:
        found = datetime.fromisoformat(_mark().read_text("utf-8").strip())
    except (FileNotFoundError, ValueError):
        return None
    return found if found.tzinfo else None
