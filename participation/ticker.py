"""huey as the ticker: it wakes the runner every few seconds, and the runner does whatever is due.

Nothing is scheduled that could be lost: a tick carries no work of its own (see `jobs`). Ticks follow one
another; a periodic task, which huey looks at once a minute, begins a new row of them should one have
broken off. Each host has its own ticker; which host's runner works is said by the lease in the database.
"""

import logging
import secrets
import socket
import threading
from pathlib import Path

from flask import Flask
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.consumer import Consumer

from participation import clock
from participation.extensions import db
from participation.failures import place
from participation.jobs import release, run_due

log = logging.getLogger(__name__)

EVERY_SECONDS = 4
"""The next tick comes so long after the end of one, found by a look each second: an entry waits for its
seal at most ten seconds as long as the work of one tick takes no more than five."""


class Ticker:
    """The ticks of one process. `run(stop)` returns once `stop` is set and the work at hand is done."""

    def __init__(self, app: Flask, *, every: int = EVERY_SECONDS) -> None:
        self.app, self.every = app, every
        self.holder = secrets.token_hex(8)
        self.huey = _store(app)
        self.tick = self.huey.task(name="tick")(self._tick)
        self.huey.periodic_task(crontab(), name="wake")(self._wake)

    def run(self, stop: threading.Event) -> None:
        # What an earlier process left behind are only ticks.
        self.huey.flush()
        consumer = _Ticking(self.huey, workers=1, initial_delay=0.2, backoff=1, max_delay=1)
        consumer.start()
        self.tick()
        try:
            while not stop.wait(timeout=10):
                consumer.check_worker_health()
        finally:
            consumer.stop(graceful=True)
            with self.app.app_context():
                release(self.holder)

    def once(self) -> None:
        """What is due now, each job in its own transactions; an error is logged and the next tick catches up."""
        with self.app.app_context():
            try:
                run_due(clock.now(), holder=self.holder)
            except Exception as error:
                # The database may be away for a moment.
                db.session.rollback()
                log.error("jobs_failed error=%s at=%s", type(error).__name__, place(error))

    def _tick(self) -> None:
        try:
            self.once()
        finally:
            if not self._waiting():
                self.tick.schedule(delay=self.every)

    def _wake(self) -> None:
        if not self._waiting():
            self.tick()

    def _waiting(self) -> bool:
        """Whether another tick is on its way: there is one row of ticks, never two."""
        return bool(self.huey.pending_count() or self.huey.scheduled_count())


class _Ticking(Consumer):  # type: ignore[misc]
    """A consumer inside a process that answers its signals itself."""

    def _set_signal_handlers(self) -> None:
        pass


def _store(app: Flask) -> Huey:
    """Where the ticks lie: SQLite in the instance folder, or the PostgreSQL that `TICKER_URL` names."""
    settings = app.extensions["settings"]
    if settings.ticker_url:
        return PostgresHuey(f"ticker.{socket.gethostname()}", dsn=settings.ticker_url, results=False)
    path: Path = settings.instance_dir / "ticker.db"
    return SqliteHuey("ticker", filename=str(path), results=False, fsync=False)
