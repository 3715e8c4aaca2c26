"""The second half of `make test`: what needs PostgreSQL or a browser. The quick checks ran before."""

import os
import subprocess
import sys

from tests import postgresql

ON_POSTGRESQL = ("tests/journeys", "tests/migrations", "tests/browser", "tests/evidence", "tests/duties")


def main() -> int:
    with postgresql.server() as url:
        present = [path for path in ON_POSTGRESQL if os.path.isdir(path)]
        command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", *present]
        return subprocess.run(command, env=os.environ | {"TEST_DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
