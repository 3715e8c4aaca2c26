"""One installation under trial: a folder, a database, gunicorn with its workers and the runner of the jobs.

The server is started as docs/operations.md starts it, in a process group of its own, so that it can be
killed whole. `app` names what gunicorn serves: `run:app`, or for a twin `tests.resilience.faults:app`.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from config import HERE, Settings
from participation import clock, create_app
from participation.extensions import db, reading
from tests.consultations import periods
from tests.mailbox import letters
from tests.visitors import Visitor
from tests.world import World

SECRET = "a secret of the trials, longer than thirty-two characters"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """`database` is a PostgreSQL address or empty for SQLite; `fault` plants one (see `faults`)."""

    folder: Path
    database: str = ""
    fault: str = ""
    workers: int = 0
    threads: int = 8
    jobs: bool = True
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    consultation: int = 0
    server: Any = None
    """The `postgres.Postgres` under it, for a trial that kills it."""
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return "PostgreSQL" if self.database else "SQLite"

    def settings(self) -> Settings:
        return Settings(
            instance_dir=self.folder, database_url=self.database, secret_key=SECRET, proxy_hops=1, environment="demo"
        )

    def app(self) -> Flask:
        """The same installation in this process, to prepare and to count."""
        if not hasattr(self, "_app"):
            self._app = create_app(self.settings())
        return self._app

    def prepare(self) -> None:
        """A small district with its mailboxes and one consultation that is open now."""
        app = self.app()
        with app.app_context():
            db.create_all()
        world = World(app)
        with app.app_context():
            now = clock.now()
            began = clock.local(now - timedelta(days=10))
            letters.mailboxes(began)
            ends_on = began.date() + timedelta(days=45)
            self.consultation = periods.opened(
                world,
                now=began.replace(tzinfo=None).isoformat(),
                ends_on=ends_on,
                promised_feedback_on=ends_on + timedelta(days=30),
            ).id
            db.session.commit()
            db.session.remove()
            db.engine.dispose()

    def start(self) -> None:
        """Starts server and runner; returns at once."""
        changed = self.fault or {"AHEAD", "TRACEBACKS"} & set(self.environment)
        module = "tests.resilience.faults:app" if changed else "run:app"
        # As `serving` starts it: on SQLite one process, which has the one writer.
        workers = self.workers or (2 if self.database else 1)
        self._run(
            "-m", "gunicorn", module, "--worker-class", "gthread", "--workers", str(workers),
            "--threads", str(self.threads), "--no-control-socket", "--bind", f"127.0.0.1:{self.port}",
            "--backlog", "2048", "--graceful-timeout", "5", "--worker-tmp-dir", "/dev/shm",
        )  # fmt: skip
        if self.jobs:
            self.begin_runner()

    def begin_runner(self) -> subprocess.Popen[bytes]:
        self._run("-m", "flask", "--app", "run", "jobs", "work")
        return self._running[-1]

    def _run(self, *command: str) -> None:
        environment = os.environ | {
            "INSTANCE_DIR": str(self.folder), "DATABASE_URL": self.database, "SECRET_KEY": SECRET, "PROXY_HOPS": "1",
            "ENVIRONMENT": "demo", "FAULT": self.fault, "PYTHONPATH": str(HERE),
            # A few clients send what thousands of people do.
            "SUBMISSIONS_OF_CONTACT": "1000000", "SUBMISSIONS_OF_NETWORK": "1000000",
        }  # fmt: skip
        with (self.folder / "server.log").open("ab") as log:
            self._running.append(
                subprocess.Popen(
                    [sys.executable, *command], cwd=HERE, env=environment | self.environment, stdout=log, stderr=log,
                    start_new_session=True,
                )
            )  # fmt: skip

    def kill(self) -> None:
        """SIGKILL to every process at once; nobody gets a word."""
        for process in self._running:
            os.killpg(process.pid, signal.SIGKILL)
        for process in self._running:
            process.wait()
        self._running.clear()

    def lives(self) -> bool:
        return bool(self._running) and all(process.poll() is None for process in self._running)

    def wait(self, seconds: float = 120) -> None:
        """Until the server answers."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                    return
            except (OSError, urllib.error.URLError):
                if not self.lives():
                    raise RuntimeError(f"the server ended: see {self.folder / 'server.log'}") from None
                time.sleep(0.1)
        raise RuntimeError("the server does not answer")

    def visitor(self, number: int, **changes: float) -> Visitor:
        return Visitor("127.0.0.1", self.port, number, **changes)  # type: ignore[arg-type]


@contextmanager
def looking(site: Site) -> Iterator[None]:
    """Within it this process reads what the site holds, and takes no lock that the site would wait for."""
    with site.app().app_context(), reading():
        try:
            yield
        finally:
            db.session.rollback()
            db.session.remove()


@contextmanager
def running(site: Site) -> Iterator[Site]:
    """Prepared, started, answering; killed afterwards."""
    site.prepare()
    site.start()
    try:
        site.wait()
        yield site
    finally:
        site.kill()
        with site.app().app_context():
            db.session.remove()
            db.engine.dispose()
