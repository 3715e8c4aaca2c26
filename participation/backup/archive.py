"""What stands in a backup once it is opened: a tar stream, each member with its SHA-256. Pure but for files.

    database/000001 …    the copy of the database, in parts: its length is only known at its end
    instance/…           the files of the installation
    listing.txt          SHA-256 and name of every member above, as `sha256sum --check` takes it
    manifest.json        what was backed up, when, under which head; the digest of the listing

Written and read from front to back, so a backup of any size takes the same memory.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from participation.backup.sealed import CHUNK, Damaged

DATABASE, INSTANCE, LISTING, MANIFEST = "database/", "instance/", "listing.txt", "manifest.json"
PART = 4 * CHUNK


class Writer:
    def __init__(self, to: Any) -> None:
        # Both stay open until `close`.
        self._tar = tarfile.open(fileobj=to, mode="w|", format=tarfile.PAX_FORMAT, bufsize=CHUNK)  # noqa: SIM115
        self._listing = tempfile.TemporaryFile()  # noqa: SIM115
        self.members, self.bytes = 0, 0

    def database(self, pieces: Iterable[bytes]) -> int:
        """The copy of the database, cut into members of equal size. Returns its length."""
        waiting, number, length = bytearray(), 0, 0
        for piece in pieces:
            waiting += piece
            while len(waiting) >= PART:
                number, length = number + 1, length + PART
                self._add(f"{DATABASE}{number:06}", PART, io.BytesIO(bytes(waiting[:PART])))
                del waiting[:PART]
        if waiting or not number:
            self._add(f"{DATABASE}{number + 1:06}", len(waiting), io.BytesIO(bytes(waiting)))
        return length + len(waiting)

    def file(self, name: str, file: BinaryIO, *, size: int, mode: int) -> None:
        """One file of the installation, `size` bytes from the place where `file` stands."""
        self._add(INSTANCE + name, size, file, mode=mode)

    def close(self, manifest: dict[str, Any]) -> None:
        """The listing and the manifest; the stream below is left open."""
        self._listing.seek(0)
        digest = hashlib.file_digest(self._listing, "sha256").hexdigest()
        size = self._listing.tell()
        self._listing.seek(0)
        self._tar.addfile(_info(LISTING, size), self._listing)
        told = manifest | {"members": self.members, "bytes": self.bytes, "listing_sha256": digest}
        written = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()
        self._tar.addfile(_info(MANIFEST, len(written)), io.BytesIO(written))
        self._tar.close()
        self._listing.close()

    def _add(self, name: str, size: int, file: Any, *, mode: int = 0o600) -> None:
        hashing = _Hashing(file)
        try:
            self._tar.addfile(_info(name, size, mode), hashing)  # type: ignore[arg-type]
        except OSError as error:
            if error.errno is None:
                raise Changing(name) from error
            raise
        # The list of members that tarfile keeps would grow with the number of files.
        self._tar.members.clear()  # type: ignore[attr-defined]
        self._listing.write(f"{hashing.sha256.hexdigest()}  {name}\n".encode())
        self.members, self.bytes = self.members + 1, self.bytes + size


class Changing(Exception):
    """A file that became shorter while it was read; its text is the name."""


@dataclass(frozen=True)
class Member:
    """`name` is within its folder: a part's number, or a path in the installation."""

    name: str
    mode: int
    size: int
    file: Any
    is_database: bool


class Reader:
    """Goes through an archive once: take every member of `members()`, read each whole; then everything
    was held against the listing and `manifest` is there. Raises `Damaged`."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.manifest: dict[str, Any] = {}
        self.members, self.bytes = 0, 0

    def __iter__(self) -> Iterator[Member]:
        listing, said = hashlib.sha256(), ""
        try:
            with tarfile.open(fileobj=self._stream, mode="r|", bufsize=CHUNK) as tar:
                for info in tar:
                    file = tar.extractfile(info) if info.isreg() else None
                    if file is None:
                        raise Damaged(f"{info.name} is not a file")
                    if info.name == LISTING:
                        said = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
                    elif info.name == MANIFEST:
                        self.manifest = json.loads(file.read())
                    else:
                        hashing = _Hashing(file)
                        yield _member(info, hashing)
                        while hashing.read(CHUNK):
                            pass
                        listing.update(f"{hashing.sha256.hexdigest()}  {info.name}\n".encode())
                        self.members, self.bytes = self.members + 1, self.bytes + info.size
                    tar.members.clear()  # type: ignore[attr-defined]
        except (tarfile.TarError, ValueError, EOFError) as error:
            raise Damaged("the inside of this backup cannot be read") from error
        while self._stream.read(CHUNK):
            pass
        counted = (self.manifest.get("members"), self.manifest.get("bytes"), self.manifest.get("listing_sha256"))
        if (self.members, self.bytes, listing.hexdigest()) != counted or said != listing.hexdigest():
            raise Damaged("the members of this backup are not those of its listing")


def _member(info: tarfile.TarInfo, file: Any) -> Member:
    for folder in (DATABASE, INSTANCE):
        name = info.name.removeprefix(folder)
        path = PurePosixPath(name)
        if name != info.name and name and not path.is_absolute() and ".." not in path.parts and "\0" not in name:
            return Member(name, info.mode & 0o777, info.size, file, folder == DATABASE)
    raise Damaged(f"{info.name} does not belong into a backup")


def _info(name: str, size: int, mode: int = 0o600) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, mode
    return info


class _Hashing:
    """A file whose SHA-256 grows as it is read."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._file.read(size)
        self.sha256.update(data)
        return data


def copy(member: Member, path: Path) -> None:
    """A member as a new file, on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, member.mode)
    with os.fdopen(descriptor, "wb") as file:
        while data := member.file.read(CHUNK):
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
