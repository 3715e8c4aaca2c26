"""Where the files lie: one folder a run, named by its instant; what is being made is in a folder of its own."""

import json
import os
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask import current_app

MANIFEST = "manifest.json"
MAKING = ".making"
_RUN = re.compile(r"[0-9]{8}T[0-9]{6}Z", re.ASCII)


@dataclass(frozen=True)
class File:
    """One file of a run. `rows` is None for what is no table."""

    name: str
    resource: str
    form: str
    rows: int | None
    size: int
    sha256: str


@dataclass(frozen=True)
class Run:
    """A finished run: the day (in Zhoucun) it is of, and its files that are still kept."""

    name: str
    day: date
    began_at: datetime
    seen: dict[str, Any]
    files: tuple[File, ...]
    folder: Path

    def file(self, name: str) -> File | None:
        return next((file for file in self.files if file.name == name), None)


def root() -> Path:
    return Path(current_app.instance_path) / "open-data"


def making() -> Path:
    return root() / MAKING


def run_name(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def runs() -> list[Run]:
    """The finished runs, the newest first. A folder without a whole manifest is none."""
    if not root().is_dir():
        return []
    names = sorted((path.name for path in root().iterdir() if _RUN.fullmatch(path.name)), reverse=True)
    return [run for name in names if (run := _read(root() / name)) is not None]


def newest() -> Run | None:
    found = runs()
    return found[0] if found else None


def named(name: str) -> Run | None:
    return _read(root() / name) if _RUN.fullmatch(name) else None


def _read(folder: Path) -> Run | None:
    try:
        told = json.loads((folder / MANIFEST).read_text("utf-8"))
        files = tuple(File(**each) for each in told["files"] if (folder / each["name"]).is_file())
        day, began_at = date.fromisoformat(told["day"]), datetime.fromisoformat(told["began_at"])
        return Run(folder.name, day, began_at, told["seen"], files, folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_whole(path: Path, text: str) -> None:
    """The file is there whole or not at all, also after a power cut."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def publish(name: str) -> None:
    """What was being made becomes a finished run in one step."""
    making().rename(root() / name)


def discard() -> None:
    """Whatever was being made is forgotten."""
    shutil.rmtree(making(), ignore_errors=True)


def tidy(*, keep_from: date, retractable: frozenset[str]) -> int:
    """Removes the runs before that day, all but the newest of each day, and from every older run what may
    have been withdrawn since. Returns how many files went."""
    gone = 0
    seen: set[date] = set()
    for place, run in enumerate(runs()):
        if place and (run.day < keep_from or run.day in seen):
            gone += len(run.files)
            shutil.rmtree(run.folder, ignore_errors=True)
            continue
        seen.add(run.day)
        for file in run.files if place else ():
            if file.resource in retractable:
                (run.folder / file.name).unlink(missing_ok=True)
                gone += 1
    return gone
