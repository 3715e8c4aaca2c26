"""The bytes of an upload, wherever they lie: in memory, or mapped from the disk without being read whole."""

import io
import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class Held:
    """`data` can be sliced and searched, `file` be read from any place. A slice is a copy: take small ones."""

    data: bytes | mmap.mmap
    file: BinaryIO

    def starts(self, signature: bytes) -> bool:
        return self.data[: len(signature)] == signature


@contextmanager
def held(content: bytes | Path) -> Iterator[Held]:
    """The content, opened; an empty file has empty bytes."""
    if isinstance(content, bytes):
        yield Held(content, io.BytesIO(content))
        return
    with content.open("rb") as file:
        if not content.stat().st_size:
            yield Held(b"", file)
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield Held(data, file)
