"""What a database administrator could do: change evidence past its triggers and foreign keys."""

from sqlalchemy import text

from participation.evidence import verification
from participation.evidence.findings import Finding
from participation.extensions import db


def tamper(*statements: str, **values: object) -> None:
    """Runs the statements as somebody who owns the database."""
    db.session.commit()
    db.session.remove()
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            _run(connection, statements, values)
            connection.commit()
            return
        connection.rollback()
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        triggers = driver.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            driver.execute(f'DROP TRIGGER "{name}"')
        with connection.begin():
            _run(connection, statements, values)
        for _name, sql in triggers:
            driver.execute(sql)
        driver.execute("PRAGMA foreign_keys=ON")


def _run(connection, statements, values) -> None:
    for statement in statements:
        made = text(statement)
        connection.execute(made, {name: values[name] for name in made._bindparams})


def found() -> Finding | None:
    first = verification.verify().first_bad
    db.session.rollback()
    return first
