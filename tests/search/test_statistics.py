"""SQLite's statistics: without them it guesses which index leads."""

from sqlalchemy import text

from participation.extensions import db
from participation.jobs import all_jobs
from participation.search.jobs import refresh_statistics
from tests.duties.notices import at

NOW = at("2026-11-23T09:00")


def test_the_tables_are_looked_at_once_a_day_on_sqlite_alone(world):
    db.session.commit()
    done = refresh_statistics(now=NOW)
    assert "search.statistics" in [job.name for job in all_jobs()]
    if db.engine.dialect.name == "sqlite":
        assert done == len(db.metadata.tables)
        assert db.session.scalar(text("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'department'"))
    else:
        assert done == 0
