"""A private PostgreSQL server for the tests: own folder, own port, stopped again.

PostgreSQL refuses to run as root, so then it runs under the user `postgres`.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.memory import room


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    if program is None:
        raise SystemExit("PostgreSQL is missing: install the package postgresql")
    return Path(program).parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(*command: str, may_fail: bool = False) -> None:
    prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    done = subprocess.run([*prefix, *command], capture_output=True, text=True, cwd="/", check=False)
    if done.returncode and not may_fail:
        raise SystemExit(f"{command[0]} failed: {done.stdout}{done.stderr}")


# Nothing of a test has to outlive a power cut.
_CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextmanager
def server(keep: Path | None = None, *, settings: str | None = None) -> Iterator[str]:
    """Starts the server; the value is the address of its `postgres` database. `keep` names a folder that stays,
    with what is in it, for the next time; `settings` are options that take the place of the careless ones."""
    programs, port = _programs(), _free_port()
    place = room() if settings is None else None
    folder = Path(tempfile.mkdtemp(prefix="pp-postgresql-", dir=place)) if keep is None else keep
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = str(folder / "data")
    try:
        if not (folder / "data" / "PG_VERSION").exists():
            _run(
                str(programs / "initdb"), "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"
            )
        if (folder / "data" / "postmaster.pid").exists():
            # A run that was killed has left its server behind, or only the file.
            _run(str(programs / "pg_ctl"), "-D", data, "-m", "fast", "-s", "stop", may_fail=True)
        chosen = _CARELESS if settings is None else settings
        options = (
            f"{chosen} -c timezone=UTC -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        )
        _run(str(programs / "pg_ctl"), "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            _run(str(programs / "pg_ctl"), "-D", data, "-m", "immediate" if keep is None else "fast", "stop")
    finally:
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)
