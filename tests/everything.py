"""`make test` after the linters: every test on SQLite, then on PostgreSQL what differs there, and Chromium.

Two runs of pytest; the second does not hide a failure of the first."""

import os
import subprocess
import sys
from pathlib import Path

from tests import postgresql
from tests.memory import room

ON_POSTGRESQL = (
    "tests/journeys",
    "tests/migrations",
    "tests/evidence",
    "tests/textindex",
    "tests/duties",
    "tests/demo/test_whole.py",
    "tests/mailbox/test_in_parallel.py",
    "tests/mailbox/test_extension.py",
    "tests/mailbox/test_figures_sql.py",
    "tests/mailbox/test_joint.py",
    "tests/mailbox/test_merging.py",
    "tests/mailbox/test_similar.py",
    "tests/consultations/test_campaigns.py",
    "tests/consultations/test_counting_many.py",
    "tests/contracts/test_races.py",
    "tests/contracts/test_races_of_decisions.py",
    "tests/oversight/test_past.py",
    "tests/oversight/test_inquiries.py",
    "tests/decisions/test_chain_page.py",
    "tests/decisions/test_proposals.py",
    "tests/decisions/test_proposals_year.py",
    "tests/privacy/test_erasure.py",
    "tests/watching",
    "tests/backup/test_drill.py",
    "tests/files/test_at_once.py",
    "tests/notices/test_two_runners.py",
    "tests/browser",
)
"""Where the databases differ: locks, constraints, migrations, triggers. The journeys go through all."""


def _pytest(*arguments: str, **environment: str) -> int:
    command = [sys.executable, "-m", "pytest", "-n", "2", *arguments]
    if place := room():
        environment["PYTEST_DEBUG_TEMPROOT"] = str(place)
    # The tests start a hundred processes, each of which would compile the programme anew.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(command, env=inherited | environment, check=False).returncode


def main() -> int:
    missing = [path for path in ON_POSTGRESQL if not Path(path).exists()]
    if missing:
        raise SystemExit(f"tests/everything.py names what is not there: {', '.join(missing)}")
    on_sqlite = _pytest("--dist", "worksteal", "-m", "not browser")
    with postgresql.server() as url:
        on_postgresql = _pytest("--dist", "loadfile", *ON_POSTGRESQL, TEST_DATABASE_URL=url)
    if on_sqlite and not on_postgresql:
        print("The tests on SQLite failed: see above.", file=sys.stderr)
    return on_sqlite or on_postgresql


if __name__ == "__main__":
    raise SystemExit(main())
