"""How long the ledger takes with very many duties: now, at a past moment, compared, exported.

    python -m tests.benchmarks.ledger --duties 1000000

Makes a throw-away database, asks each page in this process and prints the medians. Ends with 1 when a page takes
longer than the limit.
"""

import argparse
import os
import platform
import sys
import tempfile
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from participation import clock
from participation.accounts.models import Department
from participation.clock import SHANGHAI
from participation.demo.scale.filling import BASE
from participation.duties.models import Duty
from participation.extensions import db
from participation.jobs import all_jobs
from tests import postgresql
from tests.benchmarks.filling import BUSY, fill
from tests.benchmarks.measuring import Result, _signed_in, _time
from tests.conftest import make_app

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
LIMIT_MS = 200.0


def pages(unit: int) -> list[tuple[str, str]]:
    """What an auditor asks, by name."""
    day, year = "at=2026-11-16+24:00", "at=2025-11-16+24:00"
    week = "/ledger/changes?earlier=2026-11-16+24:00"
    return [
        ("ledger", "/ledger"),
        ("ledger, everything", "/ledger?state=all"),
        ("ledger, a unit", f"/ledger?department={unit}"),
        ("ledger, a kind met late", "/ledger?kind=letter_answer&state=met_late"),
        ("ledger a week ago", f"/ledger?{day}"),
        ("ledger a week ago, everything", f"/ledger?{day}&state=all"),
        ("ledger a week ago, a unit", f"/ledger?{day}&department={unit}"),
        ("ledger a year ago", f"/ledger?{year}"),
        ("ledger a year ago, everything", f"/ledger?{year}&state=all"),
        ("ledger a year ago, a unit", f"/ledger?{year}&department={unit}"),
        ("difference of a week", week),
        ("difference of a week, a unit", f"{week}&department={unit}"),
        ("difference of a year", "/ledger/changes?earlier=2025-11-16+24:00"),
        ("difference of a week, a year ago", "/ledger/changes?earlier=2025-11-16+24:00&later=2025-11-23+24:00"),
        ("export CSV, what is late", "/ledger.csv?state=overdue"),
        ("export CSV, late a week ago", f"/ledger.csv?{day}&state=overdue"),
        ("export JSON, due in a week", "/ledger.json?state=open&due_from=2026-11-23&due_until=2026-11-27"),
        ("trends", "/ledger/trends"),
        ("trends, a unit", f"/ledger/trends?department={unit}"),
    ]


def _one(folder: Path, url: str, *, letters: int, repeats: int) -> list[Result]:
    kept = folder / "filled"
    app = make_app(folder, database_url=url, fresh=not kept.exists())
    if not kept.exists():
        fill(app, letters=letters, now=NOW)
        kept.touch()
    return _measured(app, repeats=repeats)


def _measured(app: Flask, *, repeats: int) -> list[Result]:
    with app.app_context(), clock.played(NOW):
        unit = db.session.scalar(select(Department.id).where(Department.code == BUSY)) or 0
        print(
            f"{db.engine.dialect.name}: {db.session.scalar(select(func.count()).select_from(Duty))} duties", flush=True
        )
        for job in all_jobs():
            if job.name == "mailbox.figures":
                job.run(now=NOW)
                db.session.commit()
        db.session.remove()
        auditor = _signed_in(app, "shenji")
        return [_time(name, auditor, path, repeats) for name, path in pages(unit)]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--duties", type=int, default=1_000_000)
    asked.add_argument("--repeats", type=int, default=7)
    asked.add_argument("--only", choices=("sqlite", "postgresql"))
    asked.add_argument("--url", help="An empty PostgreSQL database to use instead of a throw-away server.")
    asked.add_argument("--keep", type=Path, help="A folder for what is filled, used again by the next run.")
    given = asked.parse_args()
    # A letter owes at least its answer and its assignment.
    letters = max(1, -(-given.duties // (2 * BASE))) * BASE if given.duties >= 2 * BASE else given.duties // 2
    results: dict[str, list[Result]] = {}
    with tempfile.TemporaryDirectory(prefix="pp-bench-") as folder:
        if given.only != "postgresql":
            place = given.keep or Path(folder) / "sqlite"
            place.mkdir(parents=True, exist_ok=True)
            url = f"sqlite:///{place / 'ledger.sqlite'}"
            results["sqlite"] = _one(place, url, letters=letters, repeats=given.repeats)
        if given.only != "sqlite":
            with postgresql.server() if given.url is None else nullcontext(given.url) as url:
                place = (given.keep or Path(folder)) / "postgresql"
                place.mkdir(parents=True, exist_ok=True)
                results["postgresql"] = _one(place, url, letters=letters, repeats=given.repeats)
    load = " ".join(f"{number:.1f}" for number in os.getloadavg())
    print(f"\n{given.repeats} requests a page, Python {platform.python_version()}, load {load}")
    slow = 0
    for database, found in results.items():
        print(f"\n{database:<44}{'median ms':>10}{'slowest ms':>12}{'queries':>9}")
        for line in found:
            over = line.median > LIMIT_MS
            slow += over
            told = f"{line.median:>10.1f}{line.slowest:>12.1f}{line.queries:>9}{'  SLOW' if over else ''}"
            print(f"{line.name:<44}{told}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
