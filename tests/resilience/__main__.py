"""`make resilience`: every trial to its full size, its twin beside it, the table into docs/resilience.md.

python -m tests.resilience                       everything (hours on a small machine)
python -m tests.resilience killed --share 0.01   one trial at a hundredth of its size, nothing written
"""

import argparse
import importlib
import logging
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from tests.resilience import postgres, table
from tests.resilience.counting import Outcome
from tests.resilience.site import Site

TRIALS = ("killed", "database_gone", "disk_full", "identical", "closing", "officers", "gateways", "slow_sockets")


@contextmanager
def place(database: str, fault: str = "", log: Path | None = None) -> Iterator[Site]:
    """A folder, and on PostgreSQL a server of its own, for one trial. `log` is where the site's log goes
    when the folder is gone; with it an answer of 500 leaves its traceback there."""
    folder = Path(tempfile.mkdtemp(prefix="pp-resilience-"))
    environment = {"TRACEBACKS": "yes"} if log else {}
    try:
        if database == "SQLite":
            yield Site(folder, fault=fault, environment=environment)
            return
        with postgres.running() as server:
            yield Site(folder, database=server.database("trial"), fault=fault, server=server, environment=environment)
    finally:
        if log and (folder / "server.log").exists():
            shutil.copy(folder / "server.log", log)
        shutil.rmtree(folder, ignore_errors=True)


def _one(
    trial: ModuleType, database: str, fault: str, share: float, minutes: float | None, log: Path | None = None
) -> Outcome:
    began = time.monotonic()
    with place(database, fault, log) as site:
        outcome: Outcome = trial.full(site, share=share, minutes=minutes)
    outcome.counts["minutes"] = round((time.monotonic() - began) / 60, 1)
    return outcome


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("trials", nargs="*", default=list(TRIALS))
    asked.add_argument("--share", type=float, default=1.0)
    asked.add_argument("--minutes", type=float, help="begin nothing new after so many; counts tell")
    asked.add_argument("--write", action="store_true", help="into the table, smaller than whole as it is")
    asked.add_argument("--database", choices=("SQLite", "PostgreSQL"))
    asked.add_argument("--without-twins", action="store_true")
    asked.add_argument("--log", type=Path, help="keep the site's log in this file, with tracebacks of what was a 500")
    given = asked.parse_args()
    # Whoever ends this ends the servers too.
    signal.signal(signal.SIGTERM, lambda *_frame: sys.exit(143))
    logging.disable(logging.WARNING)
    failed = 0
    for name in given.trials:
        trial = importlib.import_module(f"tests.resilience.{name}")
        for database in trial.DATABASES:
            if given.database not in (None, database):
                continue
            failed += not _report(trial, name, database, given)
            if not given.without_twins:
                failed += not _report_twin(trial, name, database)
    return 1 if failed else 0


def _report(trial: ModuleType, name: str, database: str, given: argparse.Namespace) -> bool:
    outcome = _one(trial, database, "", given.share, given.minutes, given.log)
    print(f"{name} {database}: {'held' if outcome.held else 'FAILED'} {outcome.counts} {outcome.wrong}", flush=True)
    if given.share == 1.0 or given.write:
        table.put(name, trial.NAME, database, outcome)
    return outcome.held


def _report_twin(trial: ModuleType, name: str, database: str) -> bool:
    """A twin must fail; it is small, because one finding is enough."""
    good = True
    for fault in trial.TWINS:
        outcome = _one(trial, database, fault, trial.TWIN_SHARE, None)
        found = not outcome.held
        print(f"{name} {database} with {fault}: {'found' if found else 'NOT FOUND'} {outcome.wrong[:2]}", flush=True)
        table.put_twin(name, fault, database, outcome)
        good = good and found
    return good


if __name__ == "__main__":
    sys.exit(main())
