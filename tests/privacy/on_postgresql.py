"""`python -m tests.privacy.on_postgresql ARGUMENTS…`: pytest with a private PostgreSQL server."""

import os
import subprocess
import sys

from tests import postgresql

if __name__ == "__main__":
    with postgresql.server() as url:
        run = [sys.executable, "-m", "pytest", *sys.argv[1:]]
        sys.exit(subprocess.run(run, env=os.environ | {"TEST_DATABASE_URL": url}, check=False).returncode)
