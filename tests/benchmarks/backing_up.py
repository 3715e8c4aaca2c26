"""How long a backup and its restore take, and how much memory: entries in bulk, uploads beside them.

    python -m tests.benchmarks.backing_up --entries 400000 --megabytes 200 --ballast 500 [--postgresql]

The ballast are megabytes of text in a table of their own, half of which packing saves.

Each command runs as a process of its own, as an operator runs it.
"""

import argparse
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from flask_migrate import stamp

from config import HERE
from participation.extensions import db
from tests import postgresql
from tests.benchmarks.evidence import _fill
from tests.conftest import _database, make_app

MEGABYTE = 1024 * 1024


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--entries", type=int, default=400_000)
    asked.add_argument("--megabytes", type=int, default=200)
    asked.add_argument("--ballast", type=int, default=500)
    asked.add_argument("--postgresql", action="store_true")
    given = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="pp-backup-"))
    try:
        if given.postgresql:
            with postgresql.server() as address:
                os.environ["TEST_DATABASE_URL"] = address
                _measure(folder, given.entries, given.megabytes, given.ballast)
        else:
            _measure(folder, given.entries, given.megabytes, given.ballast)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(folder: Path, entries: int, megabytes: int, ballast: int) -> None:
    instance, backups, key, head = (folder / name for name in ("instance", "backups", "key", "head.txt"))
    app = make_app(instance)
    with app.app_context():
        stamp()
        _fill(entries)
        with db.engine.begin() as connection:
            connection.execute(db.text("CREATE TABLE ballast (words TEXT)"))
            for _megabyte in range(ballast):
                words = secrets.token_hex(MEGABYTE // 2)
                connection.execute(db.text("INSERT INTO ballast VALUES (:words)"), {"words": words})
        size = db.session.scalar(db.text(_SIZE[db.engine.dialect.name]))
        head.write_text(max((instance / "heads").glob("*.txt"), key=lambda path: int(path.stem)).read_text())
        db.session.remove()
        db.engine.dispose()
    for number in range(megabytes):
        path = instance / "files" / f"{number % 256:02x}" / f"{number:064x}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(secrets.token_bytes(MEGABYTE))
    print(f"{entries:,} entries, database {size // MEGABYTE} MB, files {megabytes} MB, load {os.getloadavg()}")
    settings = app.extensions["settings"]
    said = _run(instance, settings.database, "keys", "--to", key)
    public = said.partition("=")[2].split()[0]
    _run(instance, settings.database, "create", "--to", backups, "--public-key", public)
    (backup,) = backups.glob("*.backup")
    print(f"  the backup has {backup.stat().st_size // MEGABYTE} MB")
    _run(instance, settings.database, "verify", backup, "--key", key, "--head", head)
    empty, database = folder / "restored", _database() or f"sqlite:///{folder / 'restored/participation.db'}"
    where = ("--into", empty, "--database", database)
    _run(instance, settings.database, "restore", backup, "--key", key, "--head", head, *where)


_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def _run(instance: Path, database: str, *arguments: object) -> str:
    command = [sys.executable, "-m", "flask", "--app", "run", "backup", *map(str, arguments)]
    environment = os.environ | {"INSTANCE_DIR": str(instance), "DATABASE_URL": database, "SECRET_KEY": "k" * 40}
    began = time.monotonic()
    with subprocess.Popen(command, cwd=HERE, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        said = running.stdout.read()
        _pid, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise SystemExit(f"{arguments[0]} failed: {said}")
    processor = used.ru_utime + used.ru_stime
    print(
        f"{arguments[0]}: {time.monotonic() - began:.0f} s, of which processor {processor:.0f} s with what it "
        f"started; memory at most {used.ru_maxrss // 1024} MB",
        flush=True,
    )
    return said


if __name__ == "__main__":
    main()
