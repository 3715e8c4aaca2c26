"""What lies beside the rows: pages of SQLite, and the published files."""

from flask import current_app

from participation.api.filing import shelf
from participation.api.resources import RESOURCES
from participation.extensions import db
from participation.textindex.ddl import FTS


def drop_published_files() -> int:
    """Takes the copies of what can be withdrawn out of the nightly files; the next night makes them anew."""
    gone = 0
    names = {resource.name for resource in RESOURCES if resource.retractable}
    for run in shelf.runs():
        for file in run.files:
            if file.resource in names:
                (run.folder / file.name).unlink(missing_ok=True)
                gone += 1
    return gone


def shred() -> None:
    """SQLite overwrites what it deletes (`secure_delete`); its log and its full-text segments hold older
    pages until they are folded in. On PostgreSQL autovacuum and the retention of its log do this."""
    if db.engine.dialect.name != "sqlite":
        return
    db.session.commit()
    db.session.execute(db.text(f"INSERT INTO {FTS} ({FTS}) VALUES ('optimize')"))
    db.session.commit()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    current_app.logger.debug("database_folded")
