"""What is unsafe is refused at start, with a sentence for each: settings that only a demonstration may have, a
database that forgets what it acknowledged, a log that does not continue its heads, a clock that is wrong.

等保 8.1.4.7: what is stored is checked before it is relied on. A database that does not answer is not unsafe: the
site starts, says 503 and is itself again when the database is.
"""

import sys
from datetime import timedelta

from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from participation import clock
from participation.evidence import sealing
from participation.extensions import db, reading

REFUSED = 3
"""The exit status that tells gunicorn and systemd not to try again and again."""

SKEW = timedelta(seconds=5)
"""How far this machine's clock may be from the database's."""

_DURABLE = {"fsync": "on", "full_page_writes": "on"}
"""PostgreSQL: without them an acknowledged letter may be gone after a power cut."""


def refuse_unsafe(app: Flask) -> None:
    """Ends the process with status 3 and a sentence for each thing that is unsafe; else does nothing."""
    found = unsafe(app)
    if found:
        print("\n".join(found), file=sys.stderr)
        raise SystemExit(REFUSED)


def unsafe(app: Flask) -> list[str]:
    """A sentence for each thing that must not be while citizens use the site."""
    found = _settings(app)
    with app.app_context(), reading():
        try:
            found += _database() + _clock() + _log()
        except OperationalError:
            print("The database does not answer yet; its settings and the log were not checked.", file=sys.stderr)
    return found


def _settings(app: Flask) -> list[str]:
    settings = app.extensions["settings"]
    if settings.is_demo:
        return []
    found = []
    if app.debug or app.testing:
        found.append("FLASK_DEBUG: it lets visitors see and run code; unset it in production")
    if len(set(settings.secret_key)) < 10:
        found.append(
            "SECRET_KEY: it is not random; make one with: python3 -c 'import secrets; print(secrets.token_hex())'"
        )
    return found


def _database() -> list[str]:
    if db.engine.dialect.name != "postgresql":
        return []
    told = {name: db.session.scalar(text(f"SHOW {name}")) for name in (*_DURABLE, "synchronous_commit")}
    wrong = [name for name, wanted in _DURABLE.items() if told[name] != wanted]
    if told["synchronous_commit"] == "off":
        wrong.append("synchronous_commit")
    return [f"PostgreSQL: {name} is off, so what was acknowledged can be lost; set it to on" for name in wrong]


def _clock() -> list[str]:
    difference = clock.difference()
    if abs(difference) <= SKEW:
        return []
    seconds = difference.total_seconds()
    return [f"The clock of this machine is {seconds:+.0f} s from the database's; set both by NTP before starting"]


def _log() -> list[str]:
    """The newest head must carry the tree, and no head that was published may be missing from the database."""
    try:
        sealing.refuse_broken()
    except sealing.BrokenLog as broken:
        return [f"The evidence log is broken: {broken}. Look with: flask --app run evidence verify"]
    except DBAPIError:
        # Not migrated yet: there is no log that could be broken.
        db.session.rollback()
    return []
