"""How long the pages and jobs of one consultation take with very many comments.

    python -m tests.benchmarks.comments --comments 100,10000,100000

Makes for each number a throw-away SQLite database and a database on a throw-away PostgreSQL server,
asks each page and prints the medians. Ends with 1 when a page takes longer than 200 ms, or the
comparison longer than a minute.
"""

import argparse
import platform
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine, text

from participation.clock import SHANGHAI
from participation.extensions import db
from tests import postgresql
from tests.benchmarks.commenting import CPU, fill, measure
from tests.benchmarks.measuring import Result
from tests.conftest import make_app

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
LIMIT_MS = 200.0
JOB_MS = 60_000.0
WHOLE = ("data as JSON", "feedback, file")
"""These hold every comment or every table: they are files, not lists, and are only reported."""


@dataclass(frozen=True)
class Line:
    """A result, and the processor time of this process in milliseconds."""

    result: Result
    cpu: float


def limit_of(name: str) -> float:
    return JOB_MS if name.startswith("JOB") else float("inf") if name.startswith(WHOLE) else LIMIT_MS


def _one(folder: Path, url: str, *, count: int, repeats: int) -> list[Line]:
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{url.split(':')[0]}: {count} comments", flush=True)
    app = make_app(folder, database_url=url)
    consultation = fill(app, count=count, now=NOW)
    found = [Line(row, CPU.get(row.name, 0.0)) for row in measure(app, consultation, now=NOW, repeats=repeats)]
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return found


def _on_postgresql(server: str, folder: Path, count: int, repeats: int) -> list[Line]:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE bench_{count}"))
    engine.dispose()
    return _one(folder, server.rsplit("/", 1)[0] + f"/bench_{count}", count=count, repeats=repeats)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--comments", default="100,10000,100000")
    asked.add_argument("--repeats", type=int, default=5)
    asked.add_argument("--only", choices=("sqlite", "postgresql"))
    given = asked.parse_args()
    counts = [int(number) for number in given.comments.split(",")]
    results: dict[str, list[Line]] = {}
    with tempfile.TemporaryDirectory(prefix="pp-bench-") as name:
        folder = Path(name)
        if given.only != "postgresql":
            for count in counts:
                place = folder / f"sqlite{count}"
                url = f"sqlite:///{place / 'comments.sqlite'}"
                results[f"sqlite, {count} comments"] = _one(place, url, count=count, repeats=given.repeats)
        if given.only != "sqlite":
            with postgresql.server() as server:
                for count in counts:
                    found = _on_postgresql(server, folder / f"postgresql{count}", count, given.repeats)
                    results[f"postgresql, {count} comments"] = found
    print(f"\n{given.repeats} requests a page, Python {platform.python_version()}")
    return 1 if sum(_printed(title, found) for title, found in results.items()) else 0


def _printed(title: str, found: list[Line]) -> int:
    """Prints a table; returns how many lines are over their limit."""
    print(f"\n{title:<44}{'median ms':>10}{'slowest ms':>12}{'CPU ms':>9}{'queries':>9}")
    slow = 0
    for row in found:
        line, cpu = row.result, row.cpu
        over = line.median > limit_of(line.name)
        slow += over
        mark = "  SLOW" if over else ""
        print(f"{line.name:<44}{line.median:>10.1f}{line.slowest:>12.1f}{cpu:>9.0f}{line.queries:>9}{mark}")
    return slow


if __name__ == "__main__":
    sys.exit(main())
