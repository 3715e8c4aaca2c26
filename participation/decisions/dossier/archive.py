"""Writing the file: first to a name of its own, then, complete and with its fingerprint, to its place."""

import hashlib
import os
import secrets
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from participation.clock import local
from participation.decisions.dossier.parts import Part


def folder(instance: Path) -> Path:
    return instance / "dossiers"


def path_of(instance: Path, sha256: str) -> Path:
    return folder(instance) / f"{sha256}.zip"


def write(instance: Path, files: Sequence[tuple[str, Part]], *, made_at: datetime) -> tuple[str, int]:
    """Packs the parts under their paths. Returns the file's SHA-256 and its size in bytes. Originals are copied
    piece by piece, so that memory does not grow with them."""
    folder(instance).mkdir(parents=True, exist_ok=True)
    part = folder(instance) / f"{secrets.token_hex(8)}.part"
    stamp = local(made_at).timetuple()[:6]
    with part.open("xb") as target:
        part.chmod(0o600)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, one in files:
                entry = zipfile.ZipInfo(name, stamp)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                with packed.open(entry, "w", force_zip64=one.size > 2**31) as place:
                    if one.path is None:
                        place.write(one.data)
                    else:
                        with one.path.open("rb") as source:
                            while piece := source.read(1 << 20):
                                place.write(piece)
        target.flush()
        os.fsync(target.fileno())
    with part.open("rb") as done:
        digest = hashlib.file_digest(done, "sha256").hexdigest()
    size = part.stat().st_size
    part.replace(path_of(instance, digest))
    return digest, size
