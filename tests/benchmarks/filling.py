"""The throw-away district of the benchmark: departments and accounts of the demonstration, then
letters in bulk, then the index of words."""

import time
from datetime import date, datetime

from flask import Flask
from sqlalchemy import select

from participation import clock
from participation.access import Role
from participation.demo.founding import found
from participation.demo.stage import Stage
from participation.duties.service import load_calendar
from participation.extensions import db, reading
from participation.mailbox.models import Answer, Letter
from participation.mailbox.queries.mailboxes import mailbox_named
from participation.search.jobs import refresh_statistics
from participation.textindex import ddl
from participation.textindex.service import _rows
from participation.workdays import start_of
from tests.benchmarks.copying import BASE, copy
from tests.benchmarks.many_letters import Plan, rows
from tests.benchmarks.writing import write

FIRST_DAY = date(2022, 1, 4)
CHUNK = 20_000
BUSY = "ZJJ"
"""The unit with a third of all letters."""


def fill(app: Flask, *, letters: int, now: datetime) -> None:
    base = min(letters, BASE)
    with app.app_context():
        db.drop_all()
        db.create_all()
        stage = Stage(until=now)
        began = start_of(FIRST_DAY)
        with clock.played(began):
            found(stage, now=began)
        db.session.commit()
        units = [number for code, number in stage.department.items() if code != "ZFB"]
        boxes = [mailbox_named("mayor"), mailbox_named("interaction")]
        officer = stage.actors[(BUSY, Role.OFFICER)].person_id
        assert officer is not None
        plan = Plan(
            count=base, now=now, first_day=FIRST_DAY, calendar=load_calendar(), departments=units,
            weights=[20 if number == stage.department[BUSY] else 1 for number in units],
            mailboxes=[box.id for box in boxes if box], office=stage.department["ZFB"], officer=officer,
        )  # fmt: skip
        db.session.remove()
        begun = time.perf_counter()
        write(db.engine, rows(plan))
        print(f"  rows written in {time.perf_counter() - begun:.0f} s", flush=True)
        begun = time.perf_counter()
        _index_words()
        copy(db.engine, letters=letters, base=base)
        _finish(now)
        print(f"  words indexed, copies made in {time.perf_counter() - begun:.0f} s", flush=True)


def _index_words() -> None:
    public = select(Letter.id, Letter.public_title, Letter.public_text, Letter.public_answer)
    drawers = (
        ("letter_public", public.where(Letter.published_at.is_not(None))),
        ("letter_desk", select(Letter.id, Letter.title, Letter.text)),
        ("answer", select(Answer.id, Answer.text)),
    )
    for kind, query in drawers:
        table, last = query.selected_columns.id.table, 0
        while True:
            part = query.where(table.c.id > last).order_by(table.c.id).limit(CHUNK)
            with reading():
                found_ = db.session.execute(part).all()
                db.session.remove()
            if not found_:
                break
            last = found_[-1][0]
            write(
                db.engine,
                [("text_part", row) for line in found_ for row in _rows(kind, line[0], "\n".join(line[1:]))],
            )


def _finish(now: datetime) -> None:
    """What a running database does by itself: statistics of the tables, and on PostgreSQL the keys' places."""
    with db.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        if db.engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"INSERT INTO {ddl.FTS}({ddl.FTS}) VALUES ('rebuild')")
            connection.exec_driver_sql("COMMIT")
            refresh_statistics(now=now)
            return
        for name in ("letter", "duty", "letter_answer"):
            connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}")
        connection.exec_driver_sql("VACUUM ANALYZE")
