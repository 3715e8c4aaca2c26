"""Where the time of a page goes: `python -m tests.benchmarks.whereabouts /letters` in the environment of an
installation. Asks the page in this process under cProfile and adds up the own time of every function by the
library it is in; `--functions` names the dearest functions instead."""

import argparse
import cProfile
import os
import pstats
import subprocess
import sys
from collections import Counter

from config import HERE

GROUPS = (
    ("psycopg", "waiting for PostgreSQL and reading its rows"),
    ("sqlalchemy", "SQLAlchemy"),
    ("jinja2", "Jinja"),
    ("markupsafe", "Jinja"),
    ("babel", "texts and dates (Babel)"),
    ("gettext", "texts and dates (Babel)"),
    ("werkzeug", "Flask and Werkzeug"),
    ("flask", "Flask and Werkzeug"),
    ("wtforms", "forms"),
    ("templates", "templates"),
    ("participation", "the platform's own code"),
)
OTHER = "Python itself (json, re, datetime, built-in functions)"


def group(file: str) -> str:
    """The name of what a file belongs to."""
    inside = file.rpartition("site-packages/")[2] if "site-packages/" in file else file.removeprefix(f"{HERE}/")
    first = inside.split("/")[0]
    if inside.endswith((".html", ".svg")) or first in ("templates", "<template>"):
        return "templates"
    if first == "tests":
        return "the asking itself"
    return next((name for start, name in GROUPS if first.startswith(start)), OTHER)


def shares(stats: pstats.Stats) -> list[tuple[str, float]]:
    """How much of the whole own time each group takes, the dearest first."""
    found: Counter[str] = Counter()
    for (file, _line, _function), (_calls, _all, own, _below, _callers) in stats.stats.items():  # type: ignore[attr-defined]
        found[group(file)] += own
    whole = sum(found.values()) or 1.0
    return [(name, own / whole) for name, own in found.most_common()]


def profile(path: str, *, cookies: str = "", repeats: int = 30) -> pstats.Stats:
    """The page asked so often in this process. Raises SystemExit when it is not shown."""
    from run import app
    from tests.benchmarks.servers import HOST

    headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.9.9.9"}
    if cookies:
        headers["Cookie"] = cookies
    client = app.test_client(use_cookies=False)

    def ask() -> int:
        answer = client.get(path, headers=headers)
        answer.get_data()
        return answer.status_code

    if ask() != 200:
        raise SystemExit(f"{path} is not shown: {ask()}")
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(repeats):
        ask()
    profiler.disable()
    return pstats.Stats(profiler)


def asked(environment: dict[str, str], path: str, cookies: str) -> list[tuple[str, float]]:
    """The shares of a page, from a process of its own with that environment."""
    command = [sys.executable, "-m", "tests.benchmarks.whereabouts", path, "--cookies", cookies]
    done = subprocess.run(command, cwd=HERE, env=os.environ | environment, capture_output=True, text=True, check=False)
    if done.returncode:
        return [(f"could not be profiled: {done.stderr.strip()[-100:]}", 1.0)]
    lines = (line.split(" ", 1) for line in done.stdout.splitlines())
    return [(name, float(share)) for share, name in lines]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path")
    parser.add_argument("--cookies", default="")
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--functions", action="store_true")
    given = parser.parse_args()
    found = profile(given.path, cookies=given.cookies, repeats=given.repeats)
    if given.functions:
        found.sort_stats("tottime").print_stats(40)
        return 0
    said = "".join(f"{share:.3f} {name}\n" for name, share in shares(found))
    print(said, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
