"""An upload on its way to the disk: piece by piece, so that 50 MB never lie in memory."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flask import current_app

from participation.files.disk import path_of
from participation.files.settling import settle

_PIECE = 1024 * 1024


def arrivals() -> Path:
    """Where uploads lie until it is known what they are."""
    return Path(current_app.instance_path) / "files" / "new"


@dataclass(frozen=True)
class Arrived:
    """`size` is at most one byte more than was asked for: then the rest was not read."""

    path: Path
    size: int
    sha256: str

    def keep(self) -> None:
        """The bytes stay, under their SHA-256. They are on the disk when this returns."""
        target = path_of(self.sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and target.stat().st_size == self.size:
            # The sweep spares young files: this one is wanted again.
            os.utime(target)
        else:
            with self.path.open("rb") as file:
                os.fsync(file.fileno())
            self.path.chmod(0o600)
            self.path.replace(target)
        # A name is on the disk when its folder is: the two above it may be new as well.
        for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
            settle(folder)


@contextmanager
def arriving(stream: IO[bytes], *, most: int) -> Iterator[Arrived]:
    """Writes at most `most` + 1 bytes to a file that is gone afterwards unless it was kept."""
    folder = arrivals()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{secrets.token_hex(8)}.part"
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("xb") as file:
            while size <= most and (piece := stream.read(min(_PIECE, most + 1 - size))):
                digest.update(piece)
                file.write(piece)
                size += len(piece)
        yield Arrived(path, size, digest.hexdigest())
    finally:
        path.unlink(missing_ok=True)
