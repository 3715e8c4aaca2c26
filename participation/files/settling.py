"""Names that survive a power cut."""

import os
from pathlib import Path


def settle(folder: Path) -> None:
    """The names in a folder are on the disk when this returns: a file's own `fsync` says nothing of its name."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
