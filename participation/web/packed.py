"""A ZIP file made of parts, each with its fingerprint: written whole or not at all, the same bytes for ever."""

import hashlib
import os
import re
import secrets
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from participation.workdays import ZONE

_FORBIDDEN = re.compile(r'[\x00-\x1f\\/:*?"<>|\u200b-\u200f\u202a-\u202e]+')


@dataclass(frozen=True)
class Part:
    """One file. `data` are its bytes, or `path` where they lie with their known `sha256`."""

    name: str
    title: str
    what: str
    data: bytes = b""
    path: Path | None = None
    known: str = ""
    on: str = ""
    number: str = ""

    @property
    def sha256(self) -> str:
        return self.known if self.path is not None else hashlib.sha256(self.data).hexdigest()

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path is not None else len(self.data)


def file_name(text: str, most: int = 60) -> str:
    """A name that every system can write, in the words of the title."""
    return _FORBIDDEN.sub(" ", text).strip(" .")[:most].strip(" .") or "无题"


def sums(files: Sequence[tuple[str, Part]]) -> bytes:
    """For `sha256sum -c`."""
    return "".join(f"{part.sha256}  {path}\n" for path, part in files).encode()


def laid(folder: Path, name: str, pieces: Iterable[bytes]) -> tuple[Path, str]:
    """Writes a part piece by piece; the file and its SHA-256, as `Part` takes them."""
    path, digest = folder / name, hashlib.sha256()
    with path.open("xb") as target:
        for piece in pieces:
            target.write(piece)
            digest.update(piece)
    return path, digest.hexdigest()


def path_of(folder: Path, sha256: str) -> Path:
    return folder / f"{sha256}.zip"


def write(folder: Path, files: Sequence[tuple[str, Part]], *, made_at: datetime) -> tuple[str, int]:
    """Packs the parts under their paths. Returns the file's SHA-256 and its size in bytes. Originals are copied
    piece by piece, so that memory does not grow with them."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{secrets.token_hex(8)}.part"
    stamp = made_at.astimezone(ZONE).timetuple()[:6]
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
    part.replace(path_of(folder, digest))
    return digest, size
