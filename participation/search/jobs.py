"""Due work: SQLite learns how much is in its tables; PostgreSQL sees to that by itself."""

from datetime import datetime, timedelta

from sqlalchemy import text

from participation.extensions import db


def refresh_statistics(*, now: datetime) -> int:
    """Without them SQLite guesses which index leads. Table after table: nobody waits longer for a
    lock than one of them takes (with a million letters three seconds). Returns how many tables."""
    if db.engine.dialect.name != "sqlite":
        return 0
    tables = [table.name for table in db.metadata.sorted_tables]
    for name in tables:
        db.session.execute(text(f"ANALYZE {name}"))
        db.session.commit()
    return len(tables)


JOBS = (("search.statistics", 97, refresh_statistics, timedelta(hours=24)),)
