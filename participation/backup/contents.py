"""Which files of the installation belong into a backup."""

import os
from collections.abc import Iterator
from pathlib import Path

LEFT_OUT = {
    "ticker.db": "may be deleted at any time",
    "evidence.key": "kept apart: `backup secrets`",
    "evidence.key.next": "kept apart: `backup secrets`",
    "secret.key": "kept apart: `backup secrets`",
    "files/new": "uploads that nobody has finished",
    "demonstration.loading": "a demonstration that is being played",
    "packs": "made again when they are asked for",
}
"""Everything else is taken, also what this list does not know: a new folder must not be lost in silence."""

HEADS = "heads"


def files(instance: Path, *, database: Path | None, head: int) -> Iterator[Path]:
    """Paths within `instance`, folder by folder. Of the copies of heads only those up to the size `head`: a
    later one would say of the restored database that it was cut."""
    own = {f"{database.name}{rest}" for rest in ("", "-wal", "-shm", "-journal")} if database else set()
    for folder, inner, names in os.walk(instance):
        here = Path(folder).relative_to(instance)
        inner[:] = sorted(name for name in inner if not _left_out(here / name))
        for name in sorted(names):
            path = here / name
            if _left_out(path) or (here == Path() and name in own) or _is_later(path, head):
                continue
            if (instance / path).is_file() and not (instance / path).is_symlink():
                yield path


def _left_out(path: Path) -> bool:
    # A name that begins with a point is a file on its way to its own name.
    unfinished = path.name.startswith(".") or path.name.endswith(
        (".backup", ".tmp", ".lock", "-wal", "-shm", "-journal")
    )
    return path.as_posix() in LEFT_OUT or unfinished or path.suffix == ".key"


def _is_later(path: Path, head: int) -> bool:
    return path.parent == Path(HEADS) and path.stem.isdecimal() and int(path.stem) > head
