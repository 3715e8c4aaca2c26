"""What lies in a dossier: parts in numbered folders, and what its index says of each. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from participation.web.packed import Part, file_name


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
