"""What lies in a dossier: parts in numbered folders, and what its index says of each. Pure."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True)
class Reference:
    """A paper that is kept elsewhere and only named (政府信息公开条例 art. 16)."""

    title: str
    what: str
    custodian: str
    on: str = ""
    number: str = ""


@dataclass(frozen=True)
class Section:
    """One step of the procedure. `standing` says in words how it was settled."""

    number: int
    key: str
    label: str
    article: str
    standing: str
    parts: Sequence[Part] = field(default=())
    references: Sequence[Reference] = field(default=())

    @property
    def folder(self) -> str:
        return f"{self.number:02d}-{file_name(self.label)}"


def file_name(text: str, most: int = 60) -> str:
    """A name that every system can write, in the words of the title."""
    return _FORBIDDEN.sub(" ", text).strip(" .")[:most].strip(" .") or "无题"


def placed(sections: Sequence[Section], beside: Sequence[Part]) -> list[tuple[str, Part]]:
    """Every part with its path in the file; two of one name get numbers."""
    found: list[tuple[str, Part]] = [(part.name, part) for part in beside]
    for section in sections:
        for place, part in enumerate(section.parts, start=1):
            found.append((f"{section.folder}/{place:02d}-{part.name}", part))
    return found


def manifest(about: dict[str, Any], files: Sequence[tuple[str, Part]], sections: Sequence[Section]) -> bytes:
    """What is in the file, with the fingerprint of each; the manifest itself is not in its list."""
    said = {
        "format": "participation-dossier-1",
        **about,
        "files": [
            {"path": path, "title": part.title, "what": part.what, "size": part.size, "sha256": part.sha256}
            for path, part in files
        ],
        "references": [
            {
                "step": section.key,
                **{name: getattr(one, name) for name in ("title", "what", "custodian", "on", "number")},
            }
            for section in sections
            for one in section.references
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def sums(files: Sequence[tuple[str, Part]]) -> bytes:
    """For `sha256sum -c`."""
    return "".join(f"{part.sha256}  {path}\n" for path, part in files).encode()


def when(instant: datetime | None) -> str:
    return "" if instant is None else instant.isoformat()
