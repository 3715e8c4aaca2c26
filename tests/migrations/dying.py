"""A process that migrates and kills itself, as a power cut would, right before one of its statements.

Each is forked from one server process that has loaded the programme, not from the tests' own, whose
connections it would inherit.
"""

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, event

from config import Settings
from participation import create_app

_processes = multiprocessing.get_context("forkserver")
# What `create_app` loads; most of the rest comes with it.
_LOADED = [f"participation.{name}.views" for name in ("mailbox", "decisions", "consultations", "oversight", "api")]
_processes.set_forkserver_preload([__name__, *_LOADED])


def migrate_and_die(app: Flask, at: int, *, to: str = "up") -> tuple[int, int]:
    """The exit code (-9 when it died) and how many statements it ran when it lived: `at` counts those that
    change something, from 1. `to` is "up" or "down", all the way."""
    told, telling = _processes.Pipe(duplex=False)
    url = app.extensions["settings"].database_url
    process = _processes.Process(target=_migrate, args=(app.instance_path, url, at, to, telling))
    process.start()
    telling.close()
    try:
        seen = int(told.recv())
    except EOFError:
        seen = 0
    process.join()
    return int(process.exitcode or 0), seen


def _migrate(folder: str, url: str, last: int, to: str, telling: Connection) -> None:
    seen = 0

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal seen
        seen += not statement.lstrip().upper().startswith(("PRAGMA", "SELECT", "BEGIN"))
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    settings = Settings(instance_dir=Path(folder), database_url=url, secret_key="a secret of more than 32 signs")
    with create_app(settings).app_context():
        downgrade(revision="0001") if to == "down" else upgrade()
    telling.send(seen)
