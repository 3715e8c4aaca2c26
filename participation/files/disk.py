"""Where the bytes of uploads lie, and whether they are still those that were attached."""

import hashlib
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Row

SWAPPED, MISSING, RENAMED = "file_swapped", "file_missing", "file_renamed"
"""Codes of what a verification finds: other bytes or another digest, no bytes, another name."""


def path_of(digest: str) -> Path:
    """Where the bytes with this SHA-256 lie."""
    return Path(current_app.instance_path) / "files" / digest[:2] / digest[2:4] / digest


def compare(row: Row[Any]) -> tuple[str, str]:
    """Reason and code if the bytes on disk are not those of an attached file's row; else empty."""
    try:
        with path_of(row.c_sha256).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "the attached file is missing on disk", MISSING
    return ("", "") if found == row.c_sha256 else ("the bytes on disk are not those that were attached", SWAPPED)
