"""docs/resilience.md: a row for each trial and database, replaced when that trial has run again."""

import os
import platform
import subprocess
from datetime import UTC, datetime

from config import HERE
from tests.resilience.counting import Outcome

FILE = HERE / "docs" / "resilience.md"
TRIALS, TWINS = "<!-- trials -->", "<!-- twins -->"


def put(name: str, title: str, database: str, outcome: Outcome) -> None:
    counts = "; ".join(f"{key} {_said(value)}" for key, value in outcome.counts.items())
    verdict = "held" if outcome.held else "**failed**: " + "; ".join(outcome.wrong[:3])
    _replace(TRIALS, f"| {name} | {database} |", f" {title} | {verdict} | {counts} | {_when()} |")


def put_twin(name: str, fault: str, database: str, outcome: Outcome) -> None:
    found = "found: " + outcome.wrong[0] if outcome.wrong else "**not found**"
    _replace(TWINS, f"| {name} | {fault} | {database} |", f" {found} | {_when()} |")


def _said(value: object) -> str:
    return ", ".join(f"{key}: {times}" for key, times in value.items()) if isinstance(value, dict) else str(value)


def _when() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=HERE, capture_output=True, text=True, check=False
    )
    code = os.environ.get("COMMIT") or done.stdout.strip() or "unknown"
    return f"{datetime.now(UTC):%Y-%m-%d}, {code}, {os.cpu_count()} cores, Python {platform.python_version()}"  # noqa: TID251


def _replace(mark: str, head: str, rest: str) -> None:
    lines = FILE.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(head)]
    end = kept.index(mark)
    kept.insert(end, head + rest)
    FILE.write_text("\n".join(kept) + "\n", "utf-8")
