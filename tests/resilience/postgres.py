"""A PostgreSQL that can be killed, with the settings it has in production: what is committed is on the disk.

It is watched as systemd watches it (Restart=on-failure): where it has ended it is started again.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.postgresql import _programs, _run
from tests.resilience.site import free_port

_AS_POSTGRES = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []


@dataclass
class Postgres:
    """`pause` is how long a dead server stays dead."""

    folder: Path
    data: Path
    wal: Path | None = None
    pause: float = 2.0
    port: int = field(default_factory=free_port)
    options: tuple[str, ...] = ()
    starts: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _ended: threading.Event = field(default_factory=threading.Event)
    _keeper: threading.Thread | None = None

    @property
    def server(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        beside = ["-X", str(self.wal)] if self.wal else []
        _run(
            str(_programs() / "initdb"), "-D", str(self.data), "-U", "postgres", "--auth=trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--wal-segsize=1", *beside,
        )  # fmt: skip

    def begin(self) -> None:
        self._start()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()
        self.wait()

    def _start(self) -> None:
        self.starts += 1
        log = (self.folder / "postgresql.log").open("ab")
        command = [
            *_AS_POSTGRES, str(_programs() / "postgres"), "-D", str(self.data), "-p", str(self.port),
            "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}", "-c", "timezone=UTC",
            "-c", "max_connections=150", *self.options,
        ]  # fmt: skip
        self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", start_new_session=True)
        log.close()

    def _keep(self) -> None:
        while not self._ended.wait(0.1):
            if self._process is not None and self._process.poll() is not None:
                if self._ended.wait(self.pause):
                    return
                self._start()

    def wait(self, seconds: float = 60) -> None:
        """Until it takes connections."""
        engine, deadline = create_engine(self.server, hide_parameters=True), time.monotonic() + seconds
        while True:
            try:
                with engine.connect() as connection:
                    connection.execute(text("SELECT 1"))
                engine.dispose()
                return
            except Exception:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def kill(self) -> None:
        """SIGKILL to the postmaster and every child of it, at once."""
        assert self._process is not None
        family = [self._process.pid, *_children(self._process.pid)]
        for number in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)

    def database(self, name: str) -> str:
        """The address of a new database, for the application."""
        engine = create_engine(self.server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        engine.dispose()
        return self.server.rsplit("/", 1)[0] + "/" + name

    def end(self) -> None:
        self._ended.set()
        if self._keeper is not None:
            self._keeper.join()
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


@contextmanager
def running(folder: Path | None = None, **changes: object) -> Iterator[Postgres]:
    """A new server in `folder`, or in a folder of its own that is gone afterwards."""
    place = folder or Path(tempfile.mkdtemp(prefix="pp-postgresql-"))
    place.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(place, "postgres", "postgres")
    found = Postgres(place, **({"data": place / "data"} | changes))  # type: ignore[arg-type]
    try:
        found.make()
        found.begin()
        yield found
    finally:
        found.end()
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)
