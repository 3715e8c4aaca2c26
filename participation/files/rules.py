"""What may be attached. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from participation.errors import N_

MAX_FILES: Final = 5
MAX_BYTES: Final = 10 * 1024 * 1024
PAPER_BYTES: Final = 50 * 1024 * 1024
MAX_UNPACKED: Final = 100 * 1024 * 1024
MAX_ENTRIES: Final = 2000
MAX_RATIO: Final = 120
MAX_PIXELS: Final = 50_000_000
MAX_SIDE: Final = 20_000
STAGED_DAYS: Final = 7


class FileKind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    JPEG = "jpeg"
    PNG = "png"


EXTENSIONS: Final[dict[str, FileKind]] = {
    "pdf": FileKind.PDF,
    "docx": FileKind.DOCX,
    "xlsx": FileKind.XLSX,
    "jpg": FileKind.JPEG,
    "jpeg": FileKind.JPEG,
    "png": FileKind.PNG,
}

MEDIA_TYPES: Final[dict[FileKind, str]] = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
}


@dataclass(frozen=True)
class Allowance:
    """What one form takes: how many files, how large (bytes), of which kinds; and how it says no, with
    one placeholder, the file's name."""

    files: int
    size: int
    kinds: frozenset[FileKind]
    too_large: str
    other_kind: str


ATTACHMENTS: Final = Allowance(
    MAX_FILES,
    MAX_BYTES,
    frozenset(FileKind),
    N_("“%(name)s” is larger than 10 MB. Attach a smaller file."),
    N_("“%(name)s” cannot be taken. Attach PDF, Word (docx), Excel (xlsx), JPEG or PNG files."),
)
PAPERS: Final = Allowance(
    1,
    PAPER_BYTES,
    frozenset({FileKind.PDF, FileKind.DOCX, FileKind.XLSX}),
    N_("“%(name)s” is larger than 50 MB. Make the pictures smaller or divide it."),
    N_("“%(name)s” cannot be taken. Choose a PDF, Word (docx) or Excel (xlsx) file."),
)
"""The papers of a decision: one file each, larger than an attachment."""

PAPER_ACCEPT: Final = ".pdf,.docx,.xlsx"
ACCEPT: Final = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"
"""For the `accept` attribute of the file field."""


def extension_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""
