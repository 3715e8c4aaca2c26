"""What may be attached. Pure."""

from enum import StrEnum
from typing import Final

MAX_FILES: Final = 5
MAX_BYTES: Final = 10 * 1024 * 1024
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

ACCEPT: Final = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"
"""For the `accept` attribute of the file field."""


def extension_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""
