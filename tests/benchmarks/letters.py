"""How long the pages take with very many letters.

    python -m tests.benchmarks.letters --letters 1000000

Makes a throw-away SQLite database and a throw-away PostgreSQL server, fills both, asks each page
and prints the medians. Ends with 1 when a page takes longer than the limit.
"""

import argparse
import os
import platform
import sys
import tempfile
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from participation.clock import SHANGHAI
from tests import postgresql
from tests.benchmarks.filling import fill
from tests.benchmarks.measuring import Result, measure
from tests.conftest import make_app

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
LIMIT_MS = 150.0


def _one(folder: Path, url: str, *, letters: int, repeats: int) -> list[Result]:
    """An empty address: the file in the folder, kept from an earlier run if there is one."""
    kept = folder / "filled"
    app = make_app(folder, database_url=url, fresh=not kept.exists())
    print(f"{url.split(':')[0] or 'sqlite'}: {letters} letters", flush=True)
    if not kept.exists():
        fill(app, letters=letters, now=NOW)
        kept.touch()
    return measure(app, now=NOW, repeats=repeats)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--letters", type=int, default=1_000_000)
    asked.add_argument("--repeats", type=int, default=7)
    asked.add_argument("--only", choices=("sqlite", "postgresql"))
    asked.add_argument("--url", help="An empty PostgreSQL database to use instead of a throw-away server.")
    asked.add_argument("--keep", type=Path, help="A folder for what is filled, used again by the next run.")
    given = asked.parse_args()
    results: dict[str, list[Result]] = {}
    with tempfile.TemporaryDirectory(prefix="pp-bench-") as folder:
        if given.only != "postgresql":
            place = given.keep or Path(folder) / "sqlite"
            place.mkdir(parents=True, exist_ok=True)
            url = f"sqlite:///{place / 'letters.sqlite'}"
            results["sqlite"] = _one(place, url, letters=given.letters, repeats=given.repeats)
        if given.only != "sqlite":
            with postgresql.server() if given.url is None else nullcontext(given.url) as url:
                place = (given.keep or Path(folder)) / "postgresql"
                place.mkdir(parents=True, exist_ok=True)
                results["postgresql"] = _one(place, url, letters=given.letters, repeats=given.repeats)
    load = " ".join(f"{number:.1f}" for number in os.getloadavg())
    print(
        f"\n{given.letters} letters, {given.repeats} requests a page, Python {platform.python_version()}, load {load}"
    )
    slow = 0
    for database, found in results.items():
        print(f"\n{database:<44}{'median ms':>10}{'slowest ms':>12}{'queries':>9}")
        for line in found:
            over = line.median > LIMIT_MS
            slow += over
            print(
                f"{line.name:<44}{line.median:>10.1f}{line.slowest:>12.1f}{line.queries:>9}{'  SLOW' if over else ''}"
            )
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
